"""The forms that change a tenant: shown, saved with the version that was seen, taken away."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer, may_see_tenant
from service.access.states import Role
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.people.changes.edit import EditedTenant, tenant_facts
from service.people.pages.part import Asked, Known, Part, VersionForm
from service.people.pages.parts import PARTS
from service.people.pages.previewing import presets_shown, preview
from service.people.queries import tenant_names
from service.undo.said import after
from service.web.forms import Form, read_form
from service.web.page import page, redirect
from service.web.plausible import LARGEST_ID
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
    found, asked = await _asked(viewer, code, part, row)
    asked = _chosen(asked, request.query_params.get("choice", "")[:24])
    known = await found.known(asked)
    form: Form[Any] = Form(values=known.values, several=known.several)
    return await _form_page(request, found, asked, known, form)


@post("/tenants/{code:str}/edit/{part:str}/{row:str}", opt=EDITORS, name="save_tenant")
async def save(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    code: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Save what was typed, or show it again with an error beside each field."""
    found, asked = await _asked(viewer, code, part, row)
    seen = await read_form(request, VersionForm)
    asked = _chosen(asked, seen.data.choice if seen.data else "", version=seen.data)
    known = await found.known(asked)
    form = await read_form(request, found.form)
    if form.data is None or seen.data is None:
        return await _form_page(request, found, asked, known, form, status=422)
    if (await request.form()).get("step") == "preview":
        return await _form_page(request, found, asked, known, form)
    try:
        edited = await found.save(asked, form.data)
    except Invalid as invalid:
        return await _form_page(request, found, asked, known, form.refused(invalid), status=422)
    except Stale:
        return await _form_page(request, found, asked, known, form, status=409)
    said = "saved" if asked.row is not None else "added"
    return redirect(request, after(f"/tenants/{code}", said=said, edited=edited))


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
    found, asked = await _asked(viewer, code, part, row)
    if found.remove is None or asked.row is None:
        raise NotFound
    seen = await read_form(request, VersionForm)
    asked = _chosen(asked, "", version=seen.data)
    known = await found.known(asked)
    sent = await read_form(request, found.remove_form)
    shown: Form[Any] = Form(
        values={**known.values, **sent.values}, several=known.several, errors=sent.errors
    )
    if sent.data is None or seen.data is None:
        return await _form_page(request, found, asked, known, shown, status=422)
    try:
        edited = await found.remove(asked, sent.data)
    except Invalid as invalid:
        return await _form_page(request, found, asked, known, shown.refused(invalid), status=422)
    except Stale:
        return await _form_page(request, found, asked, known, shown, status=409)
    return redirect(request, after(f"/tenants/{code}", said="ended", edited=edited))


async def _asked(viewer: Viewer, code: str, part: str, row: str) -> tuple[Part, Asked]:
    """The part and the row of the address; access is decided before any form is read."""
    tenant = await tenant_facts(code)
    if tenant is None or not may_see_tenant(viewer, tenant.facts) or part not in PARTS:
        raise NotFound
    if not PARTS[part].may(viewer, tenant.facts):
        raise Forbidden
    return PARTS[part], Asked(viewer=viewer, tenant=tenant, row=_row(row))


def _row(text: str) -> int | None:
    """The row of an address: None for a new one, 0 for the only one."""
    if text in {"new", "own"}:
        return None if text == "new" else 0
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_ID:
        raise NotFound
    return int(text)


def _chosen(asked: Asked, choice: str, *, version: VersionForm | None = None) -> Asked:
    return Asked(
        viewer=asked.viewer,
        tenant=asked.tenant,
        row=asked.row,
        version=version.version if version else None,
        choice=choice,
    )


async def _form_page(
    request: Request[Any, Any, Any],
    part: Part,
    asked: Asked,
    known: Known,
    form: Form[Any],
    *,
    status: int = 200,
) -> Response[str]:
    """The form with what was typed; after `Stale` it carries the version that stands now."""
    tenant = await _as_it_stands(asked, stale=status == 409)
    names = await tenant_names(asked.viewer, [tenant.code])
    return page(
        request,
        part.template,
        status=status,
        title=part.title(asked),
        sentence=part.sentence(asked),
        whose=names.get(tenant.code, tenant.code),
        back=f"/tenants/{tenant.code}",
        choice=asked.choice,
        stale=status == 409,
        version=tenant.version if status == 409 or asked.version is None else asked.version,
        fields=await part.fields(asked, known),
        form=form,
        removes=part.remove is not None and asked.row is not None,
        remove_label=part.remove_label(),
        preview=await preview(asked, form),
        presets=await presets_shown(asked),
    )


async def _as_it_stands(asked: Asked, *, stale: bool) -> EditedTenant:
    if not stale:
        return asked.tenant
    found = await tenant_facts(asked.tenant.code)
    if found is None:
        raise NotFound
    return found


ROUTES: tuple[ControllerRouterHandler, ...] = (show, save, remove)
