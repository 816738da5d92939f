"""The list and the bell: one's own notices, in one's own language, read once looked at."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from litestar import Litestar

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.notices.actions import notify
from service.notices.states import LoneStep
from service.notices.types import (
    AbsenceNoted,
    ChangedToday,
    LoneWorkerStep,
    Message,
    NoContact,
    Recipients,
    WeekPublished,
)
from service.settings import current_settings
from tests.service import factories as make
from tests.support.database import Server
from tests.support.web import Browser, browser, person, settled_app

pytestmark = pytest.mark.anyio

DAY = date(2026, 11, 30)


@pytest.fixture
def app(database: Server) -> Litestar:
    return settled_app(current_settings())


@pytest.fixture
async def worker(app: Litestar) -> AsyncIterator[Browser]:
    """Somebody called Amina Bensaïd, code W01, signed in."""
    team = await make.team("ACT")
    made = await make.worker("W01", team=team, first_name="Amina", last_name="Bensaïd")
    await person("amina", ("worker", team), worker=made)
    async with browser(app) as client:
        await client.sign_in("amina")
        yield client


async def tell(message: Message, *, key: str, worker: str = "W01") -> None:
    async with unit_of_work() as uow:
        await notify(uow, message, to=Recipients(workers=frozenset({worker})), key=key)


def counted(html: str) -> str | None:
    found = re.search(r'<span class="bell-count"[^>]*>([^<]+)</span>', html)
    return found[1] if found else None


async def test_the_bell_counts_and_the_list_says(worker: Browser) -> None:
    assert counted((await worker.get("/account")).text) is None
    await tell(
        WeekPublished(team="ACT", week=DAY, revision=1, new=12, days=(DAY,), duties=True), key="a"
    )
    await tell(
        ChangedToday(team="ACT", day=clock.today(), revision=2, moved=1, cancelled=2), key="b"
    )
    await tell(AbsenceNoted(worker="W01", starts_on=DAY), key="c")
    for path in ("/account", "/notices/bell"):
        assert counted((await worker.get(path)).text) == "3"
    html = (await worker.get("/notices")).text
    for text in (
        "Your week of Mon 30 Nov is published",
        "12 new visits, with your duties, on Mon 30 Nov",
        "Your round of today has changed",
        "1 visit changed, 2 visits no longer yours",
        "Amina B. is away from Mon 30 Nov",
    ):
        assert text in html
    assert html.index("Amina B.") < html.index("Your week"), "the newest comes first"


async def test_following_a_notice_reads_it(worker: Browser) -> None:
    await tell(WeekPublished(team="ACT", week=DAY, revision=1, new=1), key="a")
    notice = await fetch_value("select id from notices")
    answer = await worker.get(f"/notices/{notice}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my-week/2026-11-30")
    assert counted((await worker.get("/account")).text) is None
    await worker.send(f"/notices/{notice}/unread", on="/notices")
    assert counted((await worker.get("/account")).text) == "1"
    await worker.send(f"/notices/{notice}/read", on="/notices")
    assert counted((await worker.get("/account")).text) is None


async def test_what_came_after_the_page_stays_unread(worker: Browser) -> None:
    await tell(WeekPublished(team="ACT", week=DAY, revision=1, new=1), key="a")
    shown = (await worker.get("/notices")).text
    up_to = re.search(r'name="up_to" value="(\d+)"', shown)
    assert up_to is not None
    await tell(WeekPublished(team="ACT", week=DAY, revision=2, new=1), key="b")
    await worker.send("/notices/read", on="/notices", up_to=up_to[1])
    assert counted((await worker.get("/account")).text) == "1"


async def test_older_notices_stand_on_further_pages(worker: Browser) -> None:
    for revision in range(1, 53):
        await tell(WeekPublished(team="ACT", week=DAY, revision=revision, new=1), key=f"{revision}")
    first = (await worker.get("/notices")).text
    assert first.count('class="notice-link"') == 50
    older = re.search(r'href="(/notices\?before=\d+)"', first)
    assert older is not None
    rest = (await worker.get(older[1])).text
    assert rest.count('class="notice-link"') == 2
    assert "Older notices" not in rest
    assert (await worker.get("/notices?before=many")).status_code == 400
    assert (await worker.get("/notices?before=99999999999")).status_code == 404


async def test_it_speaks_the_readers_language(worker: Browser) -> None:
    await tell(LoneWorkerStep(check=1, worker="W01", step=LoneStep.BUDDY, minutes=20), key="a")
    await tell(NoContact(alert=1, tenant="T-001", days=12, missed=3), key="b")
    await execute("update accounts set language = 'nl'")
    html = (await worker.get("/notices")).text
    assert "Amina B. heeft zich niet afgemeld: bel nu" in html
    assert "Geen contact met T-001" in html
    assert "12 dagen sinds het laatste contact" in html


async def test_looking_at_the_bell_is_not_being_there(worker: Browser) -> None:
    await execute("update sessions set last_seen_at = last_seen_at - interval '1 hour'")
    seen = await fetch_value("select last_seen_at from sessions")
    assert (await worker.get("/notices/bell")).status_code == 200
    assert await fetch_value("select last_seen_at from sessions") == seen
    await worker.get("/notices")
    assert await fetch_value("select last_seen_at from sessions") > seen + timedelta(minutes=30)


async def test_a_page_counts_once_and_nobody_has_a_bell_before_signing_in(
    app: Litestar, worker: Browser
) -> None:
    async with browser(app) as nobody:
        assert 'id="bell"' not in (await nobody.get("/sign-in")).text
        polled = await nobody.get("/notices/bell", headers={"HX-Request": "true"})
        assert (polled.status_code, polled.headers["HX-Redirect"]) == (401, "/sign-in")
    missing = await worker.get("/nowhere")
    assert missing.status_code == 404


async def test_a_stranger_reads_nothing(app: Litestar, worker: Browser) -> None:
    await tell(NoContact(alert=1, tenant="T-001", days=12), key="b")
    notice = await fetch_value("select id from notices")
    other: Viewer = await person("other", "coordinator")
    assert other.worker is None
    async with browser(app) as stranger:
        await stranger.sign_in("other")
        assert (await stranger.get(f"/notices/{notice}")).status_code == 404
        assert "T-001" not in (await stranger.get("/notices")).text
    assert await fetch_value("select read_at from notices") is None
