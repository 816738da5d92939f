"""Pins that contradict their own visit or another pin; both sides are named."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scheduling.errors import Finding
from scheduling.problem import Pin, Problem, Visit
from scheduling.windows import Interval, overlaps


def pin_contradictions(problem: Problem) -> Iterator[Finding]:
    """Findings about pins, in the order of the pins."""
    visits = {visit.code: visit for visit in problem.visits}
    workers = {worker.code for worker in problem.workers}
    seen: dict[str, int] = {}
    for i, pin in enumerate(problem.pins):
        path = f"$.pins[{i}]"
        if pin.visit in seen:
            yield Finding(path, f"{pin.visit} is pinned in $.pins[{seen[pin.visit]}] too; keep one")
        seen.setdefault(pin.visit, i)
        if pin.visit not in visits:
            yield Finding(path, f"{pin.visit} is not among the visits; drop the pin or add it")
            continue
        yield from _own(path, pin, visits[pin.visit], problem)
        for code in pin.workers or ():
            if code not in workers:
                yield Finding(f"{path}.workers", f"{code} is not among the workers")
    yield from _double_booked(problem, visits)


def slot_of(pin: Pin | None, visit: Visit) -> tuple[int | None, int | None]:
    """Day and start that a pin, `fixed` and `fixed_day` ask of a visit; None is open."""
    day = visit.fixed.day if visit.fixed else visit.fixed_day
    start = visit.fixed.start if visit.fixed else None
    if pin is not None:
        day = pin.day if pin.day is not None else day
        start = pin.start if pin.start is not None else start
    return day, start


def _own(path: str, pin: Pin, visit: Visit, problem: Problem) -> Iterator[Finding]:
    fixed_day, fixed_start = slot_of(None, visit)
    if pin.day is not None and fixed_day not in (None, pin.day):
        yield Finding(path, f"pinned on day {pin.day}, but {visit.code} is fixed on {fixed_day}")
    if pin.start is not None and fixed_start not in (None, pin.start):
        yield Finding(path, f"pinned at {pin.start}, but {visit.code} is fixed at {fixed_start}")
    if pin.day is not None and not 0 <= pin.day < problem.days:
        yield Finding(f"{path}.day", f"day {pin.day} is outside 0 to {problem.days - 1}")
    if pin.start is not None:
        if pin.start % problem.grid:
            yield Finding(f"{path}.start", f"{pin.start} is not on the grid of {problem.grid}")
        if not 0 <= pin.start <= 1440 - visit.minutes:
            yield Finding(f"{path}.start", f"{pin.start} and {visit.minutes} minutes leave the day")
    if pin.workers is not None and len(set(pin.workers)) != len(visit.seats):
        count = len(set(pin.workers))
        yield Finding(f"{path}.workers", f"{count} workers for {len(visit.seats)} seats")


def _double_booked(problem: Problem, visits: dict[str, Visit]) -> Iterator[Finding]:
    """Two pins that put one worker in two visits at once."""
    held: dict[tuple[str, int], list[tuple[str, Interval]]] = defaultdict(list)
    for pin in problem.pins:
        if pin.visit not in visits:
            continue
        visit = visits[pin.visit]
        day, start = slot_of(pin, visit)
        if day is None or start is None:
            continue
        for code in pin.workers or ():
            held[code, day].append((pin.visit, Interval(start, start + visit.minutes)))
    for (worker, day), stops in sorted(held.items()):
        for (one, first), (two, second) in combinations(stops, 2):
            if one != two and overlaps(first, second):
                yield Finding(
                    "$.pins", f"{one} and {two} both hold {worker} on day {day} at once; move one"
                )
