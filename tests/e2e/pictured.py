"""Notices and feeds of somebody whose pages are photographed."""

from datetime import timedelta

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.access.states import Language
from service.database.sql import execute
from service.database.unit_of_work import unit_of_work
from service.feeds.actions import make_feed
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope
from service.notices.actions import mark_read, notify
from service.notices.queries import my_notices
from service.notices.states import LoneStep
from service.notices.types import (
    ChangedToday,
    LoneWorkerStep,
    Message,
    NoContact,
    Recipients,
    WeekPublished,
)


async def tell(worker: Viewer, *, tenant: str) -> None:
    """Tell them of their week, their day and an alert; the oldest of it they have read."""
    today = clock.today()
    week = monday_of(today) + timedelta(days=7)
    told: tuple[Message, ...] = (
        WeekPublished(team="ACT", week=week, revision=1, new=9, days=(week, week + timedelta(2))),
        NoContact(alert=1, tenant=tenant, days=16, missed=3),
        LoneWorkerStep(check=1, worker="W02", step=LoneStep.BUDDY, minutes=20),
        ChangedToday(team="ACT", day=today, revision=2, moved=1, cancelled=1),
    )
    for number, message in enumerate(told):
        with clock.moved(timedelta(hours=number - len(told))):
            async with unit_of_work() as uow:
                to = Recipients(accounts=frozenset({worker.account}))
                await notify(uow, message, to=to, key=f"pictured:{number}")
    await mark_read(worker, (await my_notices(worker))[-1].id)


async def make_feeds(worker: Viewer) -> None:
    """A feed that is up to date, one that is not, and one that nobody has fetched yet."""
    assert worker.worker is not None
    own = FeedScope(ScopeKind.WORKER, worker.worker)
    for device, level, client, behind in (
        ("phone", FeedLevel.STREET, "Apple Calendar", 0),
        ("Outlook", FeedLevel.MINIMAL, "Outlook", 1),
        ("kitchen tablet", FeedLevel.INITIALS, "", 0),
    ):
        made = await make_feed(
            worker, scope=own, device=device, level=level, language=Language.ENGLISH
        )
        if client:
            await execute(
                "update feeds f set last_client = $2, last_fetch_at = $3, fetched_version = $4 +"
                " (select version from feed_versions v where v.worker = f.worker) where id = $1",
                made.id,
                client,
                clock.now() - timedelta(hours=9 * behind, minutes=12),
                -behind,
            )
