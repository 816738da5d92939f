"""Rows of lone-worker checks, no-contact alerts and what a team set for them.

Steps are append-only: the application's role may insert and read them; those of a check go with
the check when it is erased. No row holds a location.
"""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.people.base_tables import Tenant
from service.rounds.tables import Visit
from service.safety.states import (
    AlertCause,
    AlertEnd,
    CheckEnd,
    LoneVisits,
    RiskKind,
)
from service.teams.tables import Team, Worker


class SafetySettings(Table, tablename="safety_settings"):
    """What a team set; a team without a row has the defaults. Minutes count from the planned end.

    `on_call`: who is told last when nobody has the on-call duty; `deputy`: in the lead's place
    where the lead is the one who is alone.
    """

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.cascade, unique=True)
    lone_visits = Varchar(length=8, choices=LoneVisits, default=LoneVisits.EVERY)
    due_minutes = SmallInt(default=15)
    buddy_minutes = SmallInt(default=20)
    lead_minutes = SmallInt(default=30)
    on_call_minutes = SmallInt(default=45)
    extend_minutes = SmallInt(default=15)
    no_signal_minutes = SmallInt(default=5)
    deputy = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    on_call = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    on_call_phone = Varchar(length=24, default="", help_text="to call when nobody answers")
    keep_days = SmallInt(default=30, help_text="checks are erased after so many days")
    missed_visits = SmallInt(default=3)
    gap_days = SmallInt(default=7, help_text="days beyond the agreement's longest gap")
    sooner_days = SmallInt(default=1, help_text="the same after hospital, prison or an overdose")
    sooner_for_days = SmallInt(default=30, help_text="how long 'after' lasts")
    version = Integer(default=1)
    updated_at = Timestamptz()
    updated_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)


class LoneCheck(Table, tablename="lone_checks"):
    """One time that a worker is alone; `ends_at` moves with each extension.

    The minutes are those set when it began. `gate`: the phone stays at the gate, so that no
    signal is expected from it.
    """

    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    visit = ForeignKey(references=Visit, null=True, on_delete=OnDelete.set_null)
    gate = Boolean(default=False)
    started_at = Timestamptz()
    started_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    ends_at = Timestamptz()
    due_minutes = SmallInt()
    buddy_minutes = SmallInt()
    lead_minutes = SmallInt()
    on_call_minutes = SmallInt()
    buddy = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    lead = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    on_call = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    last_signal_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    end_kind = Varchar(length=12, choices=CheckEnd, null=True, default=None)


class LoneCheckStep(Table, tablename="lone_check_steps"):
    """A step of a check; one the clock takes stands once for each `ends_at` it counts from."""

    lone_check = ForeignKey(references=LoneCheck, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=12, help_text="a `CheckStep`")
    at = Timestamptz()
    by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    told = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    counted_from = Timestamptz(null=True, default=None)


class ContactAlert(Table, tablename="contact_alerts"):
    """Nobody has met a tenant for too long: open until a contact, or until a lead closes it."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    cause = Varchar(length=12, choices=AlertCause)
    days = SmallInt(help_text="days since the last sign of life when it opened")
    missed = SmallInt(help_text="visits in a row without contact when it opened")
    opened_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
    end_kind = Varchar(length=16, choices=AlertEnd, null=True, default=None)
    version = Integer(default=1)


class ContactAlertStep(Table, tablename="contact_alert_steps"):
    """What was done in an alert, when and by whom."""

    alert = ForeignKey(references=ContactAlert, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, help_text="an `AlertStep`")
    at = Timestamptz()
    by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)


class RiskEvent(Table, tablename="risk_events"):
    """A dated fact about a tenant after which a gap counts sooner."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=12, choices=RiskKind)
    happened_on = Date()
    noted_at = Timestamptz()
    noted_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
