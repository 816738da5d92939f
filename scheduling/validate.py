"""Everything that can be wrong with a problem of the right shape, found in one pass."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

from scheduling.contradictions import pairs_of_pins, pin_contradictions
from scheduling.duty_findings import duty_findings
from scheduling.errors import Finding
from scheduling.problem import (
    SCHEMA_VERSION,
    Matrix,
    Mode,
    Problem,
    Tenant,
    Visit,
    Windows,
    Worker,
    lanes,
    shortest,
)
from scheduling.weeks import DAY_MINUTES, monday_of
from scheduling.windows import Interval, overlaps

MOST_WEIGHT = 1_000_000  # whole-week costs stay far inside 64 bits, which the solver needs


def findings(problem: Problem) -> list[Finding]:
    """All findings, in the order of the problem's fields; empty for a valid problem."""
    head = list(_head(problem))
    return head or list(_body(problem)) or list(pairs_of_pins(problem))


def _head(problem: Problem) -> Iterator[Finding]:
    if problem.schema != SCHEMA_VERSION:
        yield Finding("$.schema", f"{problem.schema} is not known; this planner reads schema 1")
    if problem.week.weekday():
        monday = monday_of(problem.week).isoformat()
        yield Finding("$.week", f"{problem.week} is not a Monday; write {monday}")
    if not 1 <= problem.days <= 7:
        yield Finding("$.days", f"{problem.days} is outside 1 to 7")
    if not (1 <= problem.grid <= 60 and DAY_MINUTES % problem.grid == 0):
        yield Finding("$.grid", f"{problem.grid} does not divide a day of 1440 minutes; write 5")
    elif problem.day_end % problem.grid:
        yield Finding(
            "$.day_end", f"minute {problem.day_end} is not a multiple of the grid of {problem.grid}"
        )
    longest = (2 if problem.days > 1 else 20) * DAY_MINUTES  # one day may count in finer minutes
    if not DAY_MINUTES <= problem.day_end <= longest:
        yield Finding(
            "$.day_end",
            f"{problem.day_end} is outside 1440 to {longest}; write 1440, or more for work after "
            "midnight",
        )


def _body(problem: Problem) -> Iterator[Finding]:
    times = _Times(problem)
    for name in ("places", "workers", "tenants", "visits", "resources"):
        yield from _duplicates(f"$.{name}", [item.code for item in getattr(problem, name)])
    yield from _team_fields(problem, times)
    places = {place.code for place in problem.places}
    for i, worker in enumerate(problem.workers):
        yield from _worker(f"$.workers[{i}]", worker, times, places)
    for i, tenant in enumerate(problem.tenants):
        yield from _tenant(f"$.tenants[{i}]", tenant, times, places)
    tenants = {tenant.code for tenant in problem.tenants}
    resources = {resource.code for resource in problem.resources}
    for i, visit in enumerate(problem.visits):
        yield from _visit(f"$.visits[{i}]", visit, times, places)
        yield from _known(f"$.visits[{i}].tenant", [visit.tenant], tenants, "tenants")
        yield from _known(f"$.visits[{i}].resources", visit.resources, resources, "resources")
    yield from _travel(problem)
    yield from pin_contradictions(problem)
    yield from _published(problem, times)
    yield from duty_findings(problem)


class _Times:
    """Checks of days and minutes against one problem's grid and number of days."""

    def __init__(self, problem: Problem) -> None:
        self.days, self.grid, self.day_end = problem.days, problem.grid, problem.day_end

    def day(self, path: str, day: int | None) -> Iterator[Finding]:
        if day is not None and not 0 <= day < self.days:
            yield Finding(path, f"day {day} is outside 0 to {self.days - 1}")

    def minute(self, path: str, minute: int | None) -> Iterator[Finding]:
        if minute is None:
            return
        if not 0 <= minute <= self.day_end:
            beyond = "; raise $.day_end for work after midnight" if minute > self.day_end else ""
            yield Finding(path, f"minute {minute} is outside 0 to {self.day_end}{beyond}")
        elif minute % self.grid:
            yield Finding(path, f"minute {minute} is not a multiple of the grid of {self.grid}")

    def interval(self, path: str, interval: Interval) -> Iterator[Finding]:
        yield from self.minute(f"{path}[0]", interval.start)
        yield from self.minute(f"{path}[1]", interval.end)
        if interval.end <= interval.start:
            yield Finding(path, f"ends at {interval.end}, not after its start {interval.start}")

    def windows(self, path: str, windows: Windows | None) -> Iterator[Finding]:
        if windows is None:
            return
        if len(windows) != self.days:
            yield Finding(path, f"has {len(windows)} days; give one list for each of {self.days}")
        for d, intervals in enumerate(windows):
            for k, interval in enumerate(intervals):
                yield from self.interval(f"{path}[{d}][{k}]", interval)

    def duration(self, path: str, minutes: int) -> Iterator[Finding]:
        if minutes <= 0:
            yield Finding(path, f"{minutes} minutes; a duration is more than zero")
        elif minutes % self.grid:
            yield Finding(path, f"{minutes} minutes is not a multiple of the grid of {self.grid}")


