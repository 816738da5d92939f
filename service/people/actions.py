"""What people do with tenants' data: reading leaves a trace, changes are made in `changes`."""

from service.access.policy import Viewer
from service.audit.actions import Detail, record
from service.database.unit_of_work import unit_of_work
from service.people.caseload_queries import TenantLine, tenant_lines
from service.people.changes.agreement import agree, end_agreement, remove_pause, save_pause
from service.people.changes.appointment import cancel_appointment, save_appointment
from service.people.changes.assignment import save_assignment
from service.people.changes.observed import remove_observed, save_ethos, save_income
from service.people.changes.person import add_tenant, change_person
from service.people.changes.safety import (
    end_exclusion,
    lift_flag,
    raise_flag,
    review_flag,
    save_exclusion,
)
from service.people.changes.series import end_series, save_series
from service.people.changes.stay import remove_stay, save_stay
from service.people.history_queries import History, tenant_history
from service.people.tenant_queries import tenant_page
from service.people.tenant_types import TenantPage

__all__ = [
    "add_tenant",
    "agree",
    "cancel_appointment",
    "change_person",
    "end_agreement",
    "end_exclusion",
    "end_series",
    "lift_flag",
    "raise_flag",
    "read_history",
    "read_tenant_list",
    "read_tenant_page",
    "remove_observed",
    "remove_pause",
    "remove_stay",
    "review_flag",
    "save_appointment",
    "save_assignment",
    "save_ethos",
    "save_exclusion",
    "save_income",
    "save_pause",
    "save_series",
    "save_stay",
]


async def read_tenant_page(viewer: Viewer, code: str) -> TenantPage:
    """Return a tenant's page and write who read it; a page that is refused leaves no trace."""
    async with unit_of_work() as uow:
        found = await tenant_page(viewer, code)
        part = "housing" if found.support is None else "support"
        await record(uow, viewer, "read", "tenant", found.id, {"part": part})
    return found


async def read_tenant_list(
    viewer: Viewer, *, team: str | None, mine: bool, search: str
) -> tuple[TenantLine, ...]:
    """Return the list of tenants and write who read it: how many names, not what was typed."""
    async with unit_of_work() as uow:
        lines = await tenant_lines(viewer, team=team, mine=mine, search=search)
        detail = {"count": len(lines), "searched": bool(search)}
        await record(uow, viewer, "list", "tenant", "list", detail)
    return lines


async def read_history(viewer: Viewer, code: str) -> History:
    """Return a tenant's history and write who read it."""
    async with unit_of_work() as uow:
        found = await tenant_history(viewer, code)
        detail: dict[str, Detail] = {"part": "history", "support": found.support}
        await record(uow, viewer, "read", "tenant", found.tenant, detail)
    return found
