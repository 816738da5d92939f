"""Everything a team's week is planned from, read from the database at one instant."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from scheduling.problem import Matrix, Mode, Place
from scheduling.weeks import BRUSSELS, to_instant
from service.encounters.queries import (
    ContactRow,
    Contacts,
    contacts_before,
    contacts_of,
    missed_visits,
)
from service.morning.wishes import DayWish, wishes_in_week
from service.people.facts import Exclusions, TenantFacts
from service.people.queries import PlaceFacts, caseload_in_week, exclusions_in_week, places_by_id
from service.places.travel import travel_matrix
from service.rounds import rows
from service.rounds.duty_week import DutyWeek, read_duties
from service.rounds.errors import NothingToPlan
from service.rounds.fairness import carried_minutes
from service.rounds.needs import History, Need, WeekFrame, week_needs
from service.rounds.needs.added import added_needs
from service.rounds.needs.wished import with_wishes
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.queries import teams_of_shared, workers_in_week


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """A week as it stands at `now`.

    `carried`: minutes by worker's code that earlier weeks left, positive for who did more than a
    fair share. `published` is None while nothing was published. `ways` knows every place.
    `memberships`: the visiting teams of workers who are in several. `needs` follow from what is
    `asked`, from the meetings' `wishes` and from the draft.
    """

    team: TeamFacts
    base: int
    monday: date
    now: datetime
    workers: tuple[WorkerWeek, ...]
    tenants: tuple[TenantFacts, ...]
    histories: Mapping[int, History]
    exclusions: Exclusions
    places: Mapping[int, PlaceFacts]
    ways: "Ways"
    needs: tuple[Need, ...]
    nowhere: tuple[str, ...]
    draft: tuple[rows.DraftVisit, ...]
    published: tuple[rows.PublishedVisitRow, ...] | None
    elsewhere: Mapping[str, tuple[rows.Elsewhere, ...]]
    carried: Mapping[str, int]
    memberships: Mapping[str, tuple[TeamFacts, ...]]
    frame: WeekFrame
    asked: tuple[Need, ...]
    wishes: tuple[DayWish, ...]
    duties: DutyWeek = field(default_factory=DutyWeek)

    def teams_of(self, worker: str) -> tuple[TeamFacts, ...]:
        """The teams of a worker (code) that visit, the one they belong to longest first."""
        return self.memberships.get(worker, (self.team,))

    def home_base(self, worker: str) -> int:
        """Where a worker's day begins and ends: the base of their oldest team, for all teams."""
        return self.teams_of(worker)[0].base or self.base

    def minutes_between(self, start: int, end: int, mode: Mode) -> int:
        """Minutes of the way between two of the week's places (ids)."""
        return self.ways.between(start, end, mode)


@dataclass(frozen=True, slots=True)
class Ways:
    """Travel minutes between places by their ids."""

    matrix: Matrix
    index: Mapping[str, int]
    tables: Mapping[Mode, tuple[tuple[int, ...], ...]]

    def between(self, start: int, end: int, mode: Mode = Mode.TRANSIT) -> int:
        """Minutes of the way; with a tenant one takes public transport."""
        return self.tables[mode][self.index[place_code(start)]][self.index[place_code(end)]]


async def read_week(team: TeamFacts, monday: date, *, now: datetime) -> WeekFacts:
    """Read a week in a fixed number of queries; raises `NothingToPlan`."""
    if team.base is None or not team.active:
        raise NothingToPlan(
            f"Team {team.code} cannot be planned.", advice="It needs a base and must be active."
        )
    workers = await workers_in_week(team, monday)
    tenants = await caseload_in_week(team.id, monday)
    histories = await read_histories(tenants, monday, now=now)
    roster = await rows.roster_of(team.id, monday)
    draft = await rows.draft_visits(roster.id) if roster else ()
    published = await rows.published_visits(roster.id) if roster and roster.revision else None
    codes = [week.worker.code for week in workers]
    elsewhere = await rows.taken_elsewhere(codes, week=monday, team=team.id)
    memberships = await teams_of_shared(team, monday)
    bases = {one.base for teams in memberships.values() for one in teams if one.base}
    duties = await read_duties(team, monday, codes)
    halls = {slot.place for slot in duties.slots if slot.place is not None}
    places = await places_by_id(bases | halls | _place_ids(team.base, tenants, draft, elsewhere))
    ways = await week_ways(places.values(), workers, grid=team.policy.grid)
    frame = WeekFrame(
        monday=monday,
        on=now.astimezone(BRUSSELS).date(),
        policy=team.policy,
        open_days=frozenset(i for i in range(7) if any(week.at_work[i] for week in workers)),
        base=team.base,
        ride=ways.between,
    )
    asked = week_needs(tenants, histories, frame)
    facts = WeekFacts(
        team=team,
        base=team.base,
        monday=monday,
        now=now,
        workers=workers,
        tenants=tenants,
        histories=histories,
        exclusions=await exclusions_in_week(monday),
        places=places,
        ways=ways,
        needs=(),
        nowhere=asked.nowhere,
        draft=draft,
        published=published,
        elsewhere=elsewhere,
        carried=await carried_minutes(team, monday),
        memberships=memberships,
        frame=frame,
        asked=asked.needs,
        wishes=await wishes_in_week(team.id, monday),
        duties=duties,
    )
    return redrafted(facts, draft)


