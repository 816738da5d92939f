"""What can be wrong with a worker, a tenant or a visit of a problem."""

from collections.abc import Iterator
from itertools import pairwise

from scheduling.errors import Finding
from scheduling.problem import Tenant, Visit, Worker, lanes, shortest
from scheduling.validate_checks import Times, duplicates, known_codes, negative
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, overlaps


def worker_findings(path: str, worker: Worker, times: Times, places: set[str]) -> Iterator[Finding]:
    """Faults of one worker; `path` is where it stands."""
    yield from known_codes(f"{path}.base", [worker.base], places, "places")
    yield from times.windows(f"{path}.shifts", worker.shifts)
    yield from times.windows(f"{path}.absences", worker.absences)
    yield from _nights(path, worker, times)
    yield from negative(path, worker, "max_visits", "visiting_limit", "overload_after")
    for k, busy in enumerate(worker.busy):
        yield from times.day(f"{path}.busy[{k}].day", busy.day)
        yield from times.interval(f"{path}.busy[{k}]", Interval(busy.start, busy.end))
        yield from known_codes(f"{path}.busy[{k}].place", [busy.place], places, "places")
    ordered = sorted(worker.busy, key=lambda b: (b.day, b.start, b.end))
    for one, two in pairwise(ordered):
        both = Interval(one.start, one.end), Interval(two.start, two.end)
        if one.day == two.day and overlaps(*both):
            yield Finding(f"{path}.busy", f"two busy times of day {one.day} overlap; merge them")


def _nights(path: str, worker: Worker, times: Times) -> Iterator[Finding]:
    """Work that goes on after midnight, and begins again before it has ended."""
    if times.day_end == DAY_MINUTES or len(worker.shifts) != times.days:
        return
    if worker.absences is not None and len(worker.absences) != times.days:
        return
    for day, (tonight, tomorrow) in enumerate(
        pairwise(lanes(worker, day) for day in range(times.days))
    ):
        until = tonight[-1].end - DAY_MINUTES if tonight else 0
        if tomorrow and tomorrow[0].start < until:
            yield Finding(
                f"{path}.shifts[{day + 1}]",
                f"begins at minute {tomorrow[0].start}, while the work of day {day} goes on until "
                f"minute {until} of that day; begin at {until} or later, or give it to one of both",
            )


def tenant_findings(path: str, tenant: Tenant, times: Times, places: set[str]) -> Iterator[Finding]:
    """Faults of one tenant."""
    yield from known_codes(f"{path}.place", [tenant.place], places, "places")
    yield from times.windows(f"{path}.windows", tenant.windows)
    yield from negative(path, tenant, "distinct", "max_distinct")
    if tenant.gender_hard and tenant.gender is None:
        yield Finding(f"{path}.gender", "a hard wish needs a gender")
    if tenant.last_contact is not None and tenant.last_contact >= 0:
        yield Finding(f"{path}.last_contact", "lies in the week; pin that visit instead")


def visit_findings(path: str, visit: Visit, times: Times, places: set[str]) -> Iterator[Finding]:
    """Faults of one visit on its own; its codes are checked with the problem's."""
    yield from times.duration(f"{path}.minutes", visit.minutes)
    yield from negative(path, visit, "overdue_days", "learners", "gap_days", "preferred_until")
    yield from _seats(f"{path}.seats", visit, times)
    for name in ("place", "pick_up", "end_place"):
        yield from known_codes(f"{path}.{name}", [getattr(visit, name)], places, "places")
    yield from times.windows(f"{path}.windows", visit.windows)
    yield from times.windows(f"{path}.preferred", visit.preferred)
    yield from times.day(f"{path}.fixed_day", visit.fixed_day)
    yield from duplicates(f"{path}.resources", visit.resources)
    if visit.fixed is not None:
        yield from times.day(f"{path}.fixed[0]", visit.fixed.day)
        yield from times.minute(f"{path}.fixed[1]", visit.fixed.start)
        ends = visit.fixed.start + (shortest(visit) if visit.seats else 0)
        if ends > times.day_end:
            yield Finding(
                f"{path}.fixed",
                f"ends at minute {ends}, after the day's end at {times.day_end}; split the visit, "
                "or raise $.day_end",
            )
        if visit.fixed_day not in (None, visit.fixed.day):
            yield Finding(path, f"fixed is on day {visit.fixed.day}, fixed_day {visit.fixed_day}")


def _seats(path: str, visit: Visit, times: Times) -> Iterator[Finding]:
    if not visit.seats:
        yield Finding(path, "is empty; a visit needs at least one worker")
    elif visit.seats[0].after is not None:
        yield Finding(
            f"{path}[0].after",
            f"{list(visit.seats[0].after)}: the first seat comes after nobody; give the others one",
        )
    for k, seat in enumerate(visit.seats):
        if seat.minutes is not None:
            yield from times.duration(f"{path}[{k}].minutes", seat.minutes)
        least, most = seat.after or (0, 0)
        if least < 0 or least > most:
            yield Finding(
                f"{path}[{k}].after",
                f"[{least}, {most}] is no span of minutes; write the least first, 0 or more, then "
                "the most",
            )
        elif least % times.grid or most % times.grid:
            yield Finding(
                f"{path}[{k}].after",
                f"[{least}, {most}] is not on the grid of {times.grid}; write multiples of it",
            )
        elif most > times.day_end:
            yield Finding(
                f"{path}[{k}].after", f"{most} is longer than a day; write at most {times.day_end}"
            )
