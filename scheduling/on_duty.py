"""What a staffed duty means for its worker: when it is, and the busy time it makes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scheduling.problem import Busy, Duty, Problem, Staffed, Worker, lanes
from scheduling.rest import Piece
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, subtract


def moments(duty: Duty) -> Interval:
    """When the duty is, in minutes since Monday 0:00."""
    midnight = duty.day * DAY_MINUTES
    return Interval(midnight + duty.start, midnight + duty.end)


def staffing(problem: Problem) -> tuple[Staffed, ...]:
    """Who has which duty by the problem itself, by duty; what nobody has is left out."""
    given = sorted(problem.duties, key=lambda duty: duty.code)
    return tuple(Staffed(duty=d.code, worker=d.worker) for d in given if d.worker is not None)


def busied(problem: Problem, staffed: Iterable[Staffed]) -> Problem:
    """The problem in which each staffed duty is a busy time of its worker, for every rule to see.

    A duty during which `visits` go on takes no time. Unknown codes are passed over, and no two
    busy times overlap even if a worker was given two duties at once: a valid problem stays valid.
    """
    duties = {duty.code: duty for duty in problem.duties}
    mine: dict[str, list[Duty]] = defaultdict(list)
    for one in sorted(staffed, key=lambda one: (one.duty, one.worker)):
        duty = duties.get(one.duty)
        if duty is not None and not duty.visits:
            mine[one.worker].append(duty)
    if not mine:
        return problem
    return replace(
        problem,
        workers=tuple(
            replace(worker, busy=_with(worker.busy, mine[worker.code], problem))
            if worker.code in mine
            else worker
            for worker in problem.workers
        ),
    )


def work_of(worker: Worker, problem: Problem) -> list[Piece]:
    """A worker's working hours of the week, and work outside of it, as far as is known."""
    pieces = [
        Piece(day * DAY_MINUTES + lane.start, day * DAY_MINUTES + lane.end)
        for day in range(problem.days)
        for lane in lanes(worker, day)
    ]
    return pieces + [
        Piece(busy.day * DAY_MINUTES + busy.start, busy.day * DAY_MINUTES + busy.end)
        for busy in worker.outside
    ]


def _with(busy: tuple[Busy, ...], duties: Iterable[Duty], problem: Problem) -> tuple[Busy, ...]:
    """Busy times with those of duties, on each day that they reach; a lane takes its own part."""
    found = list(busy)
    latest = max(problem.day_end, DAY_MINUTES)
    for duty in duties:
        for day in range(problem.days):
            shift = (duty.day - day) * DAY_MINUTES
            start, end = max(0, duty.start + shift), min(latest, duty.end + shift)
            if start < end:
                taken = [Interval(one.start, one.end) for one in found if one.day == day]
                found += [
                    Busy(day=day, start=part.start, end=part.end, place=duty.place)
                    for part in subtract((Interval(start, end),), taken)
                ]
    return tuple(found)
