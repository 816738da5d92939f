"""Reading a tenant's page is an act: it leaves a trace, in the same transaction."""

from service.access.policy import Viewer
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.people.tenant_queries import tenant_page
from service.people.tenant_types import TenantPage


async def read_tenant_page(viewer: Viewer, code: str) -> TenantPage:
    """Return a tenant's page and write who read it; a page that is refused leaves no trace."""
    async with unit_of_work() as uow:
        found = await tenant_page(viewer, code)
        part = "housing" if found.support is None else "support"
        await record(uow, viewer, "read", "tenant", found.id, {"part": part})
    return found
