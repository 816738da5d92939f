"""What a staffed duty means for its worker: when it is, and the busy time it makes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scheduling.problem import Busy, Duty, Problem, Staffed, Worker, lanes
from scheduling.rest import Piece
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval


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

    A duty during which `visits` go on takes no time. Unknown codes are passed over.
    """
    duties = {duty.code: duty for duty in problem.duties}
    taken: dict[str, list[Busy]] = defaultdict(list)
    for one in staffed:
        duty = duties.get(one.duty)
        if duty is not None and not duty.visits:
            taken[one.worker].extend(_busy_times(duty, problem))
    if not taken:
        return problem
    workers = tuple(
        replace(worker, busy=(*worker.busy, *taken.get(worker.code, ())))
        for worker in problem.workers
    )
    return replace(problem, workers=workers)


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


def _busy_times(duty: Duty, problem: Problem) -> Iterable[Busy]:
    """The duty on each day that it reaches; a lane takes its own part of it."""
    for day in range(problem.days):
        shift = (duty.day - day) * DAY_MINUTES
        start, end = max(0, duty.start + shift), duty.end + shift
        if end > 0 and start < max(problem.day_end, DAY_MINUTES):
            yield Busy(day=day, start=start, end=end, place=duty.place)
