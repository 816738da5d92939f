"""For each hard rule: a plan that keeps it where it bites, one forced to break it, and the same
plan where the rule asks nothing."""

from collections.abc import Mapping

from tests.scheduling.rules.hard_people import HARD_PEOPLE
from tests.scheduling.rules.hard_team import HARD_TEAM
from tests.scheduling.rules.hard_time import HARD_TIME
from tests.scheduling.rules.small import HardCase

HARD_CASES: Mapping[str, list[HardCase]] = {**HARD_PEOPLE, **HARD_TIME, **HARD_TEAM}
