"""What is seen of a plan run: where it stands, which pins clash, what a repair changes."""

from dataclasses import dataclass
from datetime import datetime

from scheduling.rules.base import Sentence
from service.rounds.states import RepairKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReason:
    """The planner's filter `code` left `left` choices; see `scheduling.plan.ReasonCode`."""

    code: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """Where a solve stands. `share`: 0 to 100; `placed` of `asked` visits in its best plan.

    `iteration` of `iterations` of the search; `bound`: no plan costs less, None while unproved.
    """

    phase: str
    share: int
    cost: int | None
    placed: int | None
    asked: int | None
    iteration: int = 0
    iterations: int = 0
    bound: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedVisit:
    """A pinned visit of the draft: its row, its code in the problem, its tenant's code."""

    id: int
    need: str
    tenant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedPair:
    """Two pinned visits that cannot both be kept: why, and what to do (templates with codes).

    `visits`: those of both that the draft still has.
    """

    visits: tuple[PinnedVisit, ...]
    sentence: Sentence
    advice: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairStanding:
    """Where a visit of a repair stands: codes of workers in seat order."""

    starts_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairChange:
    """What a repair makes of one published or new visit, and who must be told.

    `tenant` is None for a visit that is not asked any more; `tell_tenant`: it was promised, or is
    within a day. `reason`: the planner's last filter for one that is dropped.
    """

    visit: str
    tenant: str | None
    became: RepairKind
    before: RepairStanding | None
    after: RepairStanding | None
    tell: tuple[str, ...]
    tell_tenant: bool
    reason: WaitingReason | None
