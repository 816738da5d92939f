"""What can be wrong with duties, and with the work outside the week that they must respect."""

from collections import Counter
from collections.abc import Iterator

from scheduling.errors import Finding
from scheduling.problem import Duty, Problem, Worker
from scheduling.weeks import DAY_MINUTES

LONGEST = 2 * DAY_MINUTES


def duty_findings(problem: Problem) -> Iterator[Finding]:
    """All findings, duties first."""
    for code, count in sorted(Counter(duty.code for duty in problem.duties).items()):
        if count > 1:
            yield Finding("$.duties", f"{code} stands there {count} times; codes are unique")
    for i, duty in enumerate(problem.duties):
        yield from _duty(f"$.duties[{i}]", duty, problem)
    for i, worker in enumerate(problem.workers):
        yield from _worker(f"$.workers[{i}]", worker, problem)


def _duty(path: str, duty: Duty, problem: Problem) -> Iterator[Finding]:
    if not 0 <= duty.day < problem.days:
        yield Finding(f"{path}.day", f"day {duty.day} is outside 0 to {problem.days - 1}")
    if not 0 <= duty.start < DAY_MINUTES:
        yield Finding(f"{path}.start", f"minute {duty.start} is outside 0 to {DAY_MINUTES - 1}")
    if not duty.start < duty.end <= LONGEST:
        yield Finding(
            f"{path}.end",
            f"{duty.end} is not after the start {duty.start}, or later than {LONGEST}",
        )
    for name, minute in (("start", duty.start), ("end", duty.end)):
        if minute % problem.grid:
            yield Finding(
                f"{path}.{name}", f"{minute} is not a multiple of the grid of {problem.grid}"
            )
    if duty.place is not None and duty.place not in {place.code for place in problem.places}:
        yield Finding(f"{path}.place", f"{duty.place} is not among the places; add it")
    if duty.worker is not None and duty.worker not in {w.code for w in problem.workers}:
        yield Finding(
            f"{path}.worker", f"{duty.worker} is not among the workers; leave it open with null"
        )


def _worker(path: str, worker: Worker, problem: Problem) -> Iterator[Finding]:
    if worker.duty_minutes < 0:
        yield Finding(f"{path}.duty_minutes", f"{worker.duty_minutes} is negative")
    for k, busy in enumerate(worker.outside):
        if not -1 <= busy.day <= problem.days:
            yield Finding(
                f"{path}.outside[{k}].day", f"day {busy.day} is outside -1 to {problem.days}"
            )
        if not 0 <= busy.start < busy.end <= LONGEST:
            yield Finding(
                f"{path}.outside[{k}]", f"{busy.start} to {busy.end} is not a time of two days"
            )
