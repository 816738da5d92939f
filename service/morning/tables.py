"""Rows of what a morning meeting asked of a day."""

from piccolo.columns import Boolean, Date, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.morning.states import DayPart, DayWishKind
from service.people.base_tables import Tenant
from service.teams.tables import Team


class DayWish(Table, tablename="day_wishes"):
    """A tenant is to be seen on a day whatever was planned, or is not; the last word counts."""

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    day = Date()
    kind = Varchar(length=4, choices=DayWishKind)
    part = Varchar(length=12, choices=DayPart, default=DayPart.ANY)
    by_two = Boolean(default=False)
    asked_at = Timestamptz()
    asked_by = ForeignKey(references=Account, null=True, on_delete=OnDelete.restrict)
