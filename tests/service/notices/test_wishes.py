"""How one is told: by kind and way, at an address that is confirmed; who sees what failed."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from litestar import Litestar

from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.jobs.worker import run_worker
from service.notices.choices import DEFAULTS
from service.notices.states import NoticeKind
from service.settings import current_settings
from service.web.dates import day_time
from tests.service import factories as make
from tests.support.database import Server
from tests.support.push_service import TestBrowser
from tests.support.smtp import MailServer
from tests.support.web import Browser, browser, form_token, person, settled_app

pytestmark = pytest.mark.anyio

PAGE = "/account/notices"


@pytest.fixture
def app(database: Server, outgoing: pytest.MonkeyPatch) -> Litestar:
    outgoing.setenv("THUISRONDE_BASE_URL", "http://localhost:8000")
    outgoing.setenv("THUISRONDE_PUSH", "yes")
    current_settings.cache_clear()
    return settled_app(current_settings())


@pytest.fixture
async def lead(app: Litestar) -> AsyncIterator[Browser]:
    """A team lead who is signed in."""
    await person("jo", ("team_lead", await make.team("ACT")))
    async with browser(app) as client:
        await client.sign_in("jo")
        yield client


def checked(html: str) -> set[tuple[str, str]]:
    """The ways and kinds that are ticked."""
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)"([^>]*)>', html)
    return {(way, kind) for way, kind, rest in boxes if "checked" in rest and way != "quiet"}


async def test_the_defaults_stand_until_somebody_chooses(lead: Browser) -> None:
    html = (await lead.get(PAGE)).text
    assert checked(html) == {
        (way, kind.value)
        for kind, choice in DEFAULTS.items()
        for way in ("in_app", "email", "push")
        if getattr(choice, way)
    }
    assert 'name="quiet" value="true" checked' in html


async def test_what_is_chosen_is_kept_and_the_urgent_is_always_shown(lead: Browser) -> None:
    data = {
        "csrf_token": await lead.token(PAGE),
        "in_app": ["absence"],
        "email": ["absence", "proposal"],
    }
    sent = await lead.client.post(PAGE, data=data)
    assert sent.headers["Location"] == f"{PAGE}?notice=saved"
    html = (await lead.get(PAGE)).text
    assert checked(html) == {
        ("in_app", "absence"),
        ("in_app", "changed_today"),
        ("in_app", "lone_worker"),
        ("email", "absence"),
        ("email", "proposal"),
    }
    assert "checked" not in re.findall(r'name="quiet"[^>]*', html)[0]
    rows = await fetch_all("select kind from notice_choices where in_app order by kind")
    assert [row["kind"] for row in rows] == ["absence", "changed_today", "lone_worker"]


async def test_an_unknown_kind_is_refused(lead: Browser) -> None:
    assert (await lead.send(PAGE, on=PAGE, email="nonsense")).status_code == 422


async def test_only_kinds_of_ones_role_are_offered(app: Litestar, lead: Browser) -> None:
    await person("helena", "housing_officer")
    async with browser(app) as client:
        await client.sign_in("helena")
        html = (await client.get(PAGE)).text
    assert checked(html) == set()
    assert "For your role there is nothing to choose yet." in html
    assert {kind for _way, kind in checked((await lead.get(PAGE)).text)} == set(NoticeKind)


async def test_an_address_is_used_once_its_code_came_back(lead: Browser, post: MailServer) -> None:
    sent = await lead.send(f"{PAGE}/address", on=PAGE, address="jo@example.org")
    assert sent.headers["Location"] == f"{PAGE}?notice=sent"
    await run_worker(wait=False)
    (mail,) = post.taken
    assert mail["To"] == "jo@example.org"
    code = re.search(r"\b(\d{6})\b", mail.get_content())
    assert code is not None
    wrong = f"{(int(code[1]) + 1) % 1_000_000:06d}"
    refused = await lead.send(f"{PAGE}/address/confirm", on=PAGE, code=wrong)
    assert refused.status_code == 422
    assert "This is not the code" in refused.text
    assert await fetch_value("select confirmed_at from notice_settings") is None
    done = await lead.send(f"{PAGE}/address/confirm", on=PAGE, code=code[1])
    assert done.headers["Location"] == f"{PAGE}?notice=confirmed"
    row = await fetch_one("select email, confirmed_at, code_hash from notice_settings")
    assert row is not None
    assert (row["email"], row["code_hash"]) == ("jo@example.org", None)
    assert row["confirmed_at"] is not None
    await lead.send(f"{PAGE}/address/remove", on=PAGE)
    assert await fetch_value("select email from notice_settings") is None
    actions = await fetch_all(
        "select action from audit_entries where object_kind = 'notice_address' order by id"
    )
    assert [row["action"] for row in actions] == ["change", "confirm", "remove"]


async def test_a_code_is_neither_guessed_nor_old(lead: Browser, post: MailServer) -> None:
    await lead.send(f"{PAGE}/address", on=PAGE, address="jo@example.org")
    await run_worker(wait=False)
    found = re.search(r"\b(\d{6})\b", post.taken[0].get_content())
    assert found is not None
    code = found[1]
    token = await lead.token(PAGE)
    for _ in range(5):
        wrong = {"csrf_token": token, "code": f"{(int(code) + 7) % 1_000_000:06d}"}
        assert (await lead.client.post(f"{PAGE}/address/confirm", data=wrong)).status_code == 422
    right = {"csrf_token": token, "code": code}
    assert (await lead.client.post(f"{PAGE}/address/confirm", data=right)).status_code == 422
    await execute(
        "update notice_settings set code_tries = 0, code_sent_at = code_sent_at - $1::interval",
        timedelta(minutes=31),
    )
    assert (await lead.client.post(f"{PAGE}/address/confirm", data=right)).status_code == 422
    await execute(
        "update notice_settings set code_tries = 0, code_sent_at = code_sent_at + $1::interval",
        timedelta(minutes=31),
    )
    assert (await lead.client.post(f"{PAGE}/address/confirm", data=right)).status_code == 303


async def test_codes_are_not_sent_in_a_row(lead: Browser, post: MailServer) -> None:
    await lead.send(f"{PAGE}/address", on=PAGE, address="jo@example.org")
    again = await lead.send(f"{PAGE}/address", on=PAGE, address="somebody-else@example.org")
    assert again.status_code == 422
    assert "wait a minute" in again.text
    assert 'value="somebody-else@example.org"' in again.text, "nothing typed is lost"
    await run_worker(wait=False)
    assert [mail["To"] for mail in post.taken] == ["jo@example.org"]


@pytest.mark.parametrize(
    "address",
    ["jo", "jo@", "a b@example.org", "x" * 250 + "@example.org", "jo,an@example.org", "jö@x.be"],
)
async def test_what_is_no_address_is_refused_beside_its_field(lead: Browser, address: str) -> None:
    answer = await lead.send(f"{PAGE}/address", on=PAGE, address=address)
    assert answer.status_code == 422
    assert 'id="address-error"' in answer.text


async def test_a_browser_is_added_by_the_page_and_taken_away(lead: Browser) -> None:
    keys = TestBrowser()
    html = (await lead.get(PAGE)).text
    assert re.search(r'data-push-key="[\w-]{87}"', html)
    fields = {
        "csrf_token": form_token(html),
        "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
        "public_key": _base64url(keys.public_key),
        "secret": _base64url(keys.secret),
    }
    headers = {"Accept": "application/json", "User-Agent": "Mozilla/5.0 (Android) Firefox/140.0"}
    added = await lead.client.post(f"{PAGE}/browsers", data=fields, headers=headers)
    assert added.status_code == 204
    asked = await lead.client.post(
        f"{PAGE}/browsers/mine",
        data={"csrf_token": fields["csrf_token"], "endpoint": fields["endpoint"]},
        headers=headers,
    )
    assert asked.json() == {"mine": True}
    shown = (await lead.get(PAGE)).text
    assert fields["endpoint"] not in shown
    removal = re.search(rf"{PAGE}/browsers/(\d+)/remove", shown)
    assert removal is not None
    await lead.send(removal[0], on=PAGE)
    assert await fetch_value("select count(*) from push_subscriptions") == 0
    refused = await lead.client.post(
        f"{PAGE}/browsers", data=fields | {"endpoint": "https://evil.example/x"}, headers=headers
    )
    assert refused.status_code == 422
    await lead.client.post(f"{PAGE}/browsers", data=fields, headers=headers)
    await lead.send("/sign-out", on=PAGE)
    assert await fetch_value("select count(*) from push_subscriptions") == 0


def _base64url(content: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


async def test_administrators_see_what_failed_and_no_address(app: Litestar, lead: Browser) -> None:
    account = await fetch_value("select id from accounts where login = 'jo'")
    await make.insert(
        "notice_settings", account=account, email="jo@example.org", refused_at=clock.now()
    )
    notice = await make.insert(
        "notices",
        account=account,
        kind="absence",
        key="absence:1",
        object_kind="worker",
        object_ref="W01",
        path="/notices",
        message={"type": "absence", "worker": "W01", "starts_on": "2026-11-30"},
        created_at=clock.now(),
    )
    ended_at = clock.now()
    await make.insert(
        "notice_deliveries",
        notice=notice,
        channel="email",
        state="failed",
        problem="address_refused",
        attempts=1,
        due_at=ended_at,
        ended_at=ended_at,
    )
    await person("admin", "administrator")
    async with browser(app) as client:
        await client.sign_in("admin")
        html = (await client.get("/notices/failed")).text
        assert "/notices/failed" in (await client.get("/account")).text
    assert "jo@example.org" not in html
    assert "All went out" not in html
    assert html.count("jo") >= 2
    assert "address refused by the server" in html
    assert day_time(ended_at) in html
    assert "/notices/failed" not in (await lead.get("/account")).text
    assert (await lead.get("/notices/failed")).status_code == 403
