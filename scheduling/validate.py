"""Everything that can be wrong with a problem of the right shape, found in one pass."""

from collections.abc import Iterator
from dataclasses import fields

from scheduling.contradictions import pairs_of_pins, pin_contradictions
from scheduling.duty_findings import duty_findings
from scheduling.errors import Finding
from scheduling.problem import SCHEMA_VERSION, Problem
from scheduling.validate_checks import Times, duplicates, known_codes, negative
from scheduling.validate_people import tenant_findings, visit_findings, worker_findings
from scheduling.validate_travel import travel_findings
from scheduling.weeks import DAY_MINUTES, monday_of
from scheduling.windows import Interval

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
    times = Times(problem)
    for name in ("places", "workers", "tenants", "visits", "resources"):
        yield from duplicates(f"$.{name}", [item.code for item in getattr(problem, name)])
    yield from _team_fields(problem, times)
    places = {place.code for place in problem.places}
    for i, worker in enumerate(problem.workers):
        yield from worker_findings(f"$.workers[{i}]", worker, times, places)
    for i, tenant in enumerate(problem.tenants):
        yield from tenant_findings(f"$.tenants[{i}]", tenant, times, places)
    tenants = {tenant.code for tenant in problem.tenants}
    resources = {resource.code for resource in problem.resources}
    for i, visit in enumerate(problem.visits):
        yield from visit_findings(f"$.visits[{i}]", visit, times, places)
        yield from known_codes(f"$.visits[{i}].tenant", [visit.tenant], tenants, "tenants")
        yield from known_codes(f"$.visits[{i}].resources", visit.resources, resources, "resources")
    yield from travel_findings(problem)
    yield from pin_contradictions(problem)
    yield from _published(problem, times)
    yield from duty_findings(problem)


def _team_fields(problem: Problem, times: Times) -> Iterator[Finding]:
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
        yield from negative(f"$.resources[{i}]", resource, "count")
    for i, place in enumerate(problem.places):
        if not (abs(place.lat) <= 90_000_000 and abs(place.lon) <= 180_000_000):
            where = f"{place.lat}, {place.lon}"
            yield Finding(f"$.places[{i}]", f"{where} is outside the earth; give micro-degrees")
    for f in fields(problem.weights):
        weight = getattr(problem.weights, f.name)
        if weight is not None and not 0 <= weight <= MOST_WEIGHT:
            yield Finding(f"$.weights.{f.name}", f"{weight} is outside 0 to {MOST_WEIGHT}")


def _published(problem: Problem, times: Times) -> Iterator[Finding]:
    published = problem.published or ()
    yield from duplicates("$.published", [placement.visit for placement in published])
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
