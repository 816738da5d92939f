"""The duty slots of a week, from a team's settings: weekdays, nights, holidays, clock changes."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from service.errors import Misconfigured
from service.teams.duty_rules import DutyRule, OnHolidays, slots_of_week
from service.teams.policy import read_policy
from service.teams.states import DutyKind, TeamKind

MONDAY = date(2026, 11, 30)
CHRISTMAS = date(2026, 12, 21)


def rule(**more: object) -> DutyRule:
    given = {"kind": "evening", "weekdays": [1, 2, 3, 4, 5], "from_minute": 1020, "to_minute": 1320}
    return msgspec.convert(given | more, DutyRule)


def keys(*rules: DutyRule, monday: date = CHRISTMAS) -> list[str]:
    holidays = {date(2026, 12, 25)}
    return [slot.key for slot in slots_of_week(rules, monday, holidays=holidays)]


def test_each_weekday_has_its_slot_with_a_key_of_its_own() -> None:
    found = list(slots_of_week([rule(weekdays=[1, 7])], MONDAY, holidays=()))
    assert [slot.key for slot in found] == ["evening.2026-11-30.1020", "evening.2026-12-06.1020"]
    assert found[0].starts_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert found[0].ends_at == datetime(2026, 11, 30, 21, tzinfo=UTC)


def test_a_night_ends_on_the_next_day_also_when_the_clocks_change() -> None:
    night = rule(weekdays=[6], from_minute=1320, to_minute=1860)
    (autumn,) = slots_of_week([night], date(2026, 10, 19), holidays=())
    assert autumn.ends_at - autumn.starts_at == timedelta(hours=10)
    (spring,) = slots_of_week([night], date(2026, 3, 23), holidays=())
    assert spring.ends_at - spring.starts_at == timedelta(hours=8)


@pytest.mark.parametrize(
    ("on_holidays", "weekdays", "days"),
    [
        (OnHolidays.AS_USUAL, [4, 5], ["24", "25"]),
        (OnHolidays.NEVER, [4, 5], ["24"]),
        (OnHolidays.ALSO, [6, 7], ["25", "26", "27"]),
    ],
)
def test_holidays(on_holidays: OnHolidays, weekdays: list[int], days: list[str]) -> None:
    found = keys(rule(weekdays=weekdays, on_holidays=on_holidays.value))
    assert [key.split(".")[1][-2:] for key in found] == days


def test_settings_hold_rules_and_refuse_what_ends_before_it_begins() -> None:
    given = '{"duties": [{"kind": "phone", "weekdays": [1], "from_minute": 540, "to_minute": %s}]}'
    policy = read_policy(TeamKind.ACT, given % 720)
    assert policy.duties[0].kind is DutyKind.PHONE
    with pytest.raises(Misconfigured, match="ends after it began"):
        read_policy(TeamKind.ACT, given % 540)
