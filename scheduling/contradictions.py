"""Pins that contradict their own visit or another pin; both sides are named."""

from collections.abc import Iterator

from scheduling.clashes import pin_clashes, slot_of
from scheduling.errors import Finding
from scheduling.problem import Pin, Problem, Visit, shortest

__all__ = ["pairs_of_pins", "pin_contradictions", "slot_of"]


def pairs_of_pins(problem: Problem) -> Iterator[Finding]:
    """Pairs of pins that cannot both be kept; the problem is valid otherwise."""
    index = {pin.visit: i for i, pin in enumerate(problem.pins)}
    for clash in pin_clashes(problem):
        first, second = sorted(index[code] for code in clash.visits)
        yield Finding(f"$.pins[{second}]", f"{clash} The other is $.pins[{first}].", clash)


def pin_contradictions(problem: Problem) -> Iterator[Finding]:
    """Findings about each pin on its own, in the order of the pins."""
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
        minutes = shortest(visit) if visit.seats else 0
        if not 0 <= pin.start <= problem.day_end - minutes:
            yield Finding(
                f"{path}.start",
                f"{pin.start} and {minutes} minutes leave the day, which ends at {problem.day_end}",
            )
    if pin.workers is not None and len(set(pin.workers)) != len(visit.seats):
        count = len(set(pin.workers))
        yield Finding(f"{path}.workers", f"{count} workers for {len(visit.seats)} seats")
