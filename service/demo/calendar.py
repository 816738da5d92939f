"""Who is at work when: patterns, absences and public holidays, day by day."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

import holidays

from service.clock import BRUSSELS
from service.demo.model import DemoAbsence, DemoWorker
from service.teams.states import AbsenceKind

CYCLE_START = date(2023, 12, 25)
"""The Monday from which every pattern's weeks are counted."""


def instant(day: date, minute: int) -> datetime:
    """The UTC instant of a local minute of a day (the demonstration uses none at night)."""
    local = datetime.combine(day, time(minute // 60, minute % 60), BRUSSELS)
    return local.astimezone(UTC)


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Belgian public holidays."""
    return frozenset(holidays.country_holidays("BE", years=year))


class WorkCalendar:
    """Looks up working hours, absences and public holidays of the demonstration's workers."""

    def __init__(self, workers: Sequence[DemoWorker], absences: Iterable[DemoAbsence]) -> None:
        self._workers = {worker.code: worker for worker in workers}
        self._away: dict[str, list[tuple[datetime, datetime]]] = {}
        for absence in absences:
            self._away.setdefault(absence.worker, []).append((absence.starts_at, absence.ends_at))

    def hours(self, worker: str, day: date) -> tuple[int, int] | None:
        """From and to minute at work that day; None when not at work or away for part of it."""
        row = self._workers[worker]
        if day < row.employed_from or day in public_holidays(day.year):
            return None
        week = (monday(day) - CYCLE_START).days // 7 % row.cycle_weeks
        today = [(a, b) for w, d, a, b in row.hours if (w, d) == (week, day.isoweekday())]
        if not today:
            return None
        start, end = today[0]
        first, last = instant(day, start), instant(day, end)
        if any(a < last and b > first for a, b in self._away.get(worker, ())):
            return None
        return start, end

    def team(self, code: str, day: date) -> list[str]:
        """Codes of the team's workers at work that day, in order."""
        return [
            worker.code
            for worker in self._workers.values()
            if code in worker.teams and self.hours(worker.code, day)
        ]


def absences(rng: Random, workers: Sequence[DemoWorker], *, today: date) -> list[DemoAbsence]:
    """Holidays, trainings and unplanned days of two years; some of them in the coming week."""
    rows = []
    for worker in workers:
        for year in (today.year - 1, today.year):
            rows += _year_of(rng, worker, year)
    next_week = monday(today) + timedelta(days=7)
    whole = (
        ("W05", 0, 5, AbsenceKind.PLANNED),
        ("W12", 0, 2, AbsenceKind.PLANNED),
        ("W08", 2, 3, AbsenceKind.TRAINING),
        ("W13", 3, 4, AbsenceKind.TRAINING),
        ("W02", 3, 5, AbsenceKind.PLANNED),
        ("W14", 3, 5, AbsenceKind.PLANNED),
    )
    coming = [
        _absence(code, next_week + timedelta(days=a), next_week + timedelta(days=b), kind)
        for code, a, b, kind in whole
    ]
    coming.append(
        DemoAbsence(
            worker="W11",
            starts_at=instant(next_week + timedelta(days=2), 780),
            ends_at=instant(next_week + timedelta(days=2), 1020),
            kind=AbsenceKind.PLANNED,
        )
    )
    first = instant(next_week, 0)
    later = instant(next_week + timedelta(days=7), 0)
    return [row for row in rows if row.ends_at <= first or row.starts_at >= later] + coming


def _year_of(rng: Random, worker: DemoWorker, year: int) -> list[DemoAbsence]:
    summer = date(year, 7, 1) + timedelta(days=rng.randrange(0, 46))
    spring = date(year, 3, 20) + timedelta(days=rng.randrange(0, 40))
    winter = date(year, 12, 22) + timedelta(days=rng.randrange(0, 4))
    rows = [
        _absence(worker.code, summer, summer + timedelta(days=16), AbsenceKind.PLANNED),
        _absence(worker.code, spring, spring + timedelta(days=5), AbsenceKind.PLANNED),
        _absence(worker.code, winter, winter + timedelta(days=6), AbsenceKind.PLANNED),
    ]
    for month in rng.sample((1, 2, 6, 9, 10, 11), 3):
        day = date(year, month, rng.randrange(1, 26))
        kind = rng.choice((AbsenceKind.UNPLANNED, AbsenceKind.UNPLANNED, AbsenceKind.TRAINING))
        rows.append(_absence(worker.code, day, day + timedelta(days=rng.randrange(1, 3)), kind))
    return [row for row in rows if row.starts_at >= instant(worker.employed_from, 0)]


def _absence(worker: str, first: date, end: date, kind: AbsenceKind) -> DemoAbsence:
    """Whole days, `end` excluded."""
    return DemoAbsence(
        worker=worker, starts_at=instant(first, 0), ends_at=instant(end, 0), kind=kind
    )
