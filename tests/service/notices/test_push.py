"""Web Push: encrypted for the browser alone, signed, once, and only to push services."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from service import clock
from service.access.policy import Viewer
from service.access.sessions import end_session, forget_ended_sessions, open_session
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.notices.actions import notify
from service.notices.browsers import (
    add_browser,
    is_mine,
    push_key,
    read_browser,
    remove_browser,
)
from service.notices.jobs import send_notice
from service.notices.states import LoneStep
from service.notices.types import LoneWorkerStep, Message, Recipients, WeekPublished
from service.notices.webpush import Browser, base64url, encrypted, from_base64url
from service.outgoing import PushSettings
from service.settings import Settings, current_settings
from tests.support.push_service import PushService, TestBrowser, push_service
from tests.support.web import person

pytestmark = pytest.mark.anyio

AT_WORK = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PUBLISHED = WeekPublished(team="ACT", week=date(2026, 11, 30), revision=1, new=3)
STEP = LoneWorkerStep(check=4, worker="W01", step=LoneStep.LEAD, minutes=30)


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture(autouse=True)
async def _pushing(anyio_backend: str, outgoing: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Push is turned on and this machine counts as a push service; a Monday at ten."""
    outgoing.setenv("THUISRONDE_PUSH", "yes")
    outgoing.setenv("THUISRONDE_PUSH_HOSTS", "127.0.0.1 *.push.example")
    current_settings.cache_clear()
    with clock.stopped(AT_WORK):
        yield


async def subscribed(
    service: PushService, browser: TestBrowser, *, login: str = "amina", name: str = "browser-1"
) -> Viewer:
    """Somebody who reads French, signed in with a browser that takes pushes."""
    viewer = await person(login, "coordinator", language="fr")
    await subscribe(viewer, service, browser, name=name)
    return viewer


async def subscribe(
    viewer: Viewer, service: PushService, browser: TestBrowser, *, name: str = "browser-1"
) -> int:
    session = await open_session(viewer.account, browser="Firefox")
    found = read_browser(
        endpoint=service.endpoint(name),
        public_key=base64url(browser.public_key),
        secret=base64url(browser.secret),
        settings=current_settings(),
    )
    await add_browser(viewer, session.id, found, name="Firefox, Android")
    return session.id


async def tell(viewer: Viewer, message: Message, *, key: str = "k") -> list[int]:
    async with unit_of_work() as uow:
        await notify(uow, message, to=Recipients(accounts=frozenset({viewer.account})), key=key)
    rows = await fetch_all("select id from notice_deliveries where channel = 'push' order by id")
    return [row["id"] for row in rows]


