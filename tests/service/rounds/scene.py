"""A small team's week for tests: three workers, a handful of tenants, around the middle of town."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.rounds.desks import forget_desks
from tests.service import factories as make

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WEEK = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Scene:
    """Ids of what was made; codes are `W-001` .. and `T-001` .. in order."""

    team: int
    workers: tuple[int, ...]
    tenants: tuple[int, ...]
    places: tuple[int, ...]
    lead: Viewer
    code: str = "ICM"


async def small_team(*, tenants: int = 6, workers: int = 3, code: str = "ICM") -> Scene:
    """A team with a lead; tenants are known, seen ten days ago, once a week."""
    forget_desks()
    team = await make.team(code, kind="icm")
    people = tuple([await make.worker(team=team) for _ in range(workers)])
    housed, places = [], []
    for n in range(tenants):
        place = await make.place(lat=50.84 + n * 0.003, lon=4.34 + n * 0.002)
        tenant = await make.tenant(team=team, place=place, primary=people[n % workers])
        await make.agreement(tenant=tenant)
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=THURSDAY - timedelta(days=10),
            workers=(people[n % workers],),
        )
        housed.append(tenant)
        places.append(place)
    lead = await make.account(f"lead-{code.lower()}", role="team_lead", team=team)
    return Scene(
        team=team,
        workers=people,
        tenants=tuple(housed),
        places=tuple(places),
        lead=lead,
        code=code,
    )


async def roster_row(team: int, *, week: date = WEEK, revision: int = 0) -> int:
    """A roster without visits."""
    return await make.insert(
        "rosters", team=team, week=week, revision=revision, updated_at=THURSDAY
    )


async def drafted(roster: int, tenant: int, place: int, need: str, **values: Any) -> int:
    """A visit of a draft, placed unless told otherwise; its workers are for the caller to add."""
    defaults = {
        "uid": uuid4(),
        "kind": "home_visit",
        "priority": "should",
        "minutes": 45,
        "state": "placed",
        "updated_at": THURSDAY,
    }
    return await make.insert(
        "visits",
        **(defaults | {"roster": roster, "tenant": tenant, "place": place, "need": need} | values),
    )


async def placed(
    scene: Scene, roster: int, tenant: int, *, day: int, hour: int, workers: tuple[int, ...]
) -> int:
    """The weekly visit of a tenant (by number), on a day at a full hour of Brussels' winter."""
    at = datetime(WEEK.year, WEEK.month, WEEK.day, tzinfo=UTC) + timedelta(days=day, hours=hour - 1)
    visit = await drafted(
        roster,
        scene.tenants[tenant],
        scene.places[tenant],
        f"T-{tenant + 1:03d}:agr:1",
        starts_at=at,
        ends_at=at + timedelta(minutes=45),
        workers_needed=len(workers),
    )
    for seat, worker in enumerate(workers):
        await make.insert("visit_workers", visit=visit, worker=scene.workers[worker], seat=seat)
    return visit


async def two_placed_one_waits(*, reasons: str = "[]") -> Scene:
    """W-001 goes to T-001 and T-002 on Monday at 10 and 14 h; the visit of T-003 waits."""
    made = await small_team(tenants=3)
    roster = await roster_row(made.team)
    await placed(made, roster, 0, day=0, hour=10, workers=(0,))
    await placed(made, roster, 1, day=0, hour=14, workers=(0,))
    await drafted(
        roster,
        made.tenants[2],
        made.places[2],
        "T-003:agr:1",
        state="waiting",
        overdue_days=4,
        reasons=reasons,
    )
    return made


async def three_placed() -> Scene:
    """T-001 and T-004 are W-001's own, T-002 is W-002's; all three have their place."""
    made = await small_team(tenants=4)
    roster = await roster_row(made.team)
    await placed(made, roster, 0, day=0, hour=10, workers=(0,))
    await placed(made, roster, 1, day=0, hour=10, workers=(1,))
    await placed(made, roster, 3, day=2, hour=14, workers=(0,))
    return made


async def visit_of(tenant: int) -> int:
    """The visit of the tenant with this number, from 1 on."""
    found: int = await fetch_value("select id from visits where need = $1", f"T-{tenant:03d}:agr:1")
    return found


async def roster_version() -> int:
    """The version of the first roster."""
    found: int = await fetch_value("select version from rosters order by id limit 1")
    return found
