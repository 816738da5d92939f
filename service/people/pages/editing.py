"""The forms that change a tenant: shown, saved with the version that was seen, taken away."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer, may_see_tenant
from service.access.states import Role
from service.errors import Forbidden, NotFound
from service.people.changes.edit import tenant_facts
from service.people.pages.part import Asked
from service.people.pages.parts import PARTS
from service.people.pages.previewing import presets_shown, preview
from service.people.queries import tenant_names
from service.undo.editing import ASK, Desk, Owner, remove_part, save_part, show_part
from service.undo.states import Subject
from service.web.forms import Form
from service.web.parts import row_asked
from service.web.routing import only

EDITORS = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)


@get("/tenants/{code:str}/edit/{part:str}/{row:str}", opt=EDITORS, name="edit_tenant")
async def show(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Show a form with what is known; `row` is an id, `new`, or `own` where there is one only."""
    choice = request.query_params.get("choice", "")[:24]
    return await show_part(request, await _desk(viewer, code, part, row, choice=choice))


@post("/tenants/{code:str}/edit/{part:str}/{row:str}", opt=EDITORS, name="save_tenant")
async def save(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Save what was typed, or show it again with an error beside each field."""
    return await save_part(request, await _desk(viewer, code, part, row))


@post(
    "/tenants/{code:str}/edit/{part:str}/{row:str}/remove", opt=EDITORS, name="remove_from_tenant"
)
async def remove(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """End or take away a row; what was done can be undone from the page it leads to."""
    return await remove_part(request, await _desk(viewer, code, part, row))


async def _desk(viewer: Viewer, code: str, part: str, row: str, *, choice: str = "") -> Desk:
    """The part and the row of the address; access is decided before any form is read."""
    tenant = await tenant_facts(code)
    if tenant is None or not may_see_tenant(viewer, tenant.facts) or part not in PARTS:
        raise NotFound
    if not PARTS[part].may(viewer, tenant.facts):
        raise Forbidden(advice=ASK)

    async def owner() -> Owner:
        found = await tenant_facts(code)
        if found is None:
            raise NotFound
        names = await tenant_names(viewer, [code])
        return Owner(
            subject=Subject.TENANT,
            row=found.id,
            version=found.version,
            code=code,
            whose=names.get(code, code),
            back=f"/tenants/{code}",
        )

    asked = Asked(viewer=viewer, tenant=tenant, row=row_asked(row), choice=choice)
    if part != "agreement":
        return Desk(part=PARTS[part], asked=asked, owner=owner)
    return Desk(part=PARTS[part], asked=asked, owner=owner, more=_ahead)


async def _ahead(asked: Asked, form: Form[Any]) -> Mapping[str, object]:
    """What the agreement in the form would ask, and the presets to begin with."""
    return {"preview": await preview(asked, form), "presets": await presets_shown(asked)}


ROUTES: tuple[ControllerRouterHandler, ...] = (show, save, remove)
