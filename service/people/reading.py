"""Programs that read about tenants leave the same trace as people: who read what, how much."""

from service.access.policy import Viewer
from service.audit.actions import Detail, record
from service.database.unit_of_work import unit_of_work
from service.people.api_schemas import Agreement, Tenant
from service.people.records import agreement_records, tenant_record, tenant_records


async def read_tenant_record(viewer: Viewer, code: str) -> Tenant:
    """Return a tenant's record and write who read it; raises `NotFound`."""
    async with unit_of_work() as uow:
        tenant, found = await tenant_record(viewer, code)
        part = "housing" if found.support is None else "support"
        await record(uow, viewer, "read", "tenant", tenant, {"part": part, "by": "token"})
    return found


async def read_tenant_records(
    viewer: Viewer, *, team: str | None = None, search: str = "", after: str | None, limit: int
) -> tuple[Tenant, ...]:
    """Return a stretch of the list and write who read it: how many, not what was searched."""
    async with unit_of_work() as uow:
        found = await tenant_records(viewer, team=team, search=search, after=after, limit=limit)
        detail: dict[str, Detail] = {
            "count": len(found),
            "searched": bool(search),
            "by": "token",
        }
        await record(uow, viewer, "list", "tenant", "list", detail)
    return found


async def read_agreements(viewer: Viewer, code: str) -> tuple[int, tuple[Agreement, ...]]:
    """Return the tenant's version and agreements, and write who read them."""
    async with unit_of_work() as uow:
        tenant, version, found = await agreement_records(viewer, code)
        await record(uow, viewer, "read", "tenant", tenant, {"part": "agreements", "by": "token"})
    return version, found
