"""A published Monday of team ACT for tests of what is said about it, and the people around it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from service.access.policy import Viewer
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_value
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.service.rounds.drafted import roster as make_roster
from tests.support.passwords import QUICK_HASH

MONDAY = date(2026, 11, 30)


def brussels(hour: int, minute: int = 0, *, day: int = 30, month: int = 11) -> datetime:
    """An instant of the week, by the clock on the wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


MORNING = brussels(9, 10)


@dataclass(frozen=True)
class Monday:
    """Ids: `alone` is W-01's visit of T-001 at 9:30, `pair` of W-01 and W-02 with T-002 at 11."""

    team: int
    roster: int
    workers: tuple[int, ...]
    tenants: tuple[int, ...]
    alone: int
    pair: int
    worker: Viewer
    colleague: Viewer
    lead: Viewer
    stranger: Viewer
    coordinator: Viewer
    housing: Viewer


async def published_monday(*, priority: str = "should") -> Monday:
    """Fill an empty database."""
    team, other = await make.team("ACT"), await make.team("ICM", kind="icm")
    workers = tuple([await make.worker(f"W-{n:02d}", team=team) for n in (1, 2, 3)])
    foreign = await make.worker("W-09", team=other)
    tenants = []
    for n in (1, 2, 3):
        place = await make.place(street_fr=f"Rue du Secret {n}")
        tenant = await make.tenant(f"T-{n:03d}", team=team, place=place)
        await make.agreement(tenant=tenant)
        tenants.append(tenant)
    roster = await make_roster(team, MONDAY, state="published", revision=1)
    alone = await _visit(team, tenants[0], workers[:1], brussels(9, 30), priority)
    pair = await _visit(team, tenants[1], workers[:2], brussels(11), priority)
    return Monday(
        team=team,
        roster=roster,
        workers=workers,
        tenants=tuple(tenants),
        alone=alone,
        pair=pair,
        worker=await make.account("worker", role="worker", team=team, worker=workers[0]),
        colleague=await make.account("colleague", role="worker", team=team, worker=workers[1]),
        lead=await make.account("lead", role="team_lead", team=team, worker=workers[2]),
        stranger=await make.account("stranger", role="worker", team=other, worker=foreign),
        coordinator=await make.account("coordinator", role="coordinator"),
        housing=await make.account("housing", role="housing_officer"),
    )


async def monday_in_town() -> Monday:
    """The scene, with people who can sign in and read English."""
    made = await published_monday()
    await execute("update accounts set password_hash = $1, language = 'en'", QUICK_HASH)
    return made


async def _visit(
    team: int, tenant: int, workers: tuple[int, ...], starts_at: datetime, priority: str
) -> int:
    place = await fetch_value("select place from stays where tenant = $1", tenant)
    made = await publish(
        team=team, workers=workers, starts_at=starts_at, tenant=tenant, place=place
    )
    visit: int = await fetch_value("select visit from published_visits where id = $1", made.id)
    await execute(
        "update visits set priority = $2, need = (select code from tenants where id = $3)"
        " || ':agr:1' where id = $1",
        visit,
        priority,
        tenant,
    )
    for seat, worker in enumerate(workers):
        await make.insert("visit_workers", visit=visit, worker=worker, seat=seat)
    return visit