def redrafted(facts: WeekFacts, draft: tuple[rows.DraftVisit, ...]) -> WeekFacts:
    """The week with another draft of visits to places that it knows; all else as it was read."""
    added = added_needs(draft, facts.tenants, facts.histories, facts.frame)
    needs = with_wishes(
        (*facts.asked, *added),
        facts.wishes,
        tenants=facts.tenants,
        histories=facts.histories,
        draft=draft,
        frame=facts.frame,
        now=facts.now,
    )
    return replace(facts, draft=draft, needs=needs)


def place_code(place: int) -> str:
    """The code that stands for a place in a problem."""
    return f"P{place}"


async def week_ways(
    places: Iterable[PlaceFacts], workers: Sequence[WorkerWeek], *, grid: int
) -> Ways:
    """The ways between the places for every mode in use, and by public transport with tenants.

    The streets are searched in a thread, once per set of places: it takes up to a second.
    """
    modes = {Mode(week.worker.travel_mode.value) for week in workers} | {Mode.TRANSIT}
    points = tuple(
        (place_code(p.id), round(p.lat * 1e6), round(p.lon * 1e6))
        for p in sorted(places, key=lambda p: p.id)
    )
    matrix = await asyncio.to_thread(_matrix, points, tuple(sorted(modes)), grid)
    return Ways(
        matrix=matrix,
        index={code: i for i, code in enumerate(matrix.places)},
        tables={table.mode: table.minutes for table in matrix.tables},
    )


@lru_cache(maxsize=16)
def _matrix(points: tuple[tuple[str, int, int], ...], modes: tuple[Mode, ...], grid: int) -> Matrix:
    places = [Place(code=code, lat=lat, lon=lon) for code, lat, lon in points]
    return travel_matrix(places, modes=modes, grid=grid)


def _place_ids(
    base: int,
    tenants: Iterable[TenantFacts],
    draft: Iterable[rows.DraftVisit],
    elsewhere: Mapping[str, Iterable[rows.Elsewhere]],
) -> set[int]:
    found: set[int | None] = {base}
    for tenant in tenants:
        found |= {stay.place for stay in tenant.stays}
        for appointment in tenant.appointments:
            found |= {appointment.place, appointment.pick_up, appointment.end_place}
    found |= {visit.place for visit in draft}
    found |= {time.place for times in elsewhere.values() for time in times}
    return {place for place in found if place is not None}


async def read_histories(
    tenants: Sequence[TenantFacts], monday: date, *, now: datetime
) -> dict[int, History]:
    """What went before the week, by tenant's id, in two queries."""
    ids = [tenant.id for tenant in tenants]
    past = await contacts_before(ids, before=now)
    starts = to_instant(monday, day=0, minute=0)
    ahead: dict[int, list[ContactRow]] = {}
    if now < starts:
        for visit in await rows.published_ahead(ids, first=now, last=starts):
            ahead.setdefault(visit.tenant, []).append(
                ContactRow(
                    day=visit.starts_at.astimezone(BRUSSELS).date(),
                    home=False,
                    workers=visit.workers,
                    series=visit.series,
                )
            )
    missed = await missed_visits(ids, monday=monday, before=now)
    return {
        tenant: History(
            past=past.get(tenant, Contacts()),
            ahead=contacts_of(ahead.get(tenant, ())),
            missed=missed.get(tenant, ()),
        )
        for tenant in ids
    }
