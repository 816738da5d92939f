"""Plans by hand and at random, for tests of the judge."""

import random
from collections.abc import Callable

from scheduling.check import check
from scheduling.plan import Plan, Unplaced
from scheduling.problem import After, Placement, Problem, Visit


def at(
    visit: str, *workers: str, day: int = 0, start: int = 600, offsets: tuple[int, ...] = ()
) -> Placement:
    """A placement on Monday at 10:00 unless told otherwise."""
    return Placement(visit=visit, day=day, start=start, workers=workers, offsets=offsets)


def plan(problem: Problem, *placements: Placement) -> Plan:
    """A plan with these placements; every other visit is left out."""
    placed = {placement.visit for placement in placements}
    left_out = sorted(visit.code for visit in problem.visits if visit.code not in placed)
    return Plan(
        problem="",
        placements=tuple(sorted(placements, key=lambda p: p.visit)),
        unplaced=tuple(Unplaced(visit=code, reasons=()) for code in left_out),
    )


def moved(problem: Problem, given: Plan, changed: Placement) -> Plan:
    """The plan with one visit placed anew."""
    others = [p for p in given.placements if p.visit != changed.visit]
    return plan(problem, *others, changed)


def random_placement(problem: Problem, visit: Visit, rng: random.Random) -> Placement:
    """Somewhere on the grid between 8:30 and 18:00, or at night, with a worker for each seat."""
    codes = [worker.code for worker in problem.workers]
    late = problem.day_end > 1440 and rng.random() < 0.3
    first, last = (1200, problem.day_end) if late else (510, 1080)
    first = -(-first // problem.grid) * problem.grid
    day, start = rng.randrange(problem.days), rng.randrange(first, last, problem.grid)
    if visit.fixed is not None and rng.random() < 0.8:
        day, start = visit.fixed
    workers = tuple(rng.sample(codes, min(len(codes), len(visit.seats))))
    spans = [seat.after or After(0, 0) for seat in visit.seats]
    offsets = tuple(rng.randrange(least, most + 1, problem.grid) for least, most in spans)
    if not any(offsets):
        offsets = ()
    return Placement(visit=visit.code, day=day, start=start, workers=workers, offsets=offsets)


def random_plan(problem: Problem, seed: int) -> Plan:
    """Most visits placed anywhere; nearly always full of breaches."""
    rng = random.Random(seed)
    chosen = [visit for visit in problem.visits if rng.random() < 0.8]
    return plan(problem, *(random_placement(problem, visit, rng) for visit in chosen))


def clean_plan(problem: Problem, seed: int, *, tries: int = 25) -> Plan:
    """Random attempts, visit by visit; those without a breach are kept, so `check` is clean."""
    rng = random.Random(seed)
    found = plan(problem)
    for visit in problem.visits:
        for _ in range(tries):
            attempt = moved(problem, found, random_placement(problem, visit, rng))
            if not check(problem, attempt):
                found = attempt
                break
    return found


def after(asks: int) -> Callable[[], bool]:
    """Stops a run when it has asked so often."""
    left = iter(range(asks))
    return lambda: next(left, None) is None
