"""Signing in and out, through the real pages on a real database."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from service import clock
from service.access import passwords, sessions, throttle
from service.access.account_actions import deactivate_account, set_password
from service.access.known_browsers import MOST_ACCOUNTS, known_browser, with_account
from service.access.sessions import token_hash
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from tests.service import factories
from tests.support.passwords import PASSWORD, QUICK_HASH
from tests.support.web import Browser, browser, person


async def test_a_person_signs_in_and_lands_on_a_page_of_theirs(visitor: Browser) -> None:
    await person("amina", "administrator")
    answer = await visitor.sign_in("Amina ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert (await visitor.get("/")).headers["location"] == "/accounts"
    page = await visitor.get("/account")
    assert page.status_code == 200
    assert "amina" in page.text


async def test_only_the_hash_of_the_token_is_stored(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    token = visitor.client.cookies["thuisronde"]
    assert len(token) >= 43
    stored = await fetch_all("select token_hash from sessions")
    assert [row["token_hash"] for row in stored] == [token_hash(token)]
    dump = str(await fetch_all("select * from sessions"))
    assert token not in dump


async def test_over_https_the_cookie_is_pinned_to_the_host(
    visitor: Browser, https_app: Litestar
) -> None:
    await person("amina", "administrator")
    async with browser(https_app, host="https://rounds.example") as secure:
        answer = await secure.sign_in("amina")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-thuisronde=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("login", "password"),
    [("amina", "wrong but long enough"), ("nobody", PASSWORD), ("gone", PASSWORD)],
)
async def test_the_refusal_does_not_say_what_was_wrong(
    visitor: Browser, login: str, password: str
) -> None:
    await person("amina", "administrator")
    await person("gone", "administrator", active=False)
    answer = await visitor.sign_in(login, password)
    assert answer.status_code == 401
    assert "Identifiant ou mot de passe" in answer.text
    assert password not in answer.text
    assert await fetch_value("select count(*) from sessions") == 0


async def test_signing_in_never_takes_over_a_session_that_was_there(
    visitor: Browser, app: Litestar
) -> None:
    """Fixation: whatever cookie an attacker planted, the new session has a new token."""
    await person("amina", "administrator")
    visitor.client.cookies.set("thuisronde", "planted")
    await visitor.sign_in("amina")
    token = visitor.client.cookies.get("thuisronde", domain="localhost.local")
    assert token not in (None, "planted")
    async with browser(app) as attacker:
        attacker.client.cookies.set("thuisronde", "planted")
        assert (await attacker.get("/account")).status_code == 303


async def test_signing_in_again_ends_the_session_before(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    before = visitor.client.cookies["thuisronde"]
    await visitor.send("/sign-in", on="/account", login="amina", password=PASSWORD)
    assert visitor.client.cookies["thuisronde"] != before
    assert await fetch_value("select count(*) from sessions") == 1
    assert (await visitor.get("/account")).status_code == 200


@pytest.mark.usefixtures("earnest_passwords")
async def test_an_old_hash_is_made_anew_at_the_next_sign_in(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    stored = await fetch_value("select password_hash from accounts where login = 'amina'")
    assert stored != QUICK_HASH
    assert "m=65536" in stored
    await visitor.send("/sign-out", on="/account")
    assert (await visitor.sign_in("amina")).status_code == 303


async def test_a_signed_out_token_is_dead(visitor: Browser, app: Litestar) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    token = visitor.client.cookies["thuisronde"]
    answer = await visitor.send("/sign-out", on="/account")
    assert answer.headers["location"] == "/sign-in"
    async with browser(app) as thief:
        thief.client.cookies.set("thuisronde", token)
        assert (await thief.get("/account")).headers["location"] == "/sign-in?next=/account"


@pytest.mark.parametrize(
    ("column", "age"), [("last_seen_at", sessions.IDLE), ("expires_at", timedelta())]
)
async def test_a_session_ends_when_idle_and_when_old(
    visitor: Browser, column: str, age: timedelta
) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    assert (await visitor.get("/account")).status_code == 200
    then = clock.now() - age - timedelta(seconds=1)
    long_ago = then - timedelta(days=1)
    await execute(f"update sessions set created_at = $1, {column} = $2", long_ago, then)
    assert (await visitor.get("/account")).status_code == 303
    await visitor.sign_in("amina")
    assert await fetch_value("select count(*) from sessions") == 1


async def test_an_ended_account_is_out_at_once_and_so_are_its_feeds(visitor: Browser) -> None:
    amina = await person("amina", "administrator")
    await visitor.sign_in("amina")
    worker = await factories.worker()
    await factories.insert(
        "feeds",
        owner=amina.account,
        worker=worker,
        device="phone",
        language="fr",
        token_hash=b"x" * 32,
        created_at=clock.now(),
    )
    await deactivate_account(None, login="amina")
    assert (await visitor.get("/account")).status_code == 303
    feed = await fetch_one("select state, revoked_at from feeds")
    assert feed is not None
    assert feed["state"] == "revoked"
    assert feed["revoked_at"] is not None


async def test_guessing_is_stopped_even_for_the_right_password(visitor: Browser) -> None:
    await person("amina", "administrator")
    for _ in range(throttle.MOST_PER_ACCOUNT):
        assert (await visitor.sign_in("amina", "wrong but long enough")).status_code == 401
    answer = await visitor.sign_in("amina")
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.text
    assert await fetch_value("select count(*) from sessions") == 0


async def test_unknown_logins_are_counted_too(visitor: Browser) -> None:
    for _ in range(throttle.MOST_PER_ACCOUNT):
        await visitor.sign_in("nobody")
    assert (await visitor.sign_in("nobody")).status_code == 429


async def test_the_wait_ends_by_itself(visitor: Browser) -> None:
    await person("amina", "administrator")
    for _ in range(throttle.MOST_PER_ACCOUNT):
        await visitor.sign_in("amina", "wrong but long enough")
    await execute("update sign_in_failures set failed_at = failed_at - interval '16 minutes'")
    assert (await visitor.sign_in("amina")).status_code == 303
    assert await fetch_value("select count(*) from sign_in_failures") == 0


async def test_failures_are_stored_without_login_or_address(visitor: Browser) -> None:
    await visitor.sign_in("amina", "wrong but long enough")
    rows = await fetch_all("select * from sign_in_failures")
    assert len(rows) == 2
    assert all(len(row["key"]) == 32 for row in rows)
    assert "amina" not in str(rows)


async def test_a_hundred_guesses_at_once_are_not_a_hundred_guesses(visitor: Browser) -> None:
    import anyio

    results: list[object] = []

    async def guess() -> None:
        results.append(await throttle.begin_attempt("amina", "10.0.0.1", key=b"k" * 32))

    async with anyio.create_task_group() as group:
        for _ in range(40):
            group.start_soon(guess)
    let_through = [result for result in results if isinstance(result, throttle.Attempt)]
    assert len(let_through) == throttle.MOST_PER_ACCOUNT


async def test_an_address_is_stopped_over_many_accounts(visitor: Browser) -> None:
    """A whole /64 counts as one address."""
    for number in range(throttle.MOST_PER_ADDRESS):
        attempt = await throttle.begin_attempt(
            f"user{number}", f"2001:db8::{number + 1:x}", key=b"k" * 32
        )
        assert isinstance(attempt, throttle.Attempt)
    stopped = await throttle.begin_attempt("other", "2001:db8::ffff", key=b"k" * 32)
    assert isinstance(stopped, throttle.TooMany)
    free = await throttle.begin_attempt("other", "2001:db8:1::1", key=b"k" * 32)
    assert isinstance(free, throttle.Attempt)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/account", "/account"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\nb", "/"),
    ],
)
async def test_signing_in_leads_on_within_this_host_only(
    visitor: Browser, given: str, expected: str
) -> None:
    await person("amina", "administrator")
    answer = await visitor.send("/sign-in", login="amina", password=PASSWORD, next=given)
    assert answer.headers["location"] == expected


async def test_signing_in_is_in_the_audit_trail(visitor: Browser) -> None:
    amina = await person("amina", "administrator")
    await visitor.sign_in("amina")
    row = await fetch_one("select account_id, action, object_kind, object_id from audit_entries")
    assert row == {
        "account_id": amina.account,
        "action": "sign in",
        "object_kind": "account",
        "object_id": str(amina.account),
    }


def _forged(answer: httpx.Response) -> bool:
    return answer.status_code == 403 and "formulaire n’est plus valable" in answer.text


async def test_a_sign_in_without_its_token_is_refused(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.get("/sign-in")
    fields = {"login": "amina", "password": PASSWORD}
    assert _forged(await visitor.client.post("/sign-in", data=fields))
    assert _forged(await visitor.client.post("/sign-in", data=fields | {"csrf_token": "other"}))
    assert await fetch_value("select count(*) from sessions") == 0


async def test_guesses_elsewhere_lock_nobody_out_of_their_own_browser(
    visitor: Browser, app: Litestar
) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    await visitor.send("/sign-out", on="/account")
    async with browser(app) as attacker:
        for _ in range(throttle.MOST_PER_ACCOUNT):
            await attacker.sign_in("amina", "wrong but long enough")
        assert (await attacker.sign_in("amina")).status_code == 429
    assert (await visitor.sign_in("amina")).status_code == 303


async def test_a_known_browser_is_known_to_its_accounts_alone_and_counted_too(
    visitor: Browser,
) -> None:
    await person("amina", "administrator")
    await person("bilal", "administrator")
    await visitor.sign_in("amina")
    await visitor.send("/sign-out", on="/account")
    for login in ("amina", "bilal"):
        for _ in range(throttle.MOST_PER_ACCOUNT):
            assert (await visitor.sign_in(login, "wrong but long enough")).status_code == 401
        assert (await visitor.sign_in(login)).status_code == 429


def test_the_mark_of_a_known_browser_cannot_be_made_up_or_carried_over() -> None:
    key = b"k" * 32
    kept = with_account("", "amina", key=key)
    number = known_browser(kept, "amina", key=key)
    assert number
    assert known_browser(kept, "bilal", key=key) == ""
    assert known_browser(kept, "amina", key=b"o" * 32) == ""
    assert known_browser(kept.replace(number, "0" * 32), "amina", key=key) == ""
    both = with_account(kept, "bilal", key=key)
    assert {known_browser(both, login, key=key) for login in ("amina", "bilal")} == {number}
    for n in range(20):
        both = with_account(both, f"user{n}", key=key)
    assert both.count(".") == MOST_ACCOUNTS
    assert known_browser(with_account("rubbish.x", "amina", key=key), "amina", key=key) != number


@pytest.mark.parametrize("change", ["new password", "end"])
async def test_a_sign_in_that_was_overtaken_opens_no_session(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """The password is changed, or the account ended, while the old password is being checked."""
    await person("amina", "administrator")
    verify = passwords.verify_password

    async def slow(password_hash: str | None, password: str) -> bool:
        found = await verify(password_hash, password)
        if change == "end":
            await deactivate_account(None, login="amina")
        else:
            await set_password(None, login="amina", password="five quite other plain words")
        return found

    monkeypatch.setattr(passwords, "verify_password", slow)
    assert (await visitor.sign_in("amina")).status_code == 401
    assert await fetch_value("select count(*) from sessions") == 0


async def test_a_login_that_no_row_can_hold_is_refused_as_a_field(visitor: Browser) -> None:
    assert (await visitor.sign_in("am\0ina")).status_code == 422
