"""Reading about tenants is an act: it leaves a trace, in the same transaction."""

from service.access.policy import Viewer
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.people.caseload_queries import TenantLine, tenant_lines
from service.people.tenant_queries import tenant_page
from service.people.tenant_types import TenantPage


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
