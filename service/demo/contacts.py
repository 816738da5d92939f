"""On which days tenants were met: as often as they chose, less what a real week leaves out."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from service.demo.calendar import public_holidays
from service.demo.careers import Career
from service.demo.chance import shared_out
from service.demo.model import DemoAgreement

MOST_A_DAY = 5 / 7
"""Daily contact means every working day."""

HARD_TO_REACH = 0.2
"""The share of tenants who are met half as often as the others, against what they chose."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A tenant's days of support within a year and how much contact each day asked."""

    tenant: str
    first: date
    asked: tuple[float, ...]

    @property
    def total(self) -> float:
        """Contacts asked over all days."""
        return sum(self.asked)

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.first + timedelta(days=len(self.asked))


def stretches(
    careers: Sequence[tuple[str, Career]],
    agreements: Sequence[DemoAgreement],
    reach: Mapping[str, float],
    *,
    first: date,
    end: date,
) -> list[Stretch]:
    """What tenants asked between two days; `reach` scales it. A last day of life asks nothing."""
    by_tenant: dict[str, list[DemoAgreement]] = {}
    for agreement in agreements:
        by_tenant.setdefault(agreement.tenant, []).append(agreement)
    found = []
    for code, career in careers:
        start = max(first, career.accepted_on)
        stop = min(end, (career.ended_on or date.max) - timedelta(days=1))
        days = [start + timedelta(days=i) for i in range(max(0, (stop - start).days))]
        asked = tuple(reach[code] * _asked(by_tenant.get(code, ()), day) for day in days)
        if sum(asked) > 0:
            found.append(Stretch(code, start, asked))
    return found


def reach_of(rng: Random, careers: Sequence[tuple[str, Career]]) -> dict[str, float]:
    """How much of what they chose tenants get, relative to each other."""
    return {
        code: 0.5 if rng.random() < HARD_TO_REACH else rng.uniform(0.9, 1.15) for code, _ in careers
    }


def contact_days(
    rng: Random, found: Sequence[Stretch], *, total: int, silent: Mapping[str, date]
) -> list[tuple[date, str]]:
    """`total` (day, tenant) pairs, sorted: each tenant's at even distances, a little shaken.

    `silent`: tenants who have not been met since a day.
    """
    heard = [_until(stretch, silent.get(stretch.tenant)) for stretch in found]
    counts = shared_out(total, [stretch.total for stretch in heard])
    pairs = []
    for stretch, count in zip(heard, counts, strict=True):
        pairs += [(day, stretch.tenant) for day in _days(rng, stretch, count)]
    return sorted(pairs)


def is_workday(day: date) -> bool:
    """Monday to Friday, public holidays aside."""
    return day.isoweekday() <= 5 and day not in public_holidays(day.year)


def _asked(agreements: Sequence[DemoAgreement], day: date) -> float:
    for row in agreements:
        if row.starts_on <= day and (row.ends_on is None or day < row.ends_on):
            if any(a <= day and (b is None or day < b) for a, b in row.pauses):
                return 0.0
            return min(MOST_A_DAY, row.contacts / row.period_days)
    return 0.0


def _until(stretch: Stretch, day: date | None) -> Stretch:
    if day is None or day >= stretch.end:
        return stretch
    kept = max(1, (day - stretch.first).days)
    return Stretch(stretch.tenant, stretch.first, stretch.asked[:kept])


def _days(rng: Random, stretch: Stretch, count: int) -> list[date]:
    """Workdays of the stretch at even steps of what was asked, no day twice while others last."""
    reached = list(accumulate(stretch.asked))
    phase = rng.random()
    taken: set[date] = set()
    for k in range(count):
        wanted = (k + phase + rng.uniform(-0.3, 0.3)) / count * stretch.total
        index = bisect_left(reached, min(max(wanted, 0.0), stretch.total * 0.999999))
        taken.add(_free_workday(stretch, stretch.first + timedelta(days=index), taken))
    return sorted(taken)


def _free_workday(stretch: Stretch, day: date, taken: set[date]) -> date:
    """The workday nearest to `day` in the stretch that is not taken yet.

    Raises:
        ValueError: every workday of the stretch is taken.
    """
    for distance in range(len(stretch.asked)):
        for near in (day - timedelta(days=distance), day + timedelta(days=distance)):
            if stretch.first <= near < stretch.end and near not in taken and is_workday(near):
                return near
    raise ValueError(f"tenant {stretch.tenant}: more contacts than workdays from {stretch.first}")
