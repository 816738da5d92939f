"""The frame of every edit of a tenant: access, version, audit, undo, refusals beside a field."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service import clock
from service.access.policy import OPENS_DAYS_AHEAD, TenantFacts, Viewer, may_see_tenant
from service.audit.actions import Detail, record
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused, Stale
from service.undo.actions import raise_version, remember
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable, Subject
from service.web.i18n import N_

May = Callable[[Viewer, TenantFacts], bool]

_OTHER = N_("Another one holds on some of these days: end that one first.")
RULES: Mapping[str, tuple[str, str]] = {
    "tenants_dates_in_order": ("accepted_on", N_("Not before the day of referral.")),
    "tenants_end_reason_with_end": ("ended_on", N_("An end needs a day and a reason.")),
    "assignments_no_overlap": ("starts_on", N_("This team has the tenant on some of these days.")),
    "assignments_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "stays_no_overlap": ("starts_on", _OTHER),
    "stays_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "stays_home_by_tenancy": ("tenancy", N_("Choose the tenancy of this home.")),
    "agreements_no_overlap": ("starts_on", _OTHER),
    "agreements_end_after_start": ("starts_on", N_("It ends after it begins.")),
    "agreement_pauses_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "series_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "exclusions_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "exclusions_review_after_start": ("review_on", N_("Not before the day it begins.")),
    "incomes_no_overlap": ("kind", _OTHER),
    "incomes_end_after_start": ("ends_on", N_("It ends after it begins.")),
    "safety_flags_once_per_tenant": ("reason", N_("A flag is in force already.")),
    "safety_flags_review_after_raising": ("review_on", N_("Not before today.")),
    "ethos_observations_once_per_tenant_observed_on_occasion": (
        "observed_on",
        N_("This is noted for that day already."),
    ),
}
"""What the database refuses of tenants, beside which field, in which words."""


@dataclass(frozen=True, slots=True)
class EditedTenant:
    """The tenant as it stands at the edit; days of support as they are stored."""

    id: int
    code: str
    version: int
    facts: TenantFacts
    accepted_on: date | None
    ended_on: date | None


class TenantEdit(ChangeSet):
    """An edit under way: rows are changed through it, `detail` goes into the audit trail."""

    def __init__(self, tenant: EditedTenant) -> None:
        super().__init__()
        self.tenant = tenant
        self.detail: dict[str, Detail] = {}
        self.edited = Edited(tenant.version)

    async def own(self, table: Editable, row: int) -> dict[str, Any]:
        """A row of this tenant's, as it stands; raises `NotFound` for another's."""
        found = await fetch_one(
            f"select * from {table} where id = $1 and tenant = $2 for update",  # noqa: S608
            row,
            self.tenant.id,
        )
        if found is None:
            raise NotFound
        return found


@asynccontextmanager
async def edited_tenant(
    viewer: Viewer, code: str, *, may: May, action: str, expected_version: int | None = None
) -> AsyncIterator[TenantEdit]:
    """Open an edit of a tenant; at its end the version is raised and the trail written.

    Raises `NotFound` for a stranger's tenant, `Forbidden` for a reader's, `Stale` for another
    version than the one that was seen, `Invalid` where the database refuses by a known rule.
    """
    try:
        async with unit_of_work() as uow:
            edit = TenantEdit(await _locked(viewer, code))
            if not may(viewer, edit.tenant.facts):
                raise Forbidden
            if expected_version is not None and edit.tenant.version != expected_version:
                raise Stale
            yield edit
            version = edit.tenant.version
            if edit.changes:
                version = await raise_version(Subject.TENANT, edit.tenant.id)
                detail = {**edit.detail, "version": version}
                await record(uow, viewer, action, "tenant", edit.tenant.id, detail)
            step = await remember(viewer, edit, subject=Subject.TENANT, row=edit.tenant.id)
            edit.edited = Edited(version, step)
    except Refused as refusal:
        raise refused_field(refusal) from None


def refused_field(refusal: Refused) -> Exception:
    """The error beside its field that a refusal of the database stands for, else itself."""
    if refusal.constraint not in RULES:
        return refusal
    field, sentence = RULES[refusal.constraint]
    return Invalid({field: sentence})


async def tenant_facts(code: str) -> EditedTenant | None:
    """What access to a tenant hangs on, or None; locks nothing."""
    row = await fetch_one(_TENANT, code, clock.today() + timedelta(days=OPENS_DAYS_AHEAD))
    return _edited(row) if row else None


async def _locked(viewer: Viewer, code: str) -> EditedTenant:
    await fetch_one("select id from tenants where code = $1 for update", code)
    found = await tenant_facts(code)
    if found is None or not may_see_tenant(viewer, found.facts):
        raise NotFound
    return found


def _edited(row: dict[str, Any]) -> EditedTenant:
    return EditedTenant(
        id=row["id"],
        code=row["code"],
        version=row["version"],
        facts=TenantFacts(frozenset(row["team_ids"])),
        accepted_on=row["accepted_on"],
        ended_on=row["ended_on"],
    )


_TENANT = f"""
select t.id, t.code, t.version, t.accepted_on, t.ended_on,
    array(select a.team from assignments a where a.tenant = t.id and a.starts_on <= $2
          and coalesce(a.ends_on > $2::date - {OPENS_DAYS_AHEAD}, true)) as team_ids
from tenants t where t.code = $1
"""  # noqa: S608 built of constants
