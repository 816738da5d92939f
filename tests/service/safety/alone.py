"""A team in which somebody is alone today, with a ladder that can be reached."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from service.access.policy import Viewer
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from tests.service import factories as make

MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Brussels
FORTY_FIVE = timedelta(minutes=45)


@dataclass(frozen=True)
class Alone:
    """Ids; `worker` is alone with `visit` from ten to a quarter to eleven."""

    team: int
    visit: int
    tenant: int
    worker: Viewer
    buddy: Viewer
    lead: Viewer
    on_call: Viewer
    housing: Viewer
    stranger: Viewer

    @property
    def ends_at(self) -> datetime:
        return MONDAY_TEN + FORTY_FIVE


async def somebody_alone(
    *, at: datetime = MONDAY_TEN, kind: str = "shelter", on_call: bool = True, **settings: object
) -> Alone:
    """Make the team; `kind` is that of the stay; `settings` those of the team."""
    team, other = await make.team("ACT"), await make.team("ICM", kind="icm")
    codes = {"worker": "W-01", "buddy": "W-02", "lead": "W-03"}
    ids = {name: await make.worker(code, team=team) for name, code in codes.items()}
    ids["on_call"] = await make.worker("W-04", discipline="coordinator")
    ids["stranger"] = await make.worker("W-05", team=other)
    people = {
        "worker": await make.account("worker", role="worker", team=team, worker=ids["worker"]),
        "buddy": await make.account("buddy", role="worker", team=team, worker=ids["buddy"]),
        "lead": await make.account("lead", role="team_lead", team=team, worker=ids["lead"]),
        "on_call": await make.account("on-call", role="coordinator", worker=ids["on_call"]),
        "housing": await make.account("housing", role="housing_officer"),
        "stranger": await make.account(
            "stranger", role="worker", team=other, worker=ids["stranger"]
        ),
    }
    named = {"on_call": ids["on_call"]} if on_call else {}
    await make.insert("safety_settings", team=team, updated_at=at, **(named | settings))
    place = await make.place()
    tenant = await make.tenant("T-001", team=team)
    await make.stay(tenant=tenant, place=place, kind=kind)
    visit = await published_alone(team, tenant, place, ids["worker"], at=at)
    return Alone(team=team, visit=visit, tenant=tenant, **people)


async def published_alone(
    team: int, tenant: int, place: int, worker: int, *, at: datetime, minutes: int = 45
) -> int:
    """A published visit by one worker; returns the visit."""
    day = at.date()
    week = day - timedelta(days=day.weekday())
    ends = at + timedelta(minutes=minutes)
    await execute(
        "insert into rosters (team, week, updated_at, revision) values ($1, $2, $3, 1)"
        " on conflict do nothing",
        team,
        week,
        at,
    )
    roster = await fetch_value("select id from rosters where team = $1 and week = $2", team, week)
    times = {"starts_at": at, "ends_at": ends}
    visit = await make.insert(
        "visits",
        uid=uuid4(),
        roster=roster,
        need=f"n{worker}.{at:%d%H%M}",
        tenant=tenant,
        kind="home_visit",
        priority="should",
        place=place,
        minutes=minutes,
        state="placed",
        updated_at=at,
        **times,
    )
    await make.insert("visit_workers", visit=visit, worker=worker, seat=0)
    async with unit_of_work():
        published = await make.insert(
            "published_visits", visit=visit, place=place, changed_at=at, **times
        )
        await make.insert(
            "published_stops",
            published_visit=published,
            worker=worker,
            changed_at=at,
            **times,
        )
    return visit
