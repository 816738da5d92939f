"""Every rule that could be relaxed for one visit: what changes in the question, and for the judge.

For the search a rule is relaxed widely, for the judge as little as the place that was found asks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from scheduling.asking import Asked, Asker
from scheduling.desk import Desk
from scheduling.engine import layout as at
from scheduling.engine.compiled import Ranges
from scheduling.engine.starts import start_ranges
from scheduling.problem import Pin, Placement, Problem, Seat, Tenant, Visit, Windows
from scheduling.relaxing_hours import longer_lanes, wider_lunch
from scheduling.sliding import Slider
from scheduling.windows import Interval, union


class Relaxed(StrEnum):
    """The rule that a lever relaxes; `nothing`: there is room, at a price."""

    NOTHING = "nothing"
    WINDOW = "window"
    DAY = "day"
    APPOINTMENT = "appointment"
    PIN = "pin"
    SPACING = "spacing"
    LIMIT = "limit"
    HOURS = "hours"
    OVERTIME = "overtime"
    LUNCH = "lunch"
    ROLE = "role"
    SKILL = "skill"
    GENDER = "gender"
    FEWER = "fewer"
    DISTINCT = "distinct"
    RESERVE = "reserve"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rule relaxed: the visit's question, and the week by which a place found is judged.

    `slider`: where rounds are longer or lunch is later, who slides the others.
    """

    relaxed: Relaxed
    asked: Asked
    judge: Callable[[Placement], Problem]
    slider: Callable[[], Slider] | None = None


def attempts(desk: Desk, asker: Asker, code: str) -> Iterator[Attempt]:
    """Every lever that there is a rule for; each to be tried alone."""
    about = asker.about(code)
    yield Attempt(Relaxed.NOTHING, about, lambda _: desk.week)
    yield from chain(
        _when(desk.week, about),
        _pin(desk.week, asker, about),
        _spacing(desk, asker, about),
        _limits(desk.week, about),
        _shared(desk, about),
        _hours(desk, about),
        _seats(desk.week, asker, about),
        _people(desk.week, asker, about),
    )


def _when(week: Problem, about: Asked) -> Iterator[Attempt]:
    """Another hour of the same days, other days, another time for an appointment."""
    visit, tenant = about.visit, about.tenant
    if visit.fixed is not None:
        later = replace(visit, fixed=None, fixed_day=visit.fixed.day)
        spans = _spans(week, later, tenant, about.pin)
        asked = replace(about, spans=spans)
        yield Attempt(Relaxed.APPOINTMENT, asked, lambda _: _with_visits(week, [later]))
        return
    whole = replace(tenant, windows=((Interval(0, week.day_end),),) * week.days)
    spans = _spans(week, _any_time(week, visit, tenant), whole, about.pin)
    asked = replace(about, spans=spans)
    yield Attempt(Relaxed.WINDOW, asked, lambda place: _pinned(week, place))
    freed = replace(visit, fixed_day=None, windows=visit.windows and _every_day(visit.windows))
    home = replace(tenant, windows=_every_day(tenant.windows))
    if freed != visit or home != tenant:
        asked = replace(about, spans=_spans(week, freed, home, about.pin))
        judge = _with_tenant(_with_visits(week, [freed]), home)
        yield Attempt(Relaxed.DAY, asked, lambda _: judge)


def _pin(week: Problem, asker: Asker, about: Asked) -> Iterator[Attempt]:
    if about.pin is None:
        return
    visit = about.visit
    free = replace(about, pin=None, spans=_spans(week, visit, about.tenant, None))
    asked = _seated(asker, free, visit.seats)
    pins = tuple(pin for pin in week.pins if pin.visit != visit.code)
    yield Attempt(Relaxed.PIN, asked, lambda _: replace(week, pins=pins))


