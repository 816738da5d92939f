"""Rows for encounters: what took place, planned or not."""

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    Boolean,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.encounters.states import DayPart, EncounterKind, MarkKind, Outcome, Supply
from service.people.base_tables import Tenant
from service.people.states import StayKind
from service.rounds.tables import Visit
from service.teams.tables import Team, Worker


class Encounter(Table, tablename="encounters"):
    """One contact with a tenant (or an attempt), late or not."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    visit = ForeignKey(references=Visit, null=True, on_delete=OnDelete.restrict)
    kind = Varchar(length=16, choices=EncounterKind)
    outcome = Varchar(length=20, choices=Outcome)
    starts_at = Timestamptz()
    minutes = SmallInt()
    place_kind = Varchar(length=12, choices=StayKind, null=True, default=None)
    reasons = Array(base_column=Varchar(length=20), default=list)
    recorded_at = Timestamptz()
    recorded_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    client_id = UUID(null=True, default=None, help_text="made by the browser: effect once")
    late = Boolean(default=False, help_text="recorded after the day on which it took place")
    version = Integer(default=1)


class EncounterWorker(Table, tablename="encounter_workers"):
    """A worker who was there."""

    encounter = ForeignKey(references=Encounter, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)


class EncounterSupply(Table, tablename="encounter_supplies"):
    """What was handed out then."""

    encounter = ForeignKey(references=Encounter, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, choices=Supply)
    pieces = SmallInt()


class EncounterCorrection(Table, tablename="encounter_corrections"):
    """How an encounter stood before it was corrected."""

    encounter = ForeignKey(references=Encounter, null=False, on_delete=OnDelete.restrict)
    version = Integer(help_text="the version that was replaced")
    before = JSONB(help_text="{kind, outcome, starts_at, minutes, reasons, supplies, workers}")
    corrected_at = Timestamptz()
    corrected_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)


class VisitMark(Table, tablename="visit_marks"):
    """A worker is on the way to a visit, or has arrived; no place is ever kept."""

    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.restrict)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, choices=MarkKind)
    at = Timestamptz()


class RetryWish(Table, tablename="retry_wishes"):
    """How a missed visit is to be tried again: at another time of day, after a call."""

    visit = ForeignKey(references=Visit, null=False, on_delete=OnDelete.restrict)
    part = Varchar(length=12, choices=DayPart, null=True, default=None)
    call_first = Boolean(default=False)
    wished_at = Timestamptz()
    wished_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
