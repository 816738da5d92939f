"""For each soft rule: a plan that costs nothing by it, one that costs a sum worked out by hand, and
the same plan where nothing is wished."""

from collections.abc import Mapping

from tests.scheduling.rules.small import SoftCase
from tests.scheduling.rules.soft_limits import SOFT_LIMITS
from tests.scheduling.rules.soft_people import SOFT_PEOPLE
from tests.scheduling.rules.soft_time import SOFT_TIME

SOFT_CASES: Mapping[str, list[SoftCase]] = {**SOFT_PEOPLE, **SOFT_TIME, **SOFT_LIMITS}