def _spacing(desk: Desk, asker: Asker, about: Asked) -> Iterator[Attempt]:
    """Closer to the tenant's other visits, but not on one day with them; else even that."""
    week, visit = desk.week, about.visit
    if week.weights.spacing is not None or visit.exempt_from_spacing:
        return
    mine = [v for v in week.visits if v.tenant == visit.tenant and not v.exempt_from_spacing]
    if any(v.gap_days > 1 for v in mine):
        closer = [replace(v, gap_days=min(1, v.gap_days)) for v in mine]
        gap = desk.c.tables[at.VISIT_GAP]
        cells = {gap + asker.index[v.code]: v.gap_days for v in closer}
        asked = replace(about, cells=cells, contact=False)
        yield Attempt(Relaxed.SPACING, asked, lambda _: _with_visits(week, closer))
    elif len(mine) > 1:
        asked = replace(about, cells={at.SPACING_PRICE: 0}, contact=False)
        exempt = replace(visit, exempt_from_spacing=True)
        yield Attempt(Relaxed.SPACING, asked, lambda _: _with_visits(week, [exempt]))


def _limits(week: Problem, about: Asked) -> Iterator[Attempt]:
    """One more that day, minutes of the week, different workers, the reserve."""
    weights, visit, tenant = week.weights, about.visit, about.tenant
    if weights.limit is None and not visit.exempt_from_limits:
        asked = replace(about, cells={at.LIMIT_PRICE: 0})
        exempt = replace(visit, exempt_from_limits=True)
        yield Attempt(Relaxed.LIMIT, asked, lambda _: _with_visits(week, [exempt]))
    if weights.visiting is None:
        asked = replace(about, cells={at.VISITING_PRICE: 0})
        yield Attempt(Relaxed.HOURS, asked, lambda place: _without_hours(week, place))
    if weights.distinct is None and tenant.max_distinct is not None:
        asked = replace(about, cells={at.DISTINCT_PRICE: 0})
        uncapped = replace(tenant, max_distinct=None)
        yield Attempt(Relaxed.DISTINCT, asked, lambda _: _with_tenant(week, uncapped))
    if weights.reserve is None and any(week.reserve):
        asked = replace(about, cells={at.RESERVE_PRICE: 0})
        yield Attempt(Relaxed.RESERVE, asked, lambda place: _without_reserve(week, place.day))


def _shared(desk: Desk, about: Asked) -> Iterator[Attempt]:
    """One more of each thing that the visit needs."""
    week, needed = desk.week, about.visit.resources
    if not needed:
        return
    count = desk.c.tables[at.SHARED_COUNT]  # resources by code come first among what is shared
    codes = sorted(resource.code for resource in week.resources)
    cells = {count + i: desk.c.shared[i] + 1 for i, code in enumerate(codes) if code in needed}
    more = tuple(
        replace(one, count=one.count + 1) if one.code in needed else one for one in week.resources
    )
    asked = replace(about, cells=cells)
    yield Attempt(Relaxed.RESOURCE, asked, lambda _: replace(week, resources=more))


def _hours(desk: Desk, about: Asked) -> Iterator[Attempt]:
    """Overtime, and lunch earlier or later."""
    longer = longer_lanes(desk)
    asked = replace(about, cells=longer.cells)
    yield Attempt(Relaxed.OVERTIME, asked, longer.judge, longer.slider)
    if desk.week.lunch is not None:
        wider = wider_lunch(desk, desk.week.lunch)
        asked = replace(about, cells=wider.cells)
        yield Attempt(Relaxed.LUNCH, asked, wider.judge, wider.slider)