def _duplicates(path: str, codes: Sequence[str]) -> Iterator[Finding]:
    for code, count in sorted(Counter(codes).items()):
        if count > 1:
            yield Finding(path, f"{code} stands there {count} times; codes are unique")


def _known(
    path: str, codes: Iterable[str | None], known: set[str], where: str
) -> Iterator[Finding]:
    for code in codes:
        if code is not None and code not in known:
            yield Finding(path, f"{code} is not among the {where}; add it or correct the code")


def _negative(path: str, holder: object, *names: str) -> Iterator[Finding]:
    for name in names:
        value = getattr(holder, name)
        if value is not None and value < 0:
            yield Finding(f"{path}.{name}", f"{value} is negative; write 0 or more")


def _team_fields(problem: Problem, times: _Times) -> Iterator[Finding]:
    if problem.lunch is not None:
        lunch = problem.lunch
        yield from times.interval("$.lunch", Interval(lunch.start, lunch.end))
        yield from times.duration("$.lunch.minutes", lunch.minutes)
        if lunch.minutes > lunch.end - lunch.start:
            yield Finding("$.lunch.minutes", f"{lunch.minutes} do not fit between start and end")
    if problem.reserve and len(problem.reserve) != problem.days:
        yield Finding("$.reserve", f"has {len(problem.reserve)} days; give {problem.days} or none")
    for d, minutes in enumerate(problem.reserve):
        if minutes < 0:
            yield Finding(f"$.reserve[{d}]", f"{minutes} is negative; write 0 for none")
    for i, resource in enumerate(problem.resources):
        yield from _negative(f"$.resources[{i}]", resource, "count")
    for i, place in enumerate(problem.places):
        if not (abs(place.lat) <= 90_000_000 and abs(place.lon) <= 180_000_000):
            where = f"{place.lat}, {place.lon}"
            yield Finding(f"$.places[{i}]", f"{where} is outside the earth; give micro-degrees")
    for f in fields(problem.weights):
        weight = getattr(problem.weights, f.name)
        if weight is not None and not 0 <= weight <= MOST_WEIGHT:
            yield Finding(f"$.weights.{f.name}", f"{weight} is outside 0 to {MOST_WEIGHT}")


def _worker(path: str, worker: Worker, times: _Times, places: set[str]) -> Iterator[Finding]:
    yield from _known(f"{path}.base", [worker.base], places, "places")
    yield from times.windows(f"{path}.shifts", worker.shifts)
    yield from times.windows(f"{path}.absences", worker.absences)
    yield from _nights(path, worker, times)
    yield from _negative(path, worker, "max_visits", "visiting_limit", "overload_after")
    for k, busy in enumerate(worker.busy):
        yield from times.day(f"{path}.busy[{k}].day", busy.day)
        yield from times.interval(f"{path}.busy[{k}]", Interval(busy.start, busy.end))
        yield from _known(f"{path}.busy[{k}].place", [busy.place], places, "places")
    ordered = sorted(worker.busy, key=lambda b: (b.day, b.start, b.end))
    for one, two in pairwise(ordered):
        both = Interval(one.start, one.end), Interval(two.start, two.end)
        if one.day == two.day and overlaps(*both):
            yield Finding(f"{path}.busy", f"two busy times of day {one.day} overlap; merge them")


def _nights(path: str, worker: Worker, times: _Times) -> Iterator[Finding]:
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


