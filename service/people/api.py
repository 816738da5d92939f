"""`/api/v1/tenants`: tenants and their agreements for programs."""

from typing import Annotated

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.access.states import Role
from service.api.paging import Paging
from service.api.routing import BASE, SUPPORT, reads, writes
from service.api.versions import ETAG_HEADER, LOCATION_HEADER, versioned
from service.people.actions import add_tenant, agree, change_person
from service.people.api_schemas import (
    AgreementList,
    NewAgreement,
    NewTenant,
    Tenant,
    TenantChange,
    TenantPage,
    TenantSearch,
)
from service.people.reading import read_agreements, read_tenant_record, read_tenant_records

READERS = (*SUPPORT, Role.HOUSING_OFFICER)
TeamFilter = Annotated[
    str, QueryParameter(max_length=16, description="Only those of the team with this code.")
]


@get("/tenants", opt=reads(Area.TENANTS, *READERS), name="api_tenants")
async def tenants(
    viewer: NamedDependency[Viewer], paging: NamedDependency[Paging], team: TeamFilter = ""
) -> TenantPage:
    """List tenants by code.

    Those of the caller's teams, all for coordinators and housing officers. That they were read is
    written down.
    """
    return await _page(viewer, paging, team=team)


@post(
    "/tenants/search",
    opt=reads(Area.TENANTS, *READERS),
    name="api_search_tenants",
    status_code=200,
)
async def search(
    data: JSONBody[TenantSearch],
    viewer: NamedDependency[Viewer],
    paging: NamedDependency[Paging],
) -> TenantPage:
    """Find tenants by name or code; what is sought stays out of addresses and logs."""
    return await _page(viewer, paging, search=data.q)


@get(
    "/tenants/{code:str}",
    opt=reads(Area.TENANTS, *READERS),
    name="api_tenant",
    response_headers=[ETAG_HEADER],
)
async def tenant(viewer: NamedDependency[Viewer], code: FromPath[str]) -> Response[Tenant]:
    """Read one tenant. That it was read is written down."""
    found = await read_tenant_record(viewer, code)
    return versioned(found, found.version)


@get(
    "/tenants/{code:str}/agreements",
    opt=reads(Area.AGREEMENTS, *SUPPORT),
    name="api_agreements",
    response_headers=[ETAG_HEADER],
)
async def agreements(
    viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[AgreementList]:
    """List a tenant's agreements, newest first."""
    version, found = await read_agreements(viewer, code)
    return versioned(AgreementList(items=found, version=version), version)


@post(
    "/tenants",
    opt=writes(Area.TENANTS, Role.TEAM_LEAD, Role.COORDINATOR),
    name="api_add_tenant",
    status_code=201,
    response_headers=[ETAG_HEADER, LOCATION_HEADER],
)
async def add(data: JSONBody[NewTenant], viewer: NamedDependency[Viewer]) -> Response[Tenant]:
    """Register somebody with the team that takes them on; the code is given by the service."""
    code = await add_tenant(viewer, data, team=data.team, starts_on=data.team_from)
    found = await read_tenant_record(viewer, code)
    return versioned(found, found.version, location=f"{BASE}/tenants/{code}")


@put(
    "/tenants/{code:str}",
    opt=writes(Area.TENANTS, *READERS),
    name="api_change_tenant",
    response_headers=[ETAG_HEADER],
)
async def change(
    data: JSONBody[TenantChange],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    expected: NamedDependency[int],
) -> Response[Tenant]:
    """Change a tenant's own data, whole; housing officers may read it and not change it."""
    await change_person(viewer, code, data, expected_version=expected)
    found = await read_tenant_record(viewer, code)
    return versioned(found, found.version)


@post(
    "/tenants/{code:str}/agreements",
    opt=writes(Area.AGREEMENTS, *SUPPORT),
    name="api_agree",
    status_code=201,
    response_headers=[ETAG_HEADER],
)
async def make_agreement(
    data: JSONBody[NewAgreement],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    expected: NamedDependency[int],
) -> Response[AgreementList]:
    """Begin an agreement; the one in force ends that day. `If-Match` is the tenant's version."""
    await agree(viewer, code, data, expected_version=expected)
    version, found = await read_agreements(viewer, code)
    return versioned(AgreementList(items=found, version=version), version)


async def _page(viewer: Viewer, paging: Paging, *, team: str = "", search: str = "") -> TenantPage:
    rows = await read_tenant_records(
        viewer,
        team=team or None,
        search=search,
        after=paging.after(str),
        limit=paging.limit + 1,
    )
    items, cursor = paging.page(rows, lambda one: one.code)
    return TenantPage(items=items, next_cursor=cursor)


ROUTES: tuple[ControllerRouterHandler, ...] = (
    tenants,
    search,
    tenant,
    add,
    change,
    agreements,
    make_agreement,
)
