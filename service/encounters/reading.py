"""Programs that read encounters leave a trace: of whom, how many."""

from datetime import date, datetime

from service.access.policy import Viewer
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.encounters.api_schemas import Encounter
from service.encounters.records import encounter_record, encounter_records


async def read_encounters(
    viewer: Viewer,
    *,
    tenant: str | None,
    first: date | None,
    last: date | None,
    before: tuple[datetime, int] | None,
    limit: int,
) -> tuple[Encounter, ...]:
    """Return a stretch of the list and write who read it."""
    async with unit_of_work() as uow:
        found = await encounter_records(
            viewer, tenant=tenant, first=first, last=last, before=before, limit=limit
        )
        detail = {"count": len(found), "tenant": tenant, "by": "token"}
        await record(uow, viewer, "list", "encounter", "list", detail)
    return found


async def read_encounter(viewer: Viewer, encounter: int) -> Encounter:
    """Return an encounter and write who read it; raises `NotFound`."""
    async with unit_of_work() as uow:
        found = await encounter_record(viewer, encounter)
        await record(uow, viewer, "read", "encounter", encounter, {"by": "token"})
    return found