def _tenant(path: str, tenant: Tenant, times: _Times, places: set[str]) -> Iterator[Finding]:
    yield from _known(f"{path}.place", [tenant.place], places, "places")
    yield from times.windows(f"{path}.windows", tenant.windows)
    yield from _negative(path, tenant, "distinct", "max_distinct")
    if tenant.gender_hard and tenant.gender is None:
        yield Finding(f"{path}.gender", "a hard wish needs a gender")
    if tenant.last_contact is not None and tenant.last_contact >= 0:
        yield Finding(f"{path}.last_contact", "lies in the week; pin that visit instead")


def _visit(path: str, visit: Visit, times: _Times, places: set[str]) -> Iterator[Finding]:
    yield from times.duration(f"{path}.minutes", visit.minutes)
    yield from _negative(path, visit, "overdue_days", "learners", "gap_days", "preferred_until")
    yield from _seats(f"{path}.seats", visit, times)
    for name in ("place", "pick_up", "end_place"):
        yield from _known(f"{path}.{name}", [getattr(visit, name)], places, "places")
    yield from times.windows(f"{path}.windows", visit.windows)
    yield from times.windows(f"{path}.preferred", visit.preferred)
    yield from times.day(f"{path}.fixed_day", visit.fixed_day)
    yield from _duplicates(f"{path}.resources", visit.resources)
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


def _seats(path: str, visit: Visit, times: _Times) -> Iterator[Finding]:
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


def _travel(problem: Problem) -> Iterator[Finding]:
    modes = sorted({worker.mode for worker in problem.workers})
    if problem.matrix is None:
        yield from _line(problem, modes)
        return
    missing = {place.code for place in problem.places} - set(problem.matrix.places)
    for code in sorted(missing):
        yield Finding("$.matrix.places", f"lacks {code}; give travel for every place")
    yield from _matrix(problem.matrix, modes, problem.grid)


def _line(problem: Problem, modes: Sequence[Mode]) -> Iterator[Finding]:
    speeds = {speed.mode: speed for speed in problem.straight_line.speeds}
    for i, speed in enumerate(problem.straight_line.speeds):
        if speed.metres_per_hour <= 0 or speed.overhead < 0:
            yield Finding(f"$.straight_line.speeds[{i}]", "needs a speed above 0, overhead >= 0")
    for mode in modes:
        if mode not in speeds and Mode.WALK not in speeds:
            yield Finding("$.straight_line.speeds", f"has neither {mode} nor walk")
    if problem.straight_line.detour_percent <= 0:
        yield Finding(
            "$.straight_line.detour_percent", "is not above 0; write 130 for a third more"
        )


def _matrix(matrix: Matrix, modes: Sequence[Mode], grid: int) -> Iterator[Finding]:
    size = len(matrix.places)
    yield from _duplicates("$.matrix.places", matrix.places)
    yield from _duplicates("$.matrix.tables", [table.mode for table in matrix.tables])
    for mode in modes:
        if mode not in {table.mode for table in matrix.tables}:
            yield Finding("$.matrix.tables", f"lacks mode {mode}, which a worker uses")
    for k, table in enumerate(matrix.tables):
        path = f"$.matrix.tables[{k}].minutes"
        if len(table.minutes) != size or any(len(row) != size for row in table.minutes):
            yield Finding(path, f"is not {size} rows of {size} minutes")
        elif any(table.minutes[i][i] for i in range(size)):
            yield Finding(path, "has travel from a place to itself; write 0 on the diagonal")
        for i, row in enumerate(table.minutes):
            for j, minutes in enumerate(row):
                if minutes < 0 or minutes % grid:
                    yield Finding(f"{path}[{i}][{j}]", f"{minutes} is negative or off the grid")


def _published(problem: Problem, times: _Times) -> Iterator[Finding]:
    published = problem.published or ()
    yield from _duplicates("$.published", [placement.visit for placement in published])
    for i, placement in enumerate(published):
        yield from times.day(f"$.published[{i}].day", placement.day)
        if not 0 <= placement.start <= problem.day_end:
            yield Finding(
                f"$.published[{i}].start", f"{placement.start} is outside 0 to {problem.day_end}"
            )
        if placement.offsets and len(placement.offsets) != len(placement.workers):
            offsets, workers = len(placement.offsets), len(placement.workers)
            yield Finding(
                f"$.published[{i}].offsets",
                f"has {offsets} minutes for {workers} workers; give one for each, or none",
            )
