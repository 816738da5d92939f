"""Rows for tenants and everything agreed with or known about them that the week needs."""

from piccolo.columns import (
    JSONB,
    Array,
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

from service.housing.tables import Tenancy
from service.people.base_tables import Tenant
from service.people.states import (
    AgreementPreset,
    AppointmentKind,
    AppointmentState,
    EthosOccasion,
    IncomeKind,
    SeriesKind,
    StayKind,
    Wish,
)
from service.places.tables import Municipality, Place
from service.teams.states import Discipline, Gender
from service.teams.tables import Resource, Team, Worker

__all__ = [
    "Agreement",
    "AgreementPause",
    "Appointment",
    "Assignment",
    "EthosObservation",
    "Exclusion",
    "Income",
    "SafetyFlag",
    "Series",
    "Stay",
    "Tenant",
    "WorkerWish",
]


class Assignment(Table, tablename="assignments"):
    """A tenant in a team's caseload, with the worker responsible and a named back-up."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    primary_worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    backup_worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")


class Stay(Table, tablename="stays"):
    """Where a tenant can be visited: visits follow the stay that began last."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, choices=StayKind)
    tenancy = ForeignKey(references=Tenancy, null=True, on_delete=OnDelete.restrict)
    place = ForeignKey(references=Place, null=False, on_delete=OnDelete.restrict)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    visiting_windows = JSONB(
        default="[]", help_text="[{weekday 1-7, from_minute, to_minute}]; empty: any time"
    )
    dogs = Boolean(default=False)
    permit_needed = Boolean(default=False)
    access_note = Text(default="", help_text="floor, bell, how to get in; shown to the team alone")
    unsafe_persons = Text(default="", help_text="whom to look out for there; shown to the team")
    version = Integer(default=1)


class Agreement(Table, tablename="agreements"):
    """What contact the tenant chose; dated, replaced and never overwritten."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    preset = Varchar(length=16, choices=AgreementPreset, default=AgreementPreset.CUSTOM)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    contacts = SmallInt(help_text="face-to-face contacts in a period")
    period_days = SmallInt(default=7)
    longest_gap_days = SmallInt()
    minutes = SmallInt()
    workers_needed = SmallInt(default=1)
    disciplines = Array(
        base_column=Varchar(length=24), default=list, help_text="empty: any discipline"
    )
    windows = JSONB(
        default="[]", help_text="[{weekday 1-7, from_minute, to_minute}]; empty: any time"
    )
    gender_wish = Varchar(length=1, choices=Gender, null=True, default=None)
    gender_wish_hard = Boolean(default=False)
    distinct_workers = SmallInt(default=2, help_text="workers to see in two weeks (rotation)")
    most_workers = SmallInt(null=True, default=None, help_text="cap for who cannot bear many")
    counts_phone = Boolean(default=False)
    version = Integer(default=1)


class AgreementPause(Table, tablename="agreement_pauses"):
    """Days on which an agreement asks for nothing."""

    agreement = ForeignKey(references=Agreement, null=False, on_delete=OnDelete.cascade)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")


class WorkerWish(Table, tablename="worker_wishes"):
    """A worker the tenant would rather see, or not (a wish: an exclusion is hard)."""

    agreement = ForeignKey(references=Agreement, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    wish = Varchar(length=8, choices=Wish)


class Series(Table, tablename="series"):
    """Visits that must take place on given days or at an interval, beside the agreement."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, choices=SeriesKind)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    weekdays = Array(base_column=SmallInt(), default=list, help_text="1-7; or an interval instead")
    interval_days = SmallInt(null=True, default=None)
    tolerance_days = SmallInt(default=0)
    anchor_on = Date(null=True, default=None, help_text="first due day of an interval series")
    minutes = SmallInt()
    discipline = Varchar(length=24, choices=Discipline, null=True, default=None)
    workers_needed = SmallInt(default=1)
    from_minute = SmallInt(null=True, default=None)
    to_minute = SmallInt(null=True, default=None)


class Exclusion(Table, tablename="exclusions"):
    """Who must not meet whom, or where: worker and tenant, worker and place, tenant and area."""

    worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    tenant = ForeignKey(references=Tenant, null=True, on_delete=OnDelete.restrict)
    place = ForeignKey(references=Place, null=True, on_delete=OnDelete.restrict)
    municipality = ForeignKey(
        references=Municipality, null=True, target_column="refnis", on_delete=OnDelete.restrict
    )
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    reason = Text(default="", help_text="shown to leads of the team alone")
    review_on = Date(null=True, default=None, help_text="it stays in force after this day")


class SafetyFlag(Table, tablename="safety_flags"):
    """'Two workers': stays in force after its review date until a lead lifts it with a reason."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    raised_on = Date()
    review_on = Date()
    reason = Text(default="")
    lifted_on = Date(null=True, default=None)
    lifted_by = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    lift_reason = Text(default="")


class EthosObservation(Table, tablename="ethos_observations"):
    """Where somebody lived on a day, in the words of the ETHOS typology."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    observed_on = Date()
    category = SmallInt(help_text="1 living rough to 13 extreme overcrowding")
    occasion = Varchar(length=8, choices=EthosOccasion)


class Income(Table, tablename="incomes"):
    """A source of income; several at once are usual."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=24, choices=IncomeKind)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")


class Appointment(Table, tablename="appointments"):
    """Something outside, at a fixed time, to which the tenant is accompanied."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=16, choices=AppointmentKind)
    place = ForeignKey(references=Place, null=False, on_delete=OnDelete.restrict)
    pick_up = ForeignKey(references=Place, null=True, on_delete=OnDelete.restrict)
    end_place = ForeignKey(references=Place, null=True, on_delete=OnDelete.restrict)
    starts_at = Timestamptz(help_text="when one must be there")
    minutes = SmallInt(help_text="expected stay, waiting included")
    workers_needed = SmallInt(default=1)
    discipline = Varchar(length=24, choices=Discipline, null=True, default=None)
    state = Varchar(length=12, choices=AppointmentState, default=AppointmentState.PLANNED)
    version = Integer(default=1)


class AppointmentResource(Table, tablename="appointment_resources"):
    """What an appointment needs of a team's cars, interpreters, rooms: one of each."""

    appointment = ForeignKey(references=Appointment, null=False, on_delete=OnDelete.cascade)
    resource = ForeignKey(references=Resource, null=False, on_delete=OnDelete.restrict)
