"""Building the demonstration: the same again, and right for other seeds and other days."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from service.demo import figures
from service.demo.build import build
from service.demo.model import Demo
from service.housing.states import MoveKind


def made(seed: int, today: date) -> Demo:
    now = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
    return build(seed=seed, now=now, today=today)


def test_the_same_seed_and_day_give_the_same_demonstration() -> None:
    day = date(2026, 11, 22)
    assert made(1, day) == made(1, day)


def test_another_seed_gives_other_people() -> None:
    day = date(2026, 11, 22)
    one, other = made(1, day), made(2, day)
    assert {t.last_name for t in one.tenants} != {t.last_name for t in other.tenants}
    assert one.encounters != other.encounters


@pytest.mark.parametrize(
    ("seed", "today"),
    [
        (2, date(2026, 11, 22)),
        (3, date(2027, 1, 1)),
        (5, date(2028, 2, 29)),
        (6, date(2026, 12, 31)),
    ],
)
def test_the_last_full_year_is_right_for_any_seed_and_day(seed: int, today: date) -> None:
    demo = made(seed, today)
    year = today.year - 1
    first, last = date(year, 1, 1), date(year, 12, 31)
    supported = [t for t in demo.tenants if t.accepted_on <= last and (t.ended_on or last) > first]
    assert len(supported) == figures.PEOPLE
    assert sum(year - t.birth_date.year for t in supported) == figures.PEOPLE * figures.MEAN_AGE
    assert Counter(t.gender for t in supported) == figures.GENDERS
    meetings = [e for e in demo.encounters if e.starts_at.year == year]
    assert Counter(e.kind for e in meetings) == figures.MEETINGS
    assert Counter(reason for e in meetings for reason in e.reasons) == figures.REASONS
    moves = Counter(m.kind for m in demo.moves if first <= m.happens_on <= last)
    assert moves[MoveKind.TO_STREET] + moves[MoveKind.TO_INSTITUTION] == figures.LOST
    assert moves[MoveKind.HOME_TO_HOME] == figures.HOME_TO_HOME
    assert moves[MoveKind.BACK_INTO_HOME] == figures.BACK_INTO_HOME
    assert moves[MoveKind.FIRST_MOVE_IN] == figures.FIRST_MOVE_INS
    assert moves[MoveKind.BY_DEATH] == figures.DIED_AT_HOME
    homes = [
        sum(t.starts_on <= day and (t.ends_on is None or day < t.ends_on) for t in demo.tenancies)
        for day in (first, last)
    ]
    assert homes == [67, 72]
    in_support = [
        sum(t.accepted_on <= day and (t.ended_on is None or day < t.ended_on) for t in demo.tenants)
        for day in (first, last)
    ]
    assert in_support == [78, 78]


def test_progress_counts_every_contact() -> None:
    told: list[tuple[int, int]] = []
    day = date(2027, 1, 1)
    now = datetime(2027, 1, 1, 8, tzinfo=UTC)
    build(seed=1, now=now, today=day, progress=lambda done, of: told.append((done, of)))
    assert told == [(i + 1, 2542) for i in range(2542)]
