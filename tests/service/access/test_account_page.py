"""Everybody's own account: devices, language, password."""

from litestar import Litestar

from service.access import throttle
from service.database.sql import fetch_all, fetch_value
from tests.support.passwords import PASSWORD
from tests.support.web import Browser, browser, person

NEW = f"{PASSWORD} and more"


async def _change(visitor: Browser, **fields: str) -> str:
    defaults = {"password": PASSWORD, "password_new": NEW, "password_again": NEW}
    answer = await visitor.send("/account/password", on="/account", **(defaults | fields))
    assert answer.status_code in (303, 422)
    return answer.headers.get("location", answer.text)


async def test_all_fields_are_judged_at_once(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    text = await _change(visitor, password="", password_new="", password_again="")
    assert text.count("Fill this in.") == 3
    assert text.count('aria-invalid="true"') == 3


async def test_wrong_weak_and_unlike_passwords_are_refused_beside_the_field(
    visitor: Browser,
) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    assert "not your current password" in await _change(visitor, password="wrong but long enough")
    assert "at least 12" in await _change(visitor, password_new="short", password_again="short")
    assert "not the same" in await _change(visitor, password_again=PASSWORD)
    assert "login out of" in await _change(
        visitor, password_new="amina amina 1", password_again="amina amina 1"
    )


async def test_a_stolen_session_cannot_guess_the_password(visitor: Browser) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    for _ in range(throttle.MOST_PER_ACCOUNT):
        await _change(visitor, password="wrong but long enough")
    assert "Too many attempts" in await _change(visitor)


async def test_a_new_password_signs_the_other_devices_out(visitor: Browser, app: Litestar) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    async with browser(app) as phone:
        await phone.sign_in("amina")
        assert await _change(visitor) == "/account?notice=password"
        assert (await phone.get("/account")).status_code == 303
        assert (await phone.sign_in("amina", PASSWORD)).status_code == 401
        assert (await phone.sign_in("amina", NEW)).status_code == 303
    assert (await visitor.get("/account?notice=password")).status_code == 200


async def test_another_device_can_be_signed_out_and_only_ones_own(
    visitor: Browser, app: Litestar
) -> None:
    await person("amina", "administrator")
    await person("karim", "coordinator")
    await visitor.sign_in("amina")
    async with browser(app, **{"User-Agent": "Mozilla/5.0 (Android 14) Firefox/140"}) as phone:
        await phone.sign_in("amina")
        page = await visitor.get("/account")
        assert "Firefox, Android" in page.text
        device = await fetch_value("select max(id) from sessions")
        async with browser(app) as stranger:
            await stranger.sign_in("karim")
            path = f"/account/devices/{device}/sign-out"
            assert (await stranger.send(path, on="/account")).status_code == 404
        assert (await phone.get("/account")).status_code == 200
        assert (await visitor.send(path, on="/account")).status_code == 303
        assert (await phone.get("/account")).status_code == 303


async def test_signing_out_everywhere_means_everywhere(visitor: Browser, app: Litestar) -> None:
    await person("amina", "administrator")
    await person("karim", "coordinator")
    await visitor.sign_in("amina")
    async with browser(app) as phone, browser(app) as other:
        await phone.sign_in("amina")
        await other.sign_in("karim")
        await visitor.send("/account/sign-out-everywhere", on="/account")
        assert (await visitor.get("/account")).status_code == 303
        assert (await phone.get("/account")).status_code == 303
        assert (await other.get("/account")).status_code == 200


async def test_the_language_is_kept_in_the_account(visitor: Browser, app: Litestar) -> None:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    answer = await visitor.send("/language", on="/account", language="nl", next="//evil.example")
    assert answer.headers["location"] == "/"
    assert await fetch_all("select language from accounts") == [{"language": "nl"}]
    async with browser(app) as phone:
        await phone.sign_in("amina")
        assert '<html lang="nl">' in (await phone.get("/account")).text
