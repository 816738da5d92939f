"""What happened since a plan was published, as events; and the problem that they leave behind.

`after_events` takes the week as it was planned, its plan and the moment, and gives the week to be
mended: what has begun is pinned where it was, the plan is what is published, and each event has
changed what it changes. Nothing is searched here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TypeVar

from scheduling.errors import SchedulingError
from scheduling.plan import Plan
from scheduling.problem import (
    Busy,
    Code,
    Duty,
    Pin,
    Placement,
    Problem,
    Visit,
    Windows,
    Worker,
    lanes,
    lunch_due,
    minutes_of,
)
from scheduling.travel import ProblemTravel
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, subtract, union


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A worker is away from a minute of a day on, to the end of the week or of `until_day`.

    What is under way with them is finished first.
    """

    worker: Code
    day: int
    minute: int = 0
    until_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A worker is `minutes` behind on a day: no next visit begins before that much later."""

    worker: Code
    day: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A visit that nobody asked before; its tenant is of the problem."""

    visit: Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A visit is not asked any more."""

    visit: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A tenant cannot be met (in hospital, say) from `first_day` to `last_day`, both included.

    Visits that can be on those days alone are not asked any more.
    """

    tenant: Code
    first_day: int
    last_day: int


Event = Absent | Late | Asked | Cancelled | Away
T = TypeVar("T")


class UnknownInEvent(SchedulingError):
    """An event names a visit, worker or tenant that the week does not have, or a bad moment."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A week after its events: the problem to mend, and what is not asked any more or is new."""

    problem: Problem
    called_off: tuple[Code, ...]
    new: tuple[Code, ...]


