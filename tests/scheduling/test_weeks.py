"""Weeks with 53 in a year, and both clock changes in Brussels."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.weeks import (
    BRUSSELS,
    day_minutes,
    monday_of,
    to_instant,
    to_slot,
    week_from_name,
    week_name,
    weeks_in_year,
)

SPRING = date(2027, 3, 22)  # clocks go forward on Sunday 28 March 2027
AUTUMN = date(2026, 10, 19)  # clocks go back on Sunday 25 October 2026


def test_the_zone_is_brussels() -> None:
    assert ZoneInfo("Europe/Brussels") == BRUSSELS
    assert to_instant(date(2026, 7, 6), day=0, minute=600).hour == 8
    assert to_instant(date(2026, 11, 23), day=0, minute=600).hour == 9


def test_a_year_of_53_weeks() -> None:
    assert weeks_in_year(2026) == 53
    assert weeks_in_year(2027) == 52
    assert week_name(date(2026, 12, 28)) == "2026-W53"
    assert week_from_name("2026-W53") == date(2026, 12, 28)
    assert week_name(monday_of(date(2027, 1, 1))) == "2026-W53"


def test_there_is_no_week_53_in_2027() -> None:
    with pytest.raises(ValueError, match="53"):
        week_from_name("2027-W53")


@pytest.mark.parametrize("name", ["2026-53", "2026W53", "26-W53", "2026-W5", "2026-Wab", ""])
def test_other_spellings_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="write it as 2026-W07"):
        week_from_name(name)


def test_the_sunday_in_march_has_23_hours() -> None:
    assert [day_minutes(SPRING, d) for d in (5, 6)] == [1440, 1380]
    assert to_instant(SPRING, day=6, minute=60) == datetime(2027, 3, 28, 0, 0, tzinfo=UTC)
    assert to_instant(SPRING, day=6, minute=180) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_hour_that_does_not_exist_is_read_as_before_the_change() -> None:
    gap = to_instant(SPRING, day=6, minute=150)
    assert gap == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert to_slot(SPRING, gap) == (6, 210)


def test_the_sunday_in_october_has_25_hours_and_the_first_of_twins_counts() -> None:
    assert [day_minutes(AUTUMN, d) for d in (5, 6)] == [1440, 1500]
    first = to_instant(AUTUMN, day=6, minute=150)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert to_slot(AUTUMN, first) == to_slot(AUTUMN, second) == (6, 150)


def test_minute_1440_is_the_next_midnight() -> None:
    end = to_instant(AUTUMN, day=6, minute=1440)
    assert end == to_instant(date(2026, 10, 26), day=0, minute=0)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(monday_of),
    st.integers(0, 6),
    st.integers(0, 1439),
)
def test_slots_come_back_except_in_the_missing_hour(monday: date, day: int, minute: int) -> None:
    missing = day == 6 and day_minutes(monday, 6) == 1380 and 120 <= minute < 180
    back = to_slot(monday, to_instant(monday, day=day, minute=minute))
    assert back == (day, minute + 60 * missing)


def test_a_week_begins_on_monday() -> None:
    with pytest.raises(ValueError, match="begins on 2026-11-23"):
        week_name(date(2026, 11, 25))
    with pytest.raises(ValueError, match="time zone"):
        to_slot(SPRING, datetime(2027, 3, 28, 1, 30))  # noqa: DTZ001 - naive on purpose
