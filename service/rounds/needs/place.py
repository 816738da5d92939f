"""Where and when a tenant can be visited, and by how many: it follows the stay."""

from collections.abc import Iterable

from scheduling.windows import Interval, intersect, union
from service.people.facts import StayFacts, TenantFacts, WeekdayWindow
from service.people.states import StayKind
from service.rounds.needs.history import History
from service.rounds.needs.need import WeekFrame
from service.teams.hours import Days


def workers_asked(
    tenant: TenantFacts, asked: int, history: History, stay: StayFacts, frame: WeekFrame
) -> int:
    """How many go: two where a flag is in force, and until the place of the stay is known."""
    return max(asked, 2) if pair_for_safety(tenant, history, stay, frame) else asked


def pair_for_safety(
    tenant: TenantFacts, history: History, stay: StayFacts, frame: WeekFrame
) -> bool:
    """Whether two must go, whatever was agreed."""
    unknown = not any(day >= stay.span.starts_on for day in history.past.visited)
    return tenant.flagged or (unknown and frame.policy.first_visit_pairs)


def visit_windows(
    days: frozenset[int],
    asked: tuple[WeekdayWindow, ...],
    stay: StayFacts,
    frame: WeekFrame,
) -> Days:
    """The hours of each day: what was asked, within the stay's visiting hours.

    Away from home the stay's visiting hours take the place of what was agreed for home visits.
    """
    opening = (Interval(frame.policy.opening_from, frame.policy.opening_to),)
    visiting = stay.windows
    agreed = asked if stay.kind is StayKind.HOME or not visiting else ()
    result = []
    for index in range(7):
        hours: tuple[Interval, ...] = ()
        if index in days:
            hours = _of_day(agreed, index) if agreed else (opening if not visiting else ())
            if visiting:
                inside = _of_day(visiting, index)
                hours = intersect(hours, inside) if agreed else inside
        result.append(tuple(_inward(hours, frame.policy.grid)))
    return tuple(result)


def _of_day(windows: tuple[WeekdayWindow, ...], index: int) -> tuple[Interval, ...]:
    return union(Interval(w.from_minute, w.to_minute) for w in windows if w.weekday == index + 1)


def _inward(hours: Iterable[Interval], grid: int) -> Iterable[Interval]:
    for start, end in hours:
        first, last = -(-start // grid) * grid, end // grid * grid
        if first < last:
            yield Interval(first, last)
