"""Staffs duty slots before any visit is planned: one worker each, rested, fairly shared.

As many duties as can be staffed; of those ways one that keeps most of who had them already; of
those one in which most are done by who is at work then; of those a fair one
(`scheduling.duty_model`). Working hours are never changed: a duty lies wholly inside a worker's
working time, beside meetings, or wholly outside of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.duty_model import assign
from scheduling.on_duty import moments, work_of
from scheduling.problem import Duty, Problem, Staffed, Worker, lanes
from scheduling.rest import Piece, too_long, working_days
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, overlaps


class DutyReason(StrEnum):
    """Filters of who can have a duty, in the order they are applied; the last is about others."""

    PAST = "past"
    ROLE = "role"
    EXCLUSION = "exclusion"
    ABSENCE = "absence"
    WORK = "work"
    REST = "rest"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFilter:
    """After this filter so many workers were `left` for the duty.

    `past` none: it has begun; `role` discipline and skills; `exclusion` may go to its place;
    `absence` not away; `work` not at work elsewhere: outside the working hours or wholly inside
    them, and not in a meeting; `rest` eleven hours before and after; `taken`: all those left are
    needed for other duties, at the same time or too close.
    """

    code: DutyReason
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstaffed:
    """A duty that nobody has, with the filters up to the first that leaves nobody."""

    duty: str
    reasons: tuple[DutyFilter, ...]


def staffed(problem: Problem) -> Problem:
    """The problem with every duty given to somebody who can take it, where there is anybody.

    The problem must be valid. The same problem gives the same answer, whatever the order of its
    parts. What has begun stays with whoever has it.
    """
    duties = sorted(problem.duties, key=lambda duty: duty.code)
    open_ = [duty for duty in duties if not _begun(duty, problem)]
    if not open_:
        return problem
    workers = sorted(problem.workers, key=lambda worker: worker.code)
    chosen = assign(
        open_,
        {duty.code: [w for w in workers if not _refusal(duty, w, problem)] for duty in open_},
        work={worker.code: _known_work(worker, problem) for worker in workers},
        hours={worker.code: _hours(worker, problem) for worker in workers},
    )
    return replace(
        problem,
        duties=tuple(
            duty if _begun(duty, problem) else replace(duty, worker=chosen.get(duty.code))
            for duty in problem.duties
        ),
    )


def unstaffed(problem: Problem, given: Sequence[Staffed]) -> tuple[Unstaffed, ...]:
    """Every duty of the problem that nobody has in `given`, by code, and why."""
    taken = {one.duty for one in given}
    return tuple(
        Unstaffed(duty=duty.code, reasons=_chain(duty, problem))
        for duty in sorted(problem.duties, key=lambda duty: duty.code)
        if duty.code not in taken
    )


def _chain(duty: Duty, problem: Problem) -> tuple[DutyFilter, ...]:
    if _begun(duty, problem):
        return (DutyFilter(code=DutyReason.PAST, left=0),)
    found, left = [], list(problem.workers)
    for code, passes in _FILTERS.items():
        left = [worker for worker in left if passes(duty, worker, problem)]
        found.append(DutyFilter(code=code, left=len(left)))
        if not left:
            return tuple(found)
    return (*found, DutyFilter(code=DutyReason.TAKEN, left=len(left)))


def _refusal(duty: Duty, worker: Worker, problem: Problem) -> DutyReason | None:
    """The first filter that a worker does not pass."""
    return next((c for c, passes in _FILTERS.items() if not passes(duty, worker, problem)), None)


def _begun(duty: Duty, problem: Problem) -> bool:
    return problem.now is not None and moments(duty).start < problem.now


def _has_role(duty: Duty, worker: Worker, _: Problem) -> bool:
    fits = not duty.disciplines or worker.discipline in duty.disciplines
    return fits and set(duty.skills) <= set(worker.skills)


def _may_go(duty: Duty, worker: Worker, problem: Problem) -> bool:
    return not any(
        place.code == duty.place and worker.code in place.excluded for place in problem.places
    )


def _is_there(duty: Duty, worker: Worker, _: Problem) -> bool:
    away = worker.absences or ()
    return not any(
        overlaps(_absolute(day, interval), moments(duty))
        for day in range(len(away))
        for interval in away[day]
    )


def _is_free(duty: Duty, worker: Worker, problem: Problem) -> bool:
    when = moments(duty)
    elsewhere = [_absolute(busy.day, Interval(busy.start, busy.end)) for busy in worker.outside]
    elsewhere += [
        moments(other)
        for other in problem.duties
        if other.worker == worker.code and other.code != duty.code and _begun(other, problem)
    ]
    if not duty.visits:
        elsewhere += [_absolute(busy.day, Interval(busy.start, busy.end)) for busy in worker.busy]
        for day in range(problem.days):
            for lane in lanes(worker, day):
                hours = _absolute(day, lane)
                if not (hours.start <= when.start and when.end <= hours.end):
                    elsewhere.append(hours)
    return not any(overlaps(time, when) for time in elsewhere)


def _has_rested(duty: Duty, worker: Worker, problem: Problem) -> bool:
    pieces = [*_known_work(worker, problem), Piece(*moments(duty), duty.code)]
    return not any(too_long(day) for day in working_days(pieces) if _holds(day, duty))


def _holds(day: Sequence[Piece], duty: Duty) -> bool:
    return any(piece.duty == duty.code for piece in day)


def _known_work(worker: Worker, problem: Problem) -> list[Piece]:
    """Work that no choice changes: hours, work outside, and duties that have begun."""
    begun = [
        Piece(*moments(duty), duty.code)
        for duty in problem.duties
        if duty.worker == worker.code and _begun(duty, problem)
    ]
    return [*work_of(worker, problem), *begun]


def _hours(worker: Worker, problem: Problem) -> int:
    return sum(lane.end - lane.start for day in range(problem.days) for lane in lanes(worker, day))


def _absolute(day: int, interval: Interval) -> Interval:
    return Interval(day * DAY_MINUTES + interval.start, day * DAY_MINUTES + interval.end)


_FILTERS: Mapping[DutyReason, Callable[[Duty, Worker, Problem], bool]] = {
    DutyReason.ROLE: _has_role,
    DutyReason.EXCLUSION: _may_go,
    DutyReason.ABSENCE: _is_there,
    DutyReason.WORK: _is_free,
    DutyReason.REST: _has_rested,
}
