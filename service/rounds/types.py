"""What the planning spine hands to pages, feeds and commands: frozen, codes rather than names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scheduling.weeks import BRUSSELS
from service.rounds.run_types import PinnedPair, RepairChange, RunProgress
from service.rounds.run_types import WaitingReason as WaitingReason  # noqa: PLC0414 for others
from service.rounds.states import (
    ChangeKind,
    Effort,
    Priority,
    PublishedState,
    RosterState,
    RunKind,
    RunState,
    VisitKind,
    VisitState,
)
from service.teams.duties import MyDuty
from service.teams.states import Discipline, DutyKind, TeamKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A municipality in both languages."""

    refnis: str
    name_fr: str
    name_nl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardVisit:
    """A visit of the draft. `id` names it in actions; `workers` are codes in seat order.

    `change`: how it differs from what is published, None if it does not (or nothing is).
    `travel_before`: minutes of the way to it in the row where it stands, None where unknown.
    """

    id: int
    uid: UUID
    need: str
    tenant: str
    area: Area
    kind: VisitKind
    priority: Priority
    state: VisitState
    minutes: int
    workers_needed: int
    workers: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    pinned: bool
    promised: bool
    overdue_days: int
    reasons: tuple[WaitingReason, ...] = ()
    change: ChangeKind | None = None
    travel_before: int | None = None

    def partners(self, worker: str) -> tuple[str, ...]:
        """The others who go along with `worker`."""
        return tuple(code for code in self.workers if code != worker)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDuty:
    """A duty slot of the week; `worker` is the draft's, `published` who was told; None: nobody."""

    key: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    visits: bool
    worker: str | None
    published: str | None

    @property
    def changed(self) -> bool:
        """Whether publishing the week would tell somebody of it."""
        return self.worker != self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCell:
    """A worker's day: `hours` are (from, to) in local minutes after midnight, absences taken off.

    `off`: does not work that day by pattern; `absent`: would have, but is away (whole or part).
    """

    day: date
    hours: tuple[tuple[int, int], ...]
    off: bool
    absent: bool
    visits: tuple[BoardVisit, ...]
    duties: tuple[BoardDuty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A worker's row: minutes of visits in the week against the share meant for them.

    `comes_along`: a learner, who fills no seat of a visit and has no share.
    """

    worker: str
    first_name: str
    last_name: str
    discipline: Discipline
    visiting_minutes: int
    share_minutes: int
    cells: tuple[BoardCell, ...]
    comes_along: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The capacity line: '48 of 61 asked'.

    `beyond_gap`: waiting visits of tenants whose longest gap has passed; `musts_waiting`: those
    that must take place, and have no place; `shortfall`: how many are one or the other.
    `longest`: the most days that one of them is beyond the gap. `over_share`: workers (codes) who
    have more visiting time than is fair, with what earlier weeks left. `reserve_kept` is None while
    nothing is placed; `short_days` names the days on which the reserve is not kept.
    """

    asked: int
    placed: int
    waiting: int
    beyond_gap: int
    visiting_minutes: int
    share_minutes: int
    reserve_kept: bool | None
    short_days: tuple[date, ...] = ()
    musts_waiting: int = 0
    shortfall: int = 0
    longest: int = 0
    over_share: tuple[str, ...] = ()

    @property
    def falls_short(self) -> bool:
        """Whether the draft does not meet the team's agreements."""
        return self.shortfall > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRunView:
    """A plan run as people see it. `error` is a code (see `service.rounds.states.RunError`).

    `clashes`: where the week contradicts itself, the pairs of pinned visits that do.

    `changes`: of a repair that is done, every change of what is published, by need.

    `proposal`: it has a plan that waits to be accepted or discarded, since people worked on the
    draft or the week is published. `only_day`, `only_worker` (a code): what it may change.
    `absence`: it was asked after somebody called in sick.
    """

    id: int
    state: RunState
    effort: Effort
    seed: int
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested: bool
    progress: RunProgress | None
    cost: int | None
    cost_by_rule: dict[str, int]
    bound: int | None
    reproducible: bool | None
    error: str | None
    applied_at: datetime | None
    proposal: bool
    clashes: tuple[PinnedPair, ...] = ()
    kind: RunKind = RunKind.PLAN
    changes: tuple[RepairChange, ...] = ()
    only_day: date | None = None
    only_worker: str | None = None
    discarded_at: datetime | None = None
    absence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterHead:
    """A roster's own row. `version` is what actions want back as `expected_version`."""

    id: int
    state: RosterState
    revision: int
    version: int
    published_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Tenants of a team in a week, by the code of their primary worker ('' for nobody).

    `full_time_percent`: workers who visit, as full-time ones in percent; `most`: how many tenants
    one of them can care for.
    """

    tenants: Mapping[str, int]
    full_time_percent: int
    most: int

    @property
    def whole(self) -> int:
        """All tenants of the team."""
        return sum(self.tenants.values())

    @property
    def each(self) -> float:
        """Tenants for each full-time worker."""
        return 100 * self.whole / self.full_time_percent if self.full_time_percent else 0.0

    @property
    def too_many(self) -> bool:
        """Whether a full-time worker has more than one can care for."""
        return self.each > self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterBoard:
    """All that the board of a team's week shows; `roster` is None before the first draft.

    `days` are those that the team's policy shows (Monday to Friday, or all seven), and any other
    on which a visit stands. In `waiting` what must be this week comes first, then who waits
    longest.
    """

    team: str
    team_name: str
    team_kind: TeamKind
    week: date
    days: tuple[date, ...]
    roster: RosterHead | None
    rows: tuple[BoardRow, ...]
    waiting: tuple[BoardVisit, ...]
    capacity: Capacity
    caseload: Caseload
    changes_since_published: int
    run: PlanRunView | None
    open_duties: tuple[BoardDuty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlace:
    """Where a stop is, for the worker who goes there; never for a log or a problem."""

    name_fr: str
    name_nl: str
    street_fr: str
    street_nl: str
    house_number: str
    box: str
    postcode: str
    area: Area
    lat: float
    lon: float
    access_note: str
    dogs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyStop:
    """A published stop of one worker; a cancelled one stays, so that its going is seen.

    `partners` are codes, `companions` the same people's first names. `travel_before`: minutes of
    the way to it from the stop or the base before, where known.
    """

    visit: int
    uid: UUID
    tenant: str
    kind: VisitKind
    state: PublishedState
    starts_at: datetime
    ends_at: datetime
    partners: tuple[str, ...]
    promised: bool
    place: StopPlace
    changed_at: datetime
    cancelled_at: datetime | None
    companions: tuple[str, ...] = ()
    travel_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyWeek:
    """A worker's published week: seven days, each with its stops by start."""

    worker: str
    week: date
    days: tuple[tuple[date, tuple[MyStop, ...]], ...]
    duties: tuple[MyDuty, ...] = ()

    def duties_on(self, day: date) -> tuple[MyDuty, ...]:
        """The duties that begin on a day."""
        return tuple(d for d in self.duties if d.starts_at.astimezone(BRUSSELS).date() == day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a visit stands: from, to and with whom (codes in seat order)."""

    starts_at: datetime
    ends_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """A line of a publication: `before` is None for a new visit, `after` for a cancelled one.

    `promised`: the tenant was told, so somebody must tell them of the change.
    """

    visit: int
    tenant: str
    kind: ChangeKind
    visit_kind: VisitKind
    before: Standing | None
    after: Standing | None
    promised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBreach:
    """A hard rule that the draft breaks (`rule`: a name of `scheduling.check`).

    `visits` are ids, `workers` codes; `detail` holds the rule's numbers by name.
    """

    rule: str
    visits: tuple[int, ...]
    tenants: tuple[str, ...]
    workers: tuple[str, ...]
    day: date | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPreview:
    """What publishing would do; refused while `breaches` is not empty.

    `recipients`: codes of the workers whose week changes. `duties`: those that go to somebody
    else, or to nobody any more.
    """

    version: int
    revision: int
    changes: tuple[VisitChange, ...]
    recipients: tuple[str, ...]
    breaches: tuple[DraftBreach, ...]
    duties: tuple[BoardDuty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published; nothing changed means the same revision as before."""

    roster: int
    revision: int
    version: int
    changes: tuple[VisitChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slid:
    """Another visit of the day that made room: it begins at `after` instead of `before`."""

    tenant: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChange:
    """The draft after a person's change: its new version and what it now breaks because of it.

    `step` undoes it (`service.rounds.undoing`), None where nothing was kept of it. `slid`: the
    other visits of the day that made room.
    """

    version: int
    breaches: tuple[DraftBreach, ...]
    step: int | None = None
    slid: tuple[Slid, ...] = ()
    visit: int | None = None
