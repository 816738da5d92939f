"""Who else could take a visit of today, each at the time of today that costs least."""

from dataclasses import dataclass

from scheduling.weeks import monday_of, to_instant
from service import clock
from service.access.policy import Viewer, may_plan
from service.database.sql import fetch_one
from service.errors import Forbidden, NotFound
from service.morning.actions import ONLY_THE_LEAD
from service.morning.crew import crew_of
from service.morning.queries import meeting_team
from service.rounds.pricing import MoveAsked, PricedMove, Verdict, price_move

POSSIBLE = frozenset({Verdict.FREE, Verdict.COSTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """The tenant (code) of a visit, and its places of today with somebody else in them."""

    tenant: str
    places: tuple[PricedMove, ...]


async def others_today(viewer: Viewer, *, team: str, visit: int) -> Instead:
    """The places of today that a visit of today could have with somebody else, cheapest first.

    One for each colleague at work (and each seat of a pair) with whom no hard rule is broken.
    Raises `NotFound` for a visit that is not in the team's draft today, or has begun.
    """
    found = await meeting_team(viewer, team)
    if not may_plan(viewer, found.id):
        raise Forbidden(ONLY_THE_LEAD)
    today = clock.today()
    monday = monday_of(today)
    ends = to_instant(monday, day=today.weekday() + 1, minute=0)
    row = await fetch_one(_VISIT, visit, found.id, monday, clock.now(), ends)
    if row is None:
        raise NotFound
    places = []
    for colleague in await crew_of(found, today):
        if colleague.away or colleague.worker in row["workers"]:
            continue
        for gone in row["workers"]:
            asked = MoveAsked(day=today, gone=gone, comes=colleague.worker)
            price = await price_move(viewer, team=team, week=monday, visit=visit, asked=asked)
            if price.verdict in POSSIBLE:
                places.append(price)
    places.sort(key=lambda one: (one.cost, one.starts_at, one.workers))
    return Instead(tenant=row["tenant"], places=tuple(places))


_VISIT = """
select t.code as tenant, array(
        select w.code from visit_workers x join workers w on w.id = x.worker
        where x.visit = v.id order by x.seat
    ) as workers
from visits v join rosters r on r.id = v.roster join tenants t on t.id = v.tenant
where v.id = $1 and r.team = $2 and r.week = $3 and v.state = 'placed' and v.starts_at > $4
    and v.starts_at < $5
"""
