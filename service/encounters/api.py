"""`/api/v1/encounters`: what took place, read and recorded by programs."""

from datetime import date, datetime
from typing import Annotated

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.api.paging import Paging
from service.api.routing import BASE, SUPPORT, reads, writes
from service.api.versions import ETAG_HEADER, LOCATION_HEADER, versioned
from service.encounters.actions import correct_encounter, record_contact, record_outcome
from service.encounters.api_schemas import Encounter, EncounterChange, EncounterPage, NewEncounter
from service.encounters.reading import read_encounter, read_encounters
from service.encounters.said import ContactSaid, Correction, Details, Recorded, Said
from service.errors import Invalid

TenantFilter = Annotated[
    str, QueryParameter(max_length=16, description="Only those with the tenant of this code.")
]
FirstDay = Annotated[
    date | None, QueryParameter(name="from", description="From this day on, in Brussels.")
]
LastDay = Annotated[date | None, QueryParameter(name="to", description="Until this day, included.")]


@get("/encounters", opt=reads(Area.ENCOUNTERS, *SUPPORT), name="api_encounters")
async def encounters(
    viewer: NamedDependency[Viewer],
    paging: NamedDependency[Paging],
    tenant: TenantFilter = "",
    first: FirstDay = None,
    last: LastDay = None,
) -> EncounterPage:
    """List encounters of the caller's teams, latest first. That they were read is written down."""
    rows = await read_encounters(
        viewer,
        tenant=tenant or None,
        first=first,
        last=last,
        before=paging.after(tuple[datetime, int]),
        limit=paging.limit + 1,
    )
    items, cursor = paging.page(rows, lambda one: (one.starts_at, one.id))
    return EncounterPage(items=items, next_cursor=cursor)


@get(
    "/encounters/{encounter:int}",
    opt=reads(Area.ENCOUNTERS, *SUPPORT),
    name="api_encounter",
    response_headers=[ETAG_HEADER],
)
async def encounter(
    viewer: NamedDependency[Viewer], encounter: FromPath[int]
) -> Response[Encounter]:
    """Read one encounter. That it was read is written down."""
    found = await read_encounter(viewer, encounter)
    return versioned(found, found.version)


@post(
    "/encounters",
    opt=writes(Area.ENCOUNTERS, *SUPPORT),
    name="api_record_encounter",
    status_code=201,
    response_headers=[ETAG_HEADER, LOCATION_HEADER],
)
async def record(
    data: JSONBody[NewEncounter], viewer: NamedDependency[Viewer]
) -> Response[Encounter]:
    """Record what took place: a planned visit's outcome, or a contact that nobody had planned.

    Never refused for being late. Sent again with its `client_id`, or for a visit that has its
    outcome already, it answers with what stands.
    """
    said = Said(
        outcome=data.outcome,
        details=Details(reasons=data.reasons, supplies=data.supplies, minutes=data.minutes),
        client_id=data.client_id,
        noted_at=data.noted_at,
    )
    done = await _recorded(viewer, data, said)
    found = await read_encounter(viewer, done.id)
    return versioned(found, found.version, location=f"{BASE}/encounters/{done.id}")


@put(
    "/encounters/{encounter:int}",
    opt=writes(Area.ENCOUNTERS, *SUPPORT),
    name="api_correct_encounter",
    response_headers=[ETAG_HEADER],
)
async def correct(
    data: JSONBody[EncounterChange],
    viewer: NamedDependency[Viewer],
    encounter: FromPath[int],
    expected: NamedDependency[int],
) -> Response[Encounter]:
    """Correct what was recorded; how it stood before is kept."""
    correction = Correction(
        kind=data.kind,
        outcome=data.outcome,
        starts_at=data.starts_at,
        minutes=data.minutes,
        reasons=data.reasons,
        supplies=data.supplies,
    )
    await correct_encounter(viewer, encounter, correction, expected_version=expected)
    found = await read_encounter(viewer, encounter)
    return versioned(found, found.version)


async def _recorded(viewer: Viewer, data: NewEncounter, said: Said) -> Recorded:
    if data.visit is not None:
        beside = ("tenant", "kind", "starts_at", "place_kind", "workers")
        wrong = {
            name: "This follows from the planned visit: leave it out."
            for name in beside
            if getattr(data, name)
        }
        if wrong:
            raise Invalid(wrong)
        return await record_outcome(viewer, data.visit, said)
    missing = {
        name: "An unplanned contact needs this."
        for name in ("tenant", "kind")
        if getattr(data, name) is None
    }
    if data.tenant is None or data.kind is None:
        raise Invalid(missing)
    contact = ContactSaid(
        tenant=data.tenant,
        kind=data.kind,
        said=said,
        starts_at=data.starts_at,
        place_kind=data.place_kind,
        workers=data.workers,
    )
    return await record_contact(viewer, contact)


ROUTES: tuple[ControllerRouterHandler, ...] = (encounters, encounter, record, correct)