def after_events(
    problem: Problem, plan: Plan, events: Iterable[Event], *, now: int | None
) -> Broken:
    """The week to be mended. `now`: day * 1440 + minute, None: before the week.

    Pins of visits that can no longer be kept so let go of what cannot be. UnknownInEvent for an
    event that names what is not there.
    """
    grid = problem.grid
    moment = None if now is None else -(-now // grid) * grid
    given = {one.duty: one.worker for one in plan.duties}
    week = replace(
        problem,
        now=moment,
        published=plan.placements,
        duties=tuple(replace(d, worker=given.get(d.code, d.worker)) for d in problem.duties),
    )
    week = replace(week, pins=_pins(week), reserve=_unspent(week))
    before = {visit.code for visit in problem.visits}
    for event in events:
        if not _is_done(event, before, week):
            week = _apply(event, week)
    after = {visit.code for visit in week.visits}
    week = replace(
        week,
        pins=tuple(pin for pin in week.pins if pin.visit in after),
        published=tuple(p for p in week.published or () if p.visit in after),
    )
    return Broken(week, tuple(sorted(before - after)), tuple(sorted(after - before)))


def _unspent(week: Problem) -> tuple[int, ...]:
    """The reserve of the days to come: that of a day that has begun is there to be used."""
    if week.now is None:
        return week.reserve
    return tuple(
        minutes if day * DAY_MINUTES > week.now else 0 for day, minutes in enumerate(week.reserve)
    )


def _is_done(event: Event, before: set[Code], week: Problem) -> bool:
    """Whether an earlier event has already taken out the visit that this one calls off."""
    if not isinstance(event, Cancelled) or event.visit not in before:
        return False
    return all(visit.code != event.visit for visit in week.visits)


def has_begun(place: Placement, now: int | None) -> bool:
    """Whether a visit has begun at a moment."""
    return now is not None and place.day * DAY_MINUTES + place.start < now


def _pins(week: Problem) -> tuple[Pin, ...]:
    """The week's pins, and one for all that has begun, as it was published."""
    begun = {p.visit: p for p in week.published or () if has_begun(p, week.now)}
    kept = [pin for pin in week.pins if pin.visit not in begun]
    kept += [
        Pin(visit=p.visit, day=p.day, start=p.start, workers=p.workers)
        for p in begun.values()
        if len(set(p.workers)) == len(p.workers)
    ]
    return tuple(kept)


@singledispatch
def _apply(event: object, week: Problem) -> Problem:
    raise UnknownInEvent(f"week {week.week}: {type(event).__name__} is none of scheduling.events")


@_apply.register
def _absent(event: Absent, week: Problem) -> Problem:
    worker = _named(event.worker, {w.code: w for w in week.workers}, "worker")
    _day(event.day, week)
    last = week.days - 1 if event.until_day is None else event.until_day
    _day(last, week)
    away = list(worker.absences or ((),) * week.days)
    for day in range(event.day, last + 1):
        start = event.minute // week.grid * week.grid if day == event.day else 0
        start = max(start, _home_at(week, worker, day, start))
        if start < week.day_end:
            away[day] = union((*away[day], Interval(start, week.day_end)))
    gone = replace(worker, absences=tuple(away))
    days = range(event.day, last + 1)
    duties = tuple(
        replace(duty, worker=None)
        if duty.worker == event.worker and duty.day in days and not _past(week, duty)
        else duty
        for duty in week.duties
    )
    pins = tuple(_without(pin, event.worker, week, days) for pin in week.pins)
    workers = tuple(gone if w.code == gone.code else w for w in week.workers)
    return replace(week, workers=workers, pins=pins, duties=duties)


@_apply.register
def _late(event: Late, week: Problem) -> Problem:
    worker = _named(event.worker, {w.code: w for w in week.workers}, "worker")
    _day(event.day, week)
    if event.minutes <= 0:
        raise UnknownInEvent(f"{event.minutes} minutes late; give a positive number of minutes")
    minutes = -(-event.minutes // week.grid) * week.grid
    base = event.day * DAY_MINUTES
    from_ = max(0, (week.now or 0) - base)
    place, start = _last_stop(week, event.worker, event.day, from_)
    for lane in lanes(worker, event.day):
        if lane.end <= start:
            continue
        if lane.start >= start:
            away = list(worker.absences or ((),) * week.days)
            away[event.day] = union((*away[event.day], Interval(lane.start, lane.start + minutes)))
            changed = replace(worker, absences=tuple(away))
        else:
            taken = [Interval(b.start, b.end) for b in worker.busy if b.day == event.day]
            free = subtract((Interval(start, min(start + minutes, week.day_end)),), taken)
            more = tuple(Busy(day=event.day, start=a, end=b, place=place) for a, b in free)
            changed = replace(worker, busy=(*worker.busy, *more))
        workers = tuple(changed if w.code == worker.code else w for w in week.workers)
        return replace(week, workers=workers)
    return week


@_apply.register
def _asked(event: Asked, week: Problem) -> Problem:
    if event.visit.code in {visit.code for visit in week.visits}:
        raise UnknownInEvent(f"visit {event.visit.code} is asked already; give it another code")
    _named(event.visit.tenant, {t.code: t for t in week.tenants}, "tenant")
    return replace(week, visits=(*week.visits, event.visit))


@_apply.register
def _cancelled(event: Cancelled, week: Problem) -> Problem:
    _named(event.visit, {v.code: v for v in week.visits}, "visit")
    return _without_visits(week, lambda visit: visit.code == event.visit)


@_apply.register
def _away(event: Away, week: Problem) -> Problem:
    tenant = _named(event.tenant, {t.code: t for t in week.tenants}, "tenant")
    for day in (event.first_day, event.last_day):
        _day(day, week)
    days = range(event.first_day, event.last_day + 1)
    windows: Windows = tuple(() if d in days else w for d, w in enumerate(tenant.windows))
    tenants = tuple(replace(t, windows=windows) if t is tenant else t for t in week.tenants)
    begun = {p.visit for p in week.published or () if has_begun(p, week.now)}

    def only_then(visit: Visit) -> bool:
        if visit.tenant != tenant.code or visit.code in begun:
            return False
        day = visit.fixed.day if visit.fixed else visit.fixed_day
        return day in days

    pins = tuple(pin for pin in week.pins if pin.visit in begun or not _then(pin, week, event))
    return _without_visits(replace(week, tenants=tenants, pins=pins), only_then)


def _then(pin: Pin, week: Problem, event: Away) -> bool:
    """Whether a pin holds a visit of the tenant on a day that they are away."""
    visit = next((v for v in week.visits if v.code == pin.visit), None)
    mine = visit is not None and visit.tenant == event.tenant
    return mine and pin.day is not None and event.first_day <= pin.day <= event.last_day


def _without(pin: Pin, worker: Code, week: Problem, days: range) -> Pin:
    """A pin that does not ask for a worker who is away then; what has begun stays."""
    begun = {p.visit for p in week.published or () if has_begun(p, week.now)}
    if pin.workers is None or worker not in pin.workers or pin.visit in begun:
        return pin
    return replace(pin, workers=None) if pin.day is None or pin.day in days else pin


def _without_visits(week: Problem, gone: Callable[[Visit], bool]) -> Problem:
    return replace(week, visits=tuple(visit for visit in week.visits if not gone(visit)))


def _been(week: Problem, worker: Code, day: int) -> list[tuple[int, Code]]:
    """Ends of a worker's visits of a day that have begun, and where they end, by end."""
    visits = {visit.code: visit for visit in week.visits}
    homes = {tenant.code: tenant.place for tenant in week.tenants}
    found = []
    for place in week.published or ():
        visit = visits.get(place.visit)
        if visit is None or place.day != day or worker not in place.workers:
            continue
        if has_begun(place, week.now):
            seat = place.workers.index(worker)
            start = place.start + (place.offsets[seat] if place.offsets else 0)
            where = visit.end_place or visit.place or homes[visit.tenant]
            found.append((start + minutes_of(visit, seat), where))
    return sorted(found)


def _home_at(week: Problem, worker: Worker, day: int, minute: int) -> int:
    """When a worker who leaves at a minute is home: after what is under way, the way, and lunch.

    Lunch only where the shortened day would still ask for it.
    """
    been = _been(week, worker.code, day)
    if not been:
        return minute
    end, place = been[-1]
    back = ProblemTravel(week).minutes(place, worker.base, worker.mode)
    home, lunch = max(minute, end + back), week.lunch
    for lane in lanes(worker, day):
        if lane.start <= end <= lane.end and lunch and lunch_due(lunch, Interval(lane.start, home)):
            home = max(home, end + back + lunch.minutes, max(end, lunch.start) + lunch.minutes)
    return -(-home // week.grid) * week.grid


def _last_stop(week: Problem, worker: Code, day: int, minute: int) -> tuple[Code | None, int]:
    """Where a worker is from a minute on, None for the base, and from when."""
    been = _been(week, worker, day)
    if not been:
        return None, minute
    end, place = been[-1]
    return place, max(minute, end)


def _past(week: Problem, duty: Duty) -> bool:
    return week.now is not None and duty.day * DAY_MINUTES + duty.start < week.now


def _named(code: Code, known: Mapping[Code, T], what: str) -> T:
    if code not in known:
        raise UnknownInEvent(f"{what} {code} is not in this week; give a code of the problem")
    return known[code]


def _day(day: int, week: Problem) -> None:
    if not 0 <= day < week.days:
        raise UnknownInEvent(f"day {day} is outside 0 to {week.days - 1}")
