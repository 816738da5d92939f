"""Rows for landlords, dwellings, leases (who signed), tenancies (who lives there) and moves."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, SmallInt, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table

from service.housing.states import (
    LandlordKind,
    LeaseKind,
    LeaseLevel,
    MoveKind,
    MoveState,
    TenancyEnd,
)
from service.people.base_tables import Tenant
from service.places.tables import Place

__all__ = ["Dwelling", "Landlord", "Lease", "Move", "Tenancy"]


class Landlord(Table, tablename="landlords"):
    """Who lets a dwelling."""

    name = Varchar(length=160)
    kind = Varchar(length=24, choices=LandlordKind)


class Dwelling(Table, tablename="dwellings"):
    """A home, whoever lives in it."""

    code = Varchar(length=16, unique=True)
    place = ForeignKey(references=Place, null=False, on_delete=OnDelete.restrict)
    landlord = ForeignKey(references=Landlord, null=False, on_delete=OnDelete.restrict)
    floor = SmallInt(default=0)
    lift = Boolean(default=False)
    shared = Boolean(default=False, help_text="a shared home may have several main tenancies")
    version = Integer(default=1)


class Lease(Table, tablename="leases"):
    """What was signed, from when to when; notice periods may overlap."""

    dwelling = ForeignKey(references=Dwelling, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=24, choices=LeaseKind)
    level = Varchar(length=4, choices=LeaseLevel, default=LeaseLevel.HEAD)
    head_lease: "ForeignKey[Lease]" = ForeignKey(
        references=LazyTableReference("Lease", module_path="service.housing.tables"),
        null=True,
        on_delete=OnDelete.restrict,
    )
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    notice_on = Date(null=True, default=None)
    rent_cents = Integer()
    charges_cents = Integer(default=0)


class Tenancy(Table, tablename="tenancies"):
    """One tenant living in one dwelling."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    dwelling = ForeignKey(references=Dwelling, null=False, on_delete=OnDelete.restrict)
    lease = ForeignKey(references=Lease, null=True, on_delete=OnDelete.restrict)
    main = Boolean(default=True, help_text="the tenant's main home")
    shared = Boolean(default=False, help_text="as the dwelling's, copied for the constraint")
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    end_reason = Varchar(length=8, choices=TenancyEnd, null=True, default=None)
    version = Integer(default=1)


class Move(Table, tablename="moves"):
    """A change of home: in, from home to home, back in, out."""

    tenant = ForeignKey(references=Tenant, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=16, choices=MoveKind)
    state = Varchar(length=12, choices=MoveState, default=MoveState.PLANNED)
    happens_on = Date()
    from_tenancy = ForeignKey(references=Tenancy, null=True, on_delete=OnDelete.restrict)
    to_tenancy = ForeignKey(references=Tenancy, null=True, on_delete=OnDelete.restrict)
    version = Integer(default=1)
