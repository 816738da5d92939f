"""The planner's frozen output: who visits when, what is left out and why, at what cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scheduling.problem import Code, Placement, Staffed

__all__ = [
    "COST_RULES",
    "Effort",
    "MasterStatus",
    "Placement",
    "Plan",
    "Reason",
    "ReasonCode",
    "Staffed",
    "Unplaced",
]

COST_RULES = (
    "unplaced",
    "change",
    "not_primary",
    "not_backup",
    "introduction",
    "language",
    "gender",
    "wanted",
    "unwanted",
    "preferred_slot",
    "lateness",
    "rotation",
    "travel",
    "waiting",
    "overload",
    "largest_lateness",
    "limit",
    "visiting",
    "reserve",
    "distinct",
    "spacing",
)
"""Every soft rule, in the order of `Weights`' text; the keys of `Plan.costs`."""


class Effort(StrEnum):
    """How many iterations a solve spends."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


class MasterStatus(StrEnum):
    """What the CP-SAT master said about the routes it composed the plan from."""

    SKIPPED = "skipped"
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    UNKNOWN = "unknown"


class ReasonCode(StrEnum):
    """Filters of the static chain in the order they are applied, then what the plan itself does."""

    ROLE = "role"
    EXCLUSION = "exclusion"
    GENDER = "gender"
    DUTY = "duty"
    WINDOW = "window"
    TRAVEL = "travel"
    LUNCH = "lunch"
    LIMIT = "limit"
    PAIR = "pair"
    HOURS = "hours"
    VISITS = "visits"
    RESERVE = "reserve"
    SPACING = "spacing"
    CONFLICT = "conflict"
    PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """After filter `code`, `left` (worker, day) choices were left for the visit; what each filter
    asks:

    `role` seats' disciplines and skills, and pinned workers; `exclusion` tenant, place, dogs, going
    alone; `gender` hard wish; `duty` a lane long enough on an allowed day (days of pin and `fixed`
    included); `window` some start inside windows, lane and `now`; `travel` there from base and back
    inside the lane beside busy times; `lunch` the same with lunch where due; `limit` room in the
    limits of day and week on its own; `pair` enough different workers on one day at one start (for
    visits of one seat always equal to `limit`). The last one is about this plan, `left` being
    the choices that exist: it would fit if the workers had visiting hours left in the week
    (`hours`), were not at their number of visits of the day (`visits`), if the team's `reserve`
    were used, or beside the tenant's other visits (`spacing`); `conflict`: none of these alone
    makes room; `price`: there is room, but every place costs at least as much as leaving out.
    """

    code: ReasonCode
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A visit left out: the filters up to the first that leaves nothing, or all and the last."""

    visit: Code
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A week's plan for the problem with hash `problem` (`scheduling.instances.problem_hash`).

    `placements` and `unplaced` are sorted by visit code and hold each visit of the problem exactly
    once; `duties` by duty code those that somebody has. `costs` has a key for each of `COST_RULES`;
    `cost` is their sum. `reproducible`: the same problem, seed and effort give the same bytes again
    (false when a time limit or a cancellation cut the run). `bound`: a proved lower bound of `cost`
    over all plans, None when none was computed. `alone`: what every plan costs because nobody could
    be given some visits, even alone in the week; what can be planned better lies above it. None
    where that was not looked at.
    """

    schema: int = 1
    problem: str
    placements: tuple[Placement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    duties: tuple[Staffed, ...] = ()
    cost: int = 0
    costs: Mapping[str, int] = field(default_factory=dict)
    bound: int | None = None
    alone: int | None = None
    effort: Effort = Effort.NORMAL
    seed: int = 1
    iterations: int = 0
    reproducible: bool = True
    master: MasterStatus = MasterStatus.SKIPPED
