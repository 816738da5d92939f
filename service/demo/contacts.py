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

    def days(self) -> list[date]:
        """All its days."""
        return [self.first + timedelta(days=i) for i in range(len(self.asked))]

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
    rng: Random,
    found: Sequence[Stretch],
    *,
    total: int,
    silent: Mapping[str, date],
    due: Mapping[str, Sequence[date]],
) -> list[tuple[date, str]]:
    """`total` (day, tenant) pairs, sorted: each tenant's at even distances, a little shaken.

    There are fewer where the tenants' workdays are not enough.

    `silent`: tenants who have not been met since a day. `due`: Mondays of the weeks in which a
    contact was asked; where a tenant has any, contacts from the first of them on are in them.
    """
    heard = [_until(stretch, silent.get(stretch.tenant)) for stretch in found]
    counts = _counts(total, heard)
    pairs = []
    for stretch, count in zip(heard, counts, strict=True):
        weeks = [week for week in due.get(stretch.tenant, ()) if week < stretch.end]
        pairs += [(day, stretch.tenant) for day in _days(rng, stretch, count, weeks)]
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


def _days(rng: Random, stretch: Stretch, count: int, weeks: Sequence[date]) -> list[date]:
    """Workdays of the stretch at even steps of what was asked, no day twice while others last."""
    reached = list(accumulate(stretch.asked))
    phase = rng.random()
    wanted = []
    for k in range(count):
        step = (k + phase + rng.uniform(-0.3, 0.3)) / count * stretch.total
        index = bisect_left(reached, min(max(step, 0.0), stretch.total * 0.999999))
        wanted.append(stretch.first + timedelta(days=index))
    taken: set[date] = set()
    for day in _when_due(rng, wanted, weeks):
        taken.add(_free_workday(stretch, day, taken))
    return sorted(taken)


def _when_due(rng: Random, wanted: Sequence[date], weeks: Sequence[date]) -> list[date]:
    """The days, those since the first due week moved into due weeks, one in each at first."""
    since = [day for day in wanted if weeks and day >= weeks[0]]
    kept = [day for day in wanted if day not in since]
    met = sorted(rng.sample(weeks, min(len(weeks), len(since))))
    more = rng.sample(since, len(since) - len(met))
    return [*kept, *(week + timedelta(days=rng.randrange(5)) for week in met), *more]


def _counts(total: int, found: Sequence[Stretch]) -> list[int]:
    """`total` shared out by what was asked; nobody gets more than one on each workday."""
    most = [sum(is_workday(day) for day in stretch.days()) for stretch in found]
    counts = [0] * len(found)
    while (left := min(total, sum(most)) - sum(counts)) > 0:
        weights = [s.total * (n < m) for s, n, m in zip(found, counts, most, strict=True)]
        more = shared_out(left, weights)
        counts = [min(n + k, m) for n, k, m in zip(counts, more, most, strict=True)]
    return counts


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
