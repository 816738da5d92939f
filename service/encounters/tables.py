"""Rows for encounters: what took place, planned or not."""

from piccolo.columns import Array, ForeignKey, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.encounters.states import EncounterKind, Outcome
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


class EncounterWorker(Table, tablename="encounter_workers"):
    """A worker who was there."""

    encounter = ForeignKey(references=Encounter, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