def _seats(week: Problem, asker: Asker, about: Asked) -> Iterator[Attempt]:
    """Another discipline, another skill, one worker in place of several."""
    visit = about.visit
    if any(seat.disciplines for seat in visit.seats):
        anybody = replace(visit, seats=tuple(replace(s, disciplines=()) for s in visit.seats))
        asked = _seated(asker, about, anybody.seats)
        yield Attempt(Relaxed.ROLE, asked, lambda _: _with_visits(week, [anybody]))
    if any(seat.skills for seat in visit.seats):
        plain = replace(visit, seats=tuple(replace(s, skills=()) for s in visit.seats))
        asked = _seated(asker, about, plain.seats)
        yield Attempt(Relaxed.SKILL, asked, lambda _: _with_visits(week, [plain]))
    if len(visit.seats) > 1 and (about.pin is None or about.pin.workers is None):
        one = replace(visit, seats=visit.seats[:1], learners=0)
        asked = replace(_seated(asker, about, one.seats), alone=True)
        yield Attempt(Relaxed.FEWER, asked, lambda _: _with_visits(week, [one]))


def _people(week: Problem, asker: Asker, about: Asked) -> Iterator[Attempt]:
    """A wish that is asked as a rule becomes a wish."""
    if about.tenant.gender is not None and about.tenant.gender_hard:
        asked = replace(about, gender=asker.everyone)
        softer = replace(about.tenant, gender_hard=False)
        yield Attempt(Relaxed.GENDER, asked, lambda _: _with_tenant(week, softer))


def _seated(asker: Asker, about: Asked, seats: Sequence[Seat]) -> Asked:
    """The question with these seats, of the workers pinned if any are."""
    named = about.pin.workers if about.pin else None
    masks = tuple(
        asker.mask(
            worker.code
            for worker in asker.c.problem.workers
            if (not seat.disciplines or worker.discipline in seat.disciplines)
            and set(seat.skills) <= set(worker.skills)
            and (named is None or worker.code in named)
        )
        for seat in seats
    )
    roles = 0
    for mask in masks:
        roles |= mask
    return replace(about, seats=masks, roles=roles)


def _spans(week: Problem, visit: Visit, tenant: Tenant, pin: Pin | None) -> tuple[Ranges, ...]:
    """Allowed starts by seat and day."""
    seats = range(len(visit.seats))
    return tuple(day for i in seats for day in start_ranges(week, visit, tenant, pin, i))


def _any_time(week: Problem, visit: Visit, tenant: Tenant) -> Visit:
    """The visit at any time of the days on which it may be now."""
    mine = visit.windows or tenant.windows
    open_days = (bool(mine[d] and tenant.windows[d]) for d in range(week.days))
    whole = (Interval(0, week.day_end),)
    return replace(visit, windows=tuple(whole if is_open else () for is_open in open_days))


def _every_day(windows: Windows) -> Windows:
    """The hours of the days that have any, on the days that have none too."""
    hours = union(tuple(one for day in windows for one in day))
    return tuple(day or hours for day in windows)


def _with_visits(week: Problem, changed: Iterable[Visit]) -> Problem:
    """The week with these visits in place of those with their codes."""
    by_code = {visit.code: visit for visit in changed}
    return replace(week, visits=tuple(by_code.get(v.code, v) for v in week.visits))


def _with_tenant(week: Problem, tenant: Tenant) -> Problem:
    people = tuple(tenant if one.code == tenant.code else one for one in week.tenants)
    return replace(week, tenants=people)


def _pinned(week: Problem, place: Placement) -> Problem:
    """A visit that a person pins to a day and a start is asked for no window."""
    before = {pin.visit: pin for pin in week.pins}.get(place.visit, Pin(visit=place.visit))
    pin = replace(before, day=place.day, start=place.start)
    return replace(week, pins=(*(p for p in week.pins if p.visit != place.visit), pin))


def _without_hours(week: Problem, place: Placement) -> Problem:
    team = tuple(
        replace(worker, visiting_limit=None) if worker.code in place.workers else worker
        for worker in week.workers
    )
    return replace(week, workers=team)


def _without_reserve(week: Problem, day: int) -> Problem:
    return replace(week, reserve=(*week.reserve[:day], 0, *week.reserve[day + 1 :]))
