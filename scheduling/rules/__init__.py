"""The judge's rules: a module each, and the registry that check, score and the pages read.

`HARD` and `SOFT` are in the order in which findings are listed; `SOFT` is the order of
`scheduling.plan.COST_RULES`. A hard and a soft rule may share a name (`gender`, `travel`);
five hard rules have a soft form, in which a weight is given.
"""

from scheduling.rules.base import HardRule, SoftRule
from scheduling.rules.hard import (
    after,
    alone,
    distinct,
    duty,
    exclusion,
    fixed,
    grid,
    limit,
    lunch,
    once,
    overlap,
    past,
    pin,
    reserve,
    resource,
    rest,
    seats,
    shift,
    spacing,
    unknown,
    visiting,
    window,
)
from scheduling.rules.hard import gender as gender_asked
from scheduling.rules.hard import travel as travel_time
from scheduling.rules.soft import (
    change,
    gender,
    introduction,
    language,
    largest_lateness,
    lateness,
    not_backup,
    not_primary,
    overload,
    preferred_slot,
    rotation,
    travel,
    unplaced,
    unwanted,
    waiting,
    wanted,
)
from scheduling.rules.soft import distinct as softly_distinct
from scheduling.rules.soft import limit as softly_limit
from scheduling.rules.soft import reserve as softly_reserve
from scheduling.rules.soft import spacing as softly_spacing
from scheduling.rules.soft import visiting as softly_visiting

HARD: tuple[HardRule, ...] = (
    unknown.RULE,
    once.RULE,
    grid.RULE,
    seats.RULE,
    after.RULE,
    alone.RULE,
    exclusion.RULE,
    gender_asked.RULE,
    shift.RULE,
    travel_time.RULE,
    lunch.RULE,
    window.RULE,
    fixed.RULE,
    past.RULE,
    limit.RULE,
    visiting.RULE,
    spacing.RULE,
    overlap.RULE,
    distinct.RULE,
    reserve.RULE,
    resource.RULE,
    pin.RULE,
    duty.RULE,
    rest.RULE,
)
SOFT: tuple[SoftRule, ...] = (
    unplaced.RULE,
    change.RULE,
    not_primary.RULE,
    not_backup.RULE,
    introduction.RULE,
    language.RULE,
    gender.RULE,
    wanted.RULE,
    unwanted.RULE,
    preferred_slot.RULE,
    lateness.RULE,
    rotation.RULE,
    travel.RULE,
    waiting.RULE,
    overload.RULE,
    largest_lateness.RULE,
    softly_limit.RULE,
    softly_visiting.RULE,
    softly_reserve.RULE,
    softly_distinct.RULE,
    softly_spacing.RULE,
)
RULES: tuple[HardRule | SoftRule, ...] = (*HARD, *SOFT)

__all__ = ["HARD", "RULES", "SOFT", "HardRule", "SoftRule"]
