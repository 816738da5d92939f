"""A week's facts as a planning problem: codes and integers only, no name, no address."""

from collections.abc import Iterable
from dataclasses import replace

from scheduling.problem import (
    Pin,
    Placement,
    Problem,
    Resource,
    Seat,
    Slot,
    Visit,
)
from scheduling.problem import Priority as Asked
from scheduling.shares import overload_thresholds
from scheduling.weeks import DAY_MINUTES, to_slot
from scheduling.windows import Interval, intersect
from service.rounds.capacity import lunch_of, reserve_on
from service.rounds.duty_week import duties_of
from service.rounds.meetings import calls_by_worker
from service.rounds.needs import Need
from service.rounds.problem_people import lost_minutes, tenant_of, worker_of
from service.rounds.problem_places import Areas
from service.rounds.rows import DraftVisit, PublishedVisitRow
from service.rounds.states import PublishedState
from service.rounds.week import WeekFacts, place_code
from service.teams.facts import WorkerWeek


def build_problem(facts: WeekFacts) -> Problem:
    """The problem of planning the week: what is asked, around what has begun or is pinned.

    Visits that have begun stand as they were drafted; visits called off are left out.
    """
    policy = facts.team.policy
    draft = {visit.need: visit for visit in facts.draft}
    begun = {visit.need: visit for visit in facts.draft if has_begun(visit, facts)}
    called_off = {visit.need for visit in facts.draft if visit.called_off}
    known = {tenant.code for tenant in facts.tenants}
    areas = Areas(facts)
    visits = [
        _visit(need, draft.get(need.key), areas, facts)
        for need in facts.needs
        if need.key not in begun and need.key not in called_off
    ]
    visits += [_begun_visit(row) for row in begun.values() if row.tenant_code in known]
    shares = {week.worker.code: week.share_minutes for week in facts.workers}
    demand = sum(visit.minutes * len(visit.seats) for visit in visits)
    overload = overload_thresholds(
        shares, demand=demand, tolerance_percent=policy.share_tolerance_percent, grid=policy.grid
    )
    calls = calls_by_worker(facts)
    lost = lost_minutes(facts)
    workers = [
        worker_of(
            week,
            facts,
            calls=calls.get(week.worker.code, ()),
            overload_after=overload,
            lost=lost,
        )
        for week in facts.workers
    ]
    problem = Problem(
        week=facts.monday,
        grid=policy.grid,
        kind=facts.team.kind.value,
        policy=policy.caseload.value,
        lunch=lunch_of(policy),
        now=_now(facts),
        places=areas.places(),
        workers=tuple(workers),
        tenants=tuple(tenant_of(tenant, facts) for tenant in facts.tenants),
        visits=tuple(visits),
        resources=tuple(Resource(code=r.code, count=r.count) for r in facts.duties.resources),
        duties=duties_of(
            facts.duties,
            facts.monday,
            workers={week.worker.code for week in facts.workers},
            grid=policy.grid,
        ),
        matrix=areas.matrix(),
        published=_published(facts.published, facts),
        reserve=_reserve(facts),
        weights=policy.weights,
    )
    return replace(problem, pins=_pins(problem, facts))


def has_begun(visit: DraftVisit, facts: WeekFacts) -> bool:
    """Whether a placed visit has begun, so that no plan moves it any more."""
    return visit.starts_at is not None and visit.starts_at < facts.now


def placement(visit: DraftVisit | PublishedVisitRow, facts: WeekFacts) -> Placement:
    """Where a placed visit stands, in the problem's terms."""
    assert visit.starts_at is not None, "a placed visit has a start"
    day, start = to_slot(facts.monday, visit.starts_at)
    return Placement(visit=visit.need, day=day, start=start, workers=visit.workers)


# -- visits ----------------------------------------------------------------------------------


