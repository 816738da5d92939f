"""Rows for plan runs, rosters, the draft's visits and what was published of them.

A roster is a team's week. Its draft is `visits` and `visit_workers`, which people and plan
runs change at will. Publishing copies the draft, in one transaction, into `published_visits`
and `published_stops`: the only rows that feeds and workers' pages read. A visit keeps its
`uid` for life, whoever goes and whenever.
"""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.people.base_tables import Tenant
from service.people.tables import Appointment, Series
from service.places.tables import Place
from service.rounds.states import (
    ChangeKind,
    Effort,
    Priority,
    PublishedState,
    RosterState,
    RunKind,
    RunState,
    StepKind,
    VisitKind,
    VisitState,
)
from service.teams.tables import Absence, Team, Worker


class PlanRun(Table, tablename="plan_runs"):
    """One call of the planner; its row is the truth, the queue only carries its id."""

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    week = Date(help_text="a Monday")
    state = Varchar(length=12, choices=RunState, default=RunState.QUEUED)
    effort = Varchar(length=12, choices=Effort, default=Effort.NORMAL)
    seed = BigInt(default=1)
    requested_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    requested_at = Timestamptz()
    started_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    heartbeat_at = Timestamptz(null=True, default=None)
    attempts = SmallInt(default=0)
    cancel_requested = Boolean(default=False)
    problem = Text(null=True, default=None, help_text="canonical JSON, codes only")
    problem_hash = Varchar(length=64, null=True, default=None)
    roster_version = Integer(null=True, default=None, help_text="the draft it was made from")
    progress = JSONB(null=True, default=None)
    plan = Text(null=True, default=None, help_text="canonical JSON; only a plan that passed check")
    cost = BigInt(null=True, default=None)
    cost_by_rule = JSONB(null=True, default=None)
    bound = BigInt(null=True, default=None)
    reproducible = Boolean(null=True, default=None)
    error = Varchar(length=40, null=True, default=None, help_text="a code, never a message")
    applied_at = Timestamptz(null=True, default=None, help_text="when it became the draft")
    kind = Varchar(length=12, choices=RunKind, default=RunKind.PLAN)
    changes = JSONB(null=True, default=None, help_text="a repair's, and who must be told; codes")
    only_day = Date(null=True, default=None, help_text="the rest of the week is held")
    only_worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    absence = ForeignKey(references=Absence, null=True, on_delete=OnDelete.set_null)
    applied_version = Integer(null=True, default=None, help_text="the draft's, right after")
    discarded_at = Timestamptz(null=True, default=None)


class Roster(Table, tablename="rosters"):
    """A team's week. `revision` counts publications, `version` every change of the draft."""

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    week = Date(help_text="a Monday")
    state = Varchar(length=12, choices=RosterState, default=RosterState.DRAFT)
    revision = Integer(default=0)
    version = Integer(default=1)
    plan_run = ForeignKey(references=PlanRun, null=True, on_delete=OnDelete.restrict)
    published_at = Timestamptz(null=True, default=None)
    published_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    updated_at = Timestamptz()
    updated_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)


class Visit(Table, tablename="visits"):
    """A visit of a roster's draft, placed or waiting."""

    uid = UUID(unique=True)
    roster = ForeignKey(references=Roster, null=False, on_delete=OnDelete.cascade)
    need = Varchar(length=60, help_text="stable key of the need in its week, codes only")
    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=16, choices=VisitKind)
    priority = Varchar(length=8, choices=Priority)
    place = ForeignKey(references=Place, null=False, on_delete=OnDelete.restrict)
    appointment = ForeignKey(references=Appointment, null=True, on_delete=OnDelete.restrict)
    series = ForeignKey(references=Series, null=True, on_delete=OnDelete.restrict)
    minutes = SmallInt()
    workers_needed = SmallInt(default=1)
    overdue_days = SmallInt(default=0)
    state = Varchar(length=12, choices=VisitState, default=VisitState.WAITING)
    starts_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    pinned = Boolean(default=False)
    promised = Boolean(default=False)
    one_worker = Boolean(default=False, help_text="a person lets one go where two were agreed")
    reasons = JSONB(default="[]", help_text="why it waits: [{code, count...}] of the planner")
    updated_at = Timestamptz()
    updated_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)


class VisitWorker(Table, tablename="visit_workers"):
    """Who goes, in the draft."""

    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    seat = SmallInt(default=0)


class PublishedVisit(Table, tablename="published_visits"):
    """A visit as published; cancelled ones stay as rows."""

    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.restrict, unique=True)
    state = Varchar(length=12, choices=PublishedState, default=PublishedState.CONFIRMED)
    place = ForeignKey(references=Place, null=False, on_delete=OnDelete.restrict)
    workers_needed = SmallInt(default=1)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    sequence = Integer(default=0, help_text="+1 on a change of time, place, state or workers")
    changed_at = Timestamptz(help_text="strictly increasing with sequence")
    cancelled_at = Timestamptz(null=True, default=None)


class PublishedStop(Table, tablename="published_stops"):
    """A worker's part in a published visit; one taken from them stays as cancelled."""

    published_visit = ForeignKey(references=PublishedVisit, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    seat = SmallInt(default=0)
    state = Varchar(length=12, choices=PublishedState, default=PublishedState.CONFIRMED)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    sequence = Integer(default=0)
    changed_at = Timestamptz()
    cancelled_at = Timestamptz(null=True, default=None)


class RosterChange(Table, tablename="roster_changes"):
    """One line of a publication's list: a visit that is new, moved or cancelled."""

    roster = ForeignKey(references=Roster, null=False, on_delete=OnDelete.cascade)
    revision = Integer()
    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, choices=ChangeKind)
    before = JSONB(null=True, default=None, help_text="{starts_at, ends_at, workers: [code]}")
    after = JSONB(null=True, default=None)
    changed_at = Timestamptz()


class DraftStep(Table, tablename="draft_steps"):
    """What one person did to a draft, as visits stood before and after: to say it, and undo it."""

    roster = ForeignKey(references=Roster, null=False, on_delete=OnDelete.cascade)
    version = Integer(help_text="of the roster, which the step made")
    kind = Varchar(length=12, choices=StepKind)
    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.cascade)
    before = JSONB(help_text="[{visit, state, starts_at, ends_at, pinned, promised, workers}]")
    after = JSONB(help_text="the same visits afterwards, in the same order; ids only")
    undone = Boolean(default=False)
    made_at = Timestamptz()
    made_by = ForeignKey(references=Account, null=False, on_delete=OnDelete.restrict)


class RosterView(Table, tablename="roster_views"):
    """When a worker last opened the page of a week of theirs."""

    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.cascade)
    week = Date(help_text="a Monday")
    opened_at = Timestamptz()
