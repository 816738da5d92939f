"""For each hard rule: a plan that keeps it where it bites, one forced to break it, and the same
plan where the rule asks nothing."""

from collections.abc import Mapping

from tests.scheduling.rules.hard_duties import HARD_DUTIES
from tests.scheduling.rules.hard_people import HARD_PEOPLE
from tests.scheduling.rules.hard_seats import HARD_SEATS
from tests.scheduling.rules.hard_team import HARD_TEAM
from tests.scheduling.rules.hard_time import HARD_TIME
from tests.scheduling.rules.small import HardCase

_BASIC = {**HARD_PEOPLE, **HARD_TIME, **HARD_TEAM, **HARD_DUTIES}
HARD_CASES: Mapping[str, list[HardCase]] = {
    name: [*_BASIC.get(name, ()), *HARD_SEATS.get(name, ())] for name in {**_BASIC, **HARD_SEATS}
}
