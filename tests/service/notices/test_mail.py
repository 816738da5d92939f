"""Notices by e-mail: handed to a real mail server once, in the reader's language, without names."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.jobs.worker import run_worker
from service.notices.actions import forget_old_notices, mark_read, notify
from service.notices.jobs import send_notice
from service.notices.states import LoneStep
from service.notices.types import (
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
from tests.support.smtp import MailServer
from tests.support.web import person

pytestmark = pytest.mark.anyio

MONDAY = date(2026, 11, 30)
AT_WORK = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # a Monday at ten
AT_NIGHT = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
PUBLISHED = WeekPublished(team="ACT", week=MONDAY, revision=1, new=3, days=(MONDAY,))
ALERT = NoContact(alert=7, tenant="T-041", days=12, missed=3)
STEP = LoneWorkerStep(check=4, worker="W01", step=LoneStep.LEAD, minutes=30)
TODAY = ChangedToday(team="ACT", day=MONDAY, revision=2, moved=1)


@pytest.fixture(autouse=True)
async def _at_work(anyio_backend: str, outgoing: pytest.MonkeyPatch) -> AsyncIterator[None]:
    with clock.stopped(AT_WORK):
        yield


@dataclass
class Told:
    """Somebody with a confirmed address, and how a notice went out to them."""

    viewer: Viewer

    async def get(self, message: Message, *, key: str = "k") -> int:
        """Tell them a message, by e-mail too; returns the delivery."""
        async with unit_of_work() as uow:
            told = Recipients(accounts=frozenset({self.viewer.account}))
            await notify(uow, message, to=told, key=key)
        delivery: int = await fetch_value("select max(id) from notice_deliveries")
        return delivery


async def addressee(language: str = "nl", **values: object) -> Told:
    """A worker of team ACT who works in office hours, and wants all by e-mail."""
    team = await make.team("ACT")
    worker = await make.worker("W01", team=team)
    viewer = await person("amina", ("worker", team), worker=worker, language=language)
    await make.insert(
        "notice_settings",
        account=viewer.account,
        email="amina@example.org",
        confirmed_at=clock.now(),
        **values,
    )
    for kind in ("week_published", "changed_today", "lone_worker", "no_contact"):
        await make.insert("notice_choices", account=viewer.account, kind=kind, email=True)
    return Told(viewer)


async def state(delivery: int) -> tuple[str, str | None, int]:
    row = await fetch_one(
        "select state, problem, attempts from notice_deliveries where id = $1", delivery
    )
    assert row is not None
    return row["state"], row["problem"], row["attempts"]


async def due(delivery: int) -> datetime:
    found: datetime = await fetch_value(
        "select due_at from notice_deliveries where id = $1", delivery
    )
    return found


async def test_it_goes_out_once_in_the_readers_language(
    rolled_back: UnitOfWork, post: MailServer
) -> None:
    amina = await addressee(language="en")
    delivery = await amina.get(PUBLISHED)
    for _ in range(3):
        await send_notice(delivery=delivery)
    (mail,) = post.taken
    assert await state(delivery) == ("sent", None, 1)
    assert (mail["To"], mail["From"]) == ("amina@example.org", "rounds@example.be")
    assert mail["Subject"] == "Your week of Mon 30 Nov is published"
    notice = await fetch_value("select id from notices")
    assert mail.get_content().replace("\r\n", "\n") == (
        "Your week of Mon 30 Nov is published.\n"
        "3 new visits.\n"
        "On Mon 30 Nov.\n"
        "\n"
        f"Look here: https://rounds.example.be/notices/{notice}\n"
        "\n"
        "-- \n"
        "You chose to get this by e-mail. Change it here:"
        " https://rounds.example.be/account/notices\n"
    )
    assert mail["Message-ID"] == f"<notice-{notice}@example.be>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"


async def test_no_code_leaves_the_house_unless_the_organisation_chose_so(
    rolled_back: UnitOfWork, post: MailServer, outgoing: pytest.MonkeyPatch
) -> None:
    amina = await addressee(language="en")
    await send_notice(delivery=await amina.get(ALERT, key="a"))
    await send_notice(delivery=await amina.get(STEP, key="b"))
    for mail in post.taken:
        assert not {"T-041", "W01", "First", "Last"} & set(mail.as_string().split())
        assert "T-041" not in mail.as_string()
        assert "W01" not in mail.as_string()
    assert [mail["Subject"] for mail in post.taken] == [
        "No contact with a tenant",
        "A colleague has not checked out: call now",
    ]
    outgoing.setenv("THUISRONDE_MAIL_CODES", "yes")
    current_settings.cache_clear()
    await send_notice(delivery=await amina.get(ALERT, key="c"))
    assert post.taken[-1]["Subject"] == "No contact with T-041"


async def test_the_queue_sends_what_is_committed(database: Server, post: MailServer) -> None:
    """Everything for real: the worker takes the job, the mail server the message."""
    amina = await addressee(language="en", quiet=False)
    await amina.get(PUBLISHED)
    await run_worker(wait=False)
    assert [mail["To"] for mail in post.taken] == ["amina@example.org"]
    assert await fetch_all("select state from notice_deliveries") == [{"state": "sent"}]


async def test_only_a_confirmed_address_gets_mail(rolled_back: UnitOfWork) -> None:
    amina = await addressee()
    await execute("update notice_settings set confirmed_at = null")
    async with unit_of_work() as uow:
        await notify(
            uow, PUBLISHED, to=Recipients(accounts=frozenset({amina.viewer.account})), key="k"
        )
    assert await fetch_all("select id from notice_deliveries") == []


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"RCPT": ["450 try later"]}, "put_off"),
        ({".": ["451 try later"]}, "put_off"),
        ({"MAIL": ["421 busy"]}, "put_off"),
        ({"EHLO": ["hang up"]}, "unreachable"),
    ],
)
async def test_what_may_pass_is_tried_again_later_and_later(
    rolled_back: UnitOfWork, post: MailServer, answers: dict[str, list[str]], problem: str
) -> None:
    amina = await addressee()
    delivery = await amina.get(PUBLISHED)
    post.answers = answers
    await send_notice(delivery=delivery)
    assert await state(delivery) == ("waiting", problem, 1)
    assert await due(delivery) == AT_WORK + timedelta(minutes=1)
    jobs = await fetch_all("select scheduled_at from procrastinate_jobs order by id")
    assert [job["scheduled_at"] for job in jobs] == [None, AT_WORK + timedelta(minutes=1)]
    with clock.stopped(AT_WORK + timedelta(minutes=1)):
        await send_notice(delivery=delivery)
    assert await state(delivery) == ("sent", None, 2)
    assert len(post.taken) == 1


async def test_it_gives_up_in_the_end(
    rolled_back: UnitOfWork, outgoing: pytest.MonkeyPatch
) -> None:
    outgoing.setenv("THUISRONDE_MAIL_PORT", "1")  # nobody listens there
    current_settings.cache_clear()
    amina = await addressee(quiet=False)
    delivery = await amina.get(PUBLISHED)
    at = AT_WORK
    waited = []
    for _ in range(6):
        with clock.stopped(at):
            await send_notice(delivery=delivery)
        waited.append(int((await due(delivery) - at).total_seconds() // 60))
        at = max(at, await due(delivery))
    assert waited[:5] == [1, 5, 15, 60, 240]
    assert await state(delivery) == ("failed", "unreachable", 6)


async def test_a_refused_address_is_remembered_and_never_logged(
    rolled_back: UnitOfWork, post: MailServer
) -> None:
    amina = await addressee()
    delivery = await amina.get(PUBLISHED)
    post.answers = {"RCPT": ["550 no such person amina@example.org"]}
    with capture_logs() as logs:
        await send_notice(delivery=delivery)
    assert await state(delivery) == ("failed", "address_refused", 1)
    assert await fetch_value("select refused_at from notice_settings") == AT_WORK
    assert logs == [
        {
            "event": "notice",
            "log_level": "info",
            "delivery": delivery,
            "way": "email",
            "state": "failed",
            "problem": "address_refused",
        }
    ]


@pytest.mark.parametrize("now", [AT_NIGHT, SATURDAY])
async def test_quiet_hours_end_when_work_begins(
    rolled_back: UnitOfWork, post: MailServer, now: datetime
) -> None:
    amina = await addressee()
    with clock.stopped(now):
        delivery = await amina.get(PUBLISHED)
        await send_notice(delivery=delivery)
    assert post.taken == []
    begins = datetime(2026, 12, 7 if now == SATURDAY else 1, 8, 0, tzinfo=UTC)  # at nine
    assert await state(delivery) == ("waiting", None, 0)
    assert await due(delivery) == begins
    with clock.stopped(begins):
        await send_notice(delivery=delivery)
    assert len(post.taken) == 1


async def test_an_absence_is_no_working_time(rolled_back: UnitOfWork, post: MailServer) -> None:
    amina = await addressee()
    await make.insert(
        "absences",
        worker=amina.viewer.worker,
        kind="planned",
        starts_at=AT_WORK - timedelta(hours=5),
        ends_at=datetime(2026, 12, 2, 11, 0, tzinfo=UTC),
    )
    delivery = await amina.get(PUBLISHED)
    await send_notice(delivery=delivery)
    assert await due(delivery) == datetime(2026, 12, 2, 11, 0, tzinfo=UTC)
    assert post.taken == []


@pytest.mark.parametrize("message", [STEP, PUBLISHED])
async def test_a_lone_worker_step_waits_for_no_hour(
    rolled_back: UnitOfWork, post: MailServer, message: Message
) -> None:
    amina = await addressee()
    with clock.stopped(AT_NIGHT):
        await send_notice(delivery=await amina.get(message))
    assert len(post.taken) == (1 if message is STEP else 0)


async def test_who_turned_quiet_hours_off_gets_it_at_night(
    rolled_back: UnitOfWork, post: MailServer
) -> None:
    amina = await addressee(quiet=False)
    with clock.stopped(AT_NIGHT):
        await send_notice(delivery=await amina.get(PUBLISHED))
    assert len(post.taken) == 1


async def test_what_is_of_no_more_use_is_skipped(rolled_back: UnitOfWork, post: MailServer) -> None:
    amina = await addressee(quiet=False)
    read = await amina.get(PUBLISHED, key="a")
    assert await mark_read(amina.viewer, await fetch_value("select max(id) from notices"))
    await send_notice(delivery=read)
    assert await state(read) == ("skipped", "read_already", 0)
    yesterday = await amina.get(TODAY, key="b")
    with clock.stopped(AT_WORK + timedelta(days=1)):
        await send_notice(delivery=yesterday)
    assert await state(yesterday) == ("skipped", "too_late", 0)
    old = await amina.get(PUBLISHED, key="c")
    with clock.stopped(AT_WORK + timedelta(days=8)):
        await send_notice(delivery=old)
    assert await state(old) == ("skipped", "too_late", 0)
    ended = await amina.get(PUBLISHED, key="d")
    await execute("update accounts set active = false")
    await send_notice(delivery=ended)
    assert await state(ended) == ("skipped", "no_address", 0)
    assert post.taken == []


@pytest.mark.parametrize(("message", "ends"), [(PUBLISHED, "failed"), (STEP, "sent")])
async def test_a_sender_that_died_is_found_by_the_next(
    rolled_back: UnitOfWork, post: MailServer, message: Message, ends: str
) -> None:
    """Nobody knows whether it was taken: once is enough, but not for a lone-worker step."""
    amina = await addressee()
    delivery = await amina.get(message)
    await execute(
        "update notice_deliveries set state = 'sending', attempts = 1, claimed_at = $1", AT_WORK
    )
    await send_notice(delivery=delivery)
    assert (await state(delivery))[0] == "sending", "its sender may be alive"
    with clock.stopped(AT_WORK + timedelta(minutes=2)):
        await send_notice(delivery=delivery)
    assert (await state(delivery))[0] == ends
    assert len(post.taken) == (1 if ends == "sent" else 0)


async def test_old_notices_are_forgotten_with_their_deliveries(rolled_back: UnitOfWork) -> None:
    amina = await addressee()
    await amina.get(PUBLISHED, key="old")
    with clock.stopped(AT_WORK + timedelta(days=90)):
        await amina.get(PUBLISHED, key="new")
        assert await forget_old_notices() == 0
    with clock.stopped(AT_WORK + timedelta(days=90, seconds=1)):
        assert await forget_old_notices() == 1
    assert await fetch_value("select count(*) from notice_deliveries") == 1
