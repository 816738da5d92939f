"""Where lunch fits between visits, and which meetings of the team a day has."""

from datetime import date

import pytest

from scheduling.windows import Interval
from service.encounters.between import lunch, meetings_on
from service.teams.policy import LunchRule, Meeting, TeamPolicy

RULE = LunchRule(from_minute=690, to_minute=840, minutes=30)


@pytest.mark.parametrize(
    ("taken", "start", "loose"),
    [
        ([], 750, False),  # in the middle of 11:30 to 14:00
        ([Interval(690, 780)], 795, False),
        ([Interval(540, 720), Interval(765, 900)], 725, False),
        ([Interval(690, 710), Interval(735, 750), Interval(770, 900)], 690, True),
        ([Interval(600, 900)], 690, True),
    ],
)
def test_lunch_takes_the_longest_time_that_is_free(
    taken: list[Interval], start: int, loose: bool
) -> None:
    found = lunch(RULE, taken)
    assert (found.start, found.loose) == (start, loose)
    assert found.end - found.start == (150 if loose else 30)
    assert loose or not any(one.start < found.end and found.start < one.end for one in taken)


def test_meetings_are_those_of_the_weekday() -> None:
    policy = TeamPolicy(meetings=(Meeting(weekdays=(1, 2), from_minute=540, to_minute=570),))
    assert meetings_on(policy, date(2026, 11, 30)) == [(540, 570)]
    assert meetings_on(policy, date(2026, 12, 2)) == []
