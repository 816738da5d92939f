"""The tenant's own row, apart from the rest so that housing can refer to it."""

from piccolo.columns import Array, Boolean, Date, Integer, Varchar
from piccolo.table import Table

from service.people.states import EndReason
from service.teams.states import Gender


class Tenant(Table, tablename="tenants"):
    """A person housed or to be housed; the state follows from the dates.

    `referred_on <= accepted_on <= ended_on`; supported on a day when
    `accepted_on <= day < ended_on` (or no end).
    """

    code = Varchar(length=16, unique=True)
    first_name = Varchar(length=80)
    last_name = Varchar(length=80)
    name_key = Varchar(
        length=170, index=True, help_text="folded 'last first', for sorting and search"
    )
    birth_date = Date()
    gender = Varchar(length=1, choices=Gender)
    languages = Array(base_column=Varchar(length=8), default=list, help_text="best first")
    interpreter = Boolean(default=False)
    phone = Varchar(length=24, default="")
    funder = Varchar(length=24, help_text="cocom, federal, internee_path")
    referred_on = Date()
    accepted_on = Date(null=True, default=None)
    ended_on = Date(null=True, default=None, help_text="first day without support")
    end_reason = Varchar(length=12, choices=EndReason, null=True, default=None)
    version = Integer(default=1)