def test_it_encrypts_as_the_rfc_shows() -> None:
    """The example of RFC 8291, section 5, byte for byte."""
    browser = Browser(
        endpoint="https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        public_key=from_base64url(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
            "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        secret=from_base64url("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    key = from_base64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        browser,
        key=ec.derive_private_key(int.from_bytes(key, "big"), ec.SECP256R1()),
        salt=from_base64url("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert base64url(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_no_two_pushes_are_alike_and_none_is_too_long() -> None:
    browser = TestBrowser()
    taken = Browser("https://push.example/1", browser.public_key, browser.secret)
    bodies = {encrypted(b"the same", taken) for _ in range(3)}
    assert len(bodies) == 3
    assert {browser.read(body) for body in bodies} == {b"the same"}
    assert browser.read(encrypted(b"x" * 3993, taken)) == b"x" * 3993
    with pytest.raises(ValueError, match="3993"):
        encrypted(b"x" * 3994, taken)


async def test_the_browser_alone_can_read_it(rolled_back: UnitOfWork, service: PushService) -> None:
    browser = TestBrowser()
    viewer = await subscribed(service, browser)
    (delivery,) = await tell(viewer, PUBLISHED)
    for _ in range(3):
        await send_notice(delivery=delivery)
    (received,) = service.received
    notice = await fetch_value("select id from notices")
    assert browser.read_json(received.body) == {
        "title": "Votre semaine a changé",
        "path": f"/notices/{notice}",
        "tag": "week_published",
    }
    assert received.path == "/push/browser-1?v=1"
    shown = {name: received.headers[name] for name in ("Content-Encoding", "TTL", "Urgency")}
    assert shown == {"Content-Encoding": "aes128gcm", "TTL": "86400", "Urgency": "normal"}
    assert "cookie" not in {name.lower() for name in received.headers}
    assert await fetch_all("select state, attempts from notice_deliveries") == [
        {"state": "sent", "attempts": 1}
    ]


async def test_the_push_service_can_check_who_sends(
    rolled_back: UnitOfWork, service: PushService
) -> None:
    viewer = await subscribed(service, TestBrowser())
    (delivery,) = await tell(viewer, STEP)
    await send_notice(delivery=delivery)
    (received,) = service.received
    assert received.headers["Urgency"] == "high"
    scheme, token, key = received.headers["Authorization"].replace(",", "").split()
    assert scheme == "vapid"
    head, claims, signature = token.removeprefix("t=").split(".")
    public = from_base64url(key.removeprefix("k="))
    raw = from_base64url(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public).verify(
        encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    assert json.loads(from_base64url(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(from_base64url(claims)) == {
        "aud": f"http://127.0.0.1:{service.port}",
        "exp": int((AT_WORK + timedelta(hours=12)).timestamp()),
        "sub": "mailto:rounds@example.be",
    }


def test_the_key_stays_the_same_and_private(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, push=PushSettings())
    one, two = push_key(settings), push_key(settings)
    assert one.private_numbers() == two.private_numbers()
    assert (tmp_path / "secrets" / "push-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(
    rolled_back: UnitOfWork, service: PushService, status: int
) -> None:
    viewer = await subscribed(service, TestBrowser())
    await subscribe(viewer, service, TestBrowser(), name="browser-2")
    service.status = status
    first, second = await tell(viewer, PUBLISHED)
    await send_notice(delivery=first)
    service.status = 201
    await send_notice(delivery=second)
    left = await fetch_all("select endpoint from push_subscriptions")
    assert left == [{"endpoint": service.endpoint("browser-2")}]
    assert await fetch_all("select id, state from notice_deliveries") == [
        {"id": second, "state": "sent"}
    ]


@pytest.mark.parametrize(
    ("status", "state", "problem"),
    [
        (429, "waiting", "put_off"),
        (500, "waiting", "put_off"),
        (403, "failed", "refused"),
        (301, "failed", "refused"),
    ],
)
async def test_what_may_pass_is_tried_again(
    rolled_back: UnitOfWork, service: PushService, status: int, state: str, problem: str
) -> None:
    viewer = await subscribed(service, TestBrowser())
    (delivery,) = await tell(viewer, PUBLISHED)
    service.status = status
    await send_notice(delivery=delivery)
    assert await fetch_all("select state, problem from notice_deliveries") == [
        {"state": state, "problem": problem}
    ]
    service.status = 201
    await send_notice(delivery=delivery)
    assert len(service.received) == (2 if state == "waiting" else 1)


async def test_nothing_leaves_while_push_is_off(
    rolled_back: UnitOfWork, service: PushService, outgoing: pytest.MonkeyPatch
) -> None:
    viewer = await subscribed(service, TestBrowser())
    outgoing.setenv("THUISRONDE_PUSH", "no")
    current_settings.cache_clear()
    (delivery,) = await tell(viewer, PUBLISHED)
    await send_notice(delivery=delivery)
    assert service.received == []
    assert await fetch_all("select state, problem from notice_deliveries") == [
        {"state": "skipped", "problem": "not_set_up"}
    ]
    with pytest.raises(Forbidden):
        await subscribe(viewer, service, TestBrowser())


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1.evil.example/x",
        "http://one.push.example/x",
        "https://one.push.example:8443/x",
        "https://somebody@one.push.example/x",
        "https://push.example/x",
        "https://10.0.0.1/x",
        "https://[::1/x",
        "file:///etc/passwd",
        "",
    ],
)
async def test_it_calls_push_services_and_nobody_else(endpoint: str) -> None:
    browser = TestBrowser()
    keys = {"public_key": base64url(browser.public_key), "secret": base64url(browser.secret)}
    settings = current_settings()
    assert read_browser(endpoint="https://one.push.example/x", settings=settings, **keys)
    with pytest.raises(Invalid):
        read_browser(endpoint=endpoint, settings=settings, **keys)


@pytest.mark.parametrize(
    ("public_key", "secret"),
    [
        (base64url(b"\4" + bytes(64)), base64url(bytes(16))),
        (base64url(TestBrowser().public_key), base64url(bytes(15))),
        (base64.b64encode(b"\xff" * 65).decode(), base64url(bytes(16))),
        ("é", "!"),
    ],
    ids=["no point", "short secret", "no key", "no base64"],
)
async def test_it_takes_only_a_browsers_keys(public_key: str, secret: str) -> None:
    with pytest.raises(Invalid):
        read_browser(
            endpoint="https://one.push.example/x",
            public_key=public_key,
            secret=secret,
            settings=current_settings(),
        )


async def test_signing_out_ends_pushes_and_expiring_does_not(
    rolled_back: UnitOfWork, service: PushService
) -> None:
    viewer = await person("amina", "coordinator")
    kept = await subscribe(viewer, service, TestBrowser(), name="kept")
    ended = await subscribe(viewer, service, TestBrowser(), name="ended")
    await end_session(viewer.account, ended)
    assert await fetch_value("select count(*) from push_subscriptions") == 1
    with clock.stopped(AT_WORK + timedelta(hours=13)):
        assert await forget_ended_sessions() == 1
    rows = await fetch_all("select session, endpoint from push_subscriptions")
    assert rows == [{"session": None, "endpoint": service.endpoint("kept")}]
    assert kept != ended


async def test_a_browser_has_one_user_at_a_time(
    rolled_back: UnitOfWork, service: PushService
) -> None:
    amina = await subscribed(service, TestBrowser())
    karim = await person("karim", "coordinator")
    session = await open_session(karim.account, browser="Firefox")
    assert not await is_mine(karim, session.id, service.endpoint("another"))
    assert await fetch_value("select count(*) from push_subscriptions") == 1
    assert not await is_mine(karim, session.id, service.endpoint())
    assert await fetch_value("select count(*) from push_subscriptions") == 0
    await subscribe(amina, service, TestBrowser())
    await subscribe(karim, service, TestBrowser())
    assert await fetch_all("select account from push_subscriptions") == [{"account": karim.account}]
    found = await fetch_value("select id from push_subscriptions")
    with pytest.raises(NotFound):
        await remove_browser(amina, found)
    await remove_browser(karim, found)
    assert await fetch_value("select count(*) from push_subscriptions") == 0


async def test_ten_browsers_are_enough(rolled_back: UnitOfWork, service: PushService) -> None:
    viewer = await person("amina", "coordinator")
    for n in range(10):
        await subscribe(viewer, service, TestBrowser(), name=f"browser-{n}")
    await subscribe(viewer, service, TestBrowser(), name="browser-3")  # known already
    with pytest.raises(Invalid):
        await subscribe(viewer, service, TestBrowser(), name="one-too-many")
    await execute("delete from accounts")
    assert await fetch_value("select count(*) from push_subscriptions") == 0