def _visit(need: Need, drafted: DraftVisit | None, areas: Areas, facts: WeekFacts) -> Visit:
    def code(place: int | None) -> str | None:
        return None if place is None else areas.code(place, need.tenant, need.tenant_code)

    first = Seat(disciplines=tuple(discipline.value for discipline in need.disciplines))
    alone = need.one_may_go and drafted is not None and drafted.one_worker
    return Visit(
        code=need.key,
        tenant=need.tenant_code,
        minutes=need.minutes,
        kind=need.kind.value,
        priority=Asked(need.priority.value),
        overdue_days=need.overdue_days,
        seats=(first, *(Seat() for _ in range(0 if alone else need.workers_needed - 1))),
        place=code(need.place),
        pick_up=code(need.pick_up),
        end_place=code(need.end_place),
        windows=None if need.fixed else need.windows,
        fixed=Slot(*need.fixed) if need.fixed else None,
        gap_days=need.gap_days,
        exempt_from_spacing=need.exempt,
        exempt_from_limits=need.exempt,
        dogs=need.dogs,
        promised=bool(drafted and drafted.promised),
        resources=tuple(r.code for r in facts.duties.resources if r.code in need.resources),
    )


def _begun_visit(row: DraftVisit) -> Visit:
    """A visit that has begun, as it was drafted: history, which breaks no spacing any more."""
    return Visit(
        code=row.need,
        tenant=row.tenant_code,
        minutes=row.minutes,
        kind=row.kind.value,
        priority=Asked(row.priority.value),
        seats=tuple(Seat() for _ in range(row.workers_needed)),
        place=place_code(row.place),
        gap_days=0,
        promised=row.promised,
    )


def _pins(problem: Problem, facts: WeekFacts) -> tuple[Pin, ...]:
    """What people hold, and what has begun; a pin that no longer fits its visit is let go.

    A pin whose workers are no longer there then, or no longer as many as asked, keeps its time
    alone.
    """
    visits = {visit.code: visit for visit in problem.visits}
    weeks = {week.worker.code: week for week in facts.workers}
    pins = []
    for row in facts.draft:
        visit = visits.get(row.need)
        if visit is None or not row.placed or not (row.pinned or has_begun(row, facts)):
            continue
        held = placement(row, facts)
        if not 0 <= held.day < problem.days or held.start + visit.minutes > DAY_MINUTES:
            continue
        if visit.fixed is not None and visit.fixed != (held.day, held.start):
            continue
        time = Interval(held.start, held.start + visit.minutes)
        complete = len(set(held.workers)) == len(visit.seats) and all(
            code in weeks and (has_begun(row, facts) or not _is_away(weeks[code], held.day, time))
            for code in held.workers
        )
        pins.append(
            Pin(
                visit=row.need,
                day=held.day,
                start=held.start,
                workers=held.workers if complete else None,
            )
        )
    return tuple(pins)


def _is_away(week: WorkerWeek, day: int, time: Interval) -> bool:
    return bool(intersect(week.away[day], (time,)))


def _published(
    published: Iterable[PublishedVisitRow] | None, facts: WeekFacts
) -> tuple[Placement, ...] | None:
    if published is None:
        return None
    return tuple(
        placement(row, facts) for row in published if row.state is PublishedState.CONFIRMED
    )


# -- the team --------------------------------------------------------------------------------


def _now(facts: WeekFacts) -> int | None:
    """Minutes since Monday 0:00 at the moment of planning, None before the week."""
    day, minute = to_slot(facts.monday, facts.now)
    if day < 0:
        return None
    grid = facts.team.policy.grid
    return -(-(day * DAY_MINUTES + minute) // grid) * grid


def _reserve(facts: WeekFacts) -> tuple[int, ...]:
    """The team's reserve by day: that of a day that has begun is there to be used."""
    today = to_slot(facts.monday, facts.now)[0]
    return tuple(
        reserve_on(facts.team.policy, day, facts.workers) if day > today else 0 for day in range(7)
    )
