"""What the meeting asks of today for a tenant: somebody goes, or nobody."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid
from service.morning.actions import ask_today, forget_wish
from service.morning.pages.view import SUPPORT, led
from service.morning.schemas import AskForm, TenantForm
from service.web.forms import read_form
from service.web.page import redirect


@post("/morning/{team:str}/ask", opt=SUPPORT, name="meeting_ask")
async def ask(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Ask that somebody goes to a tenant today, or nobody."""
    await led(viewer, team)
    form = await read_form(request, AskForm)
    if form.data is None:
        raise Invalid(form.errors)
    asked = form.data
    await ask_today(
        viewer,
        team=team,
        tenant=asked.tenant,
        kind=asked.kind,
        part=asked.part,
        by_two=asked.by_two,
    )
    return redirect(request, f"/morning/{team}#t-{asked.tenant}")


@post("/morning/{team:str}/forget", opt=SUPPORT, name="meeting_forget")
async def forget(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Take back what was asked for a tenant today."""
    await led(viewer, team)
    form = await read_form(request, TenantForm)
    if form.data is None:
        raise Invalid(form.errors)
    await forget_wish(viewer, team=team, tenant=form.data.tenant)
    return redirect(request, f"/morning/{team}#t-{form.data.tenant}")


ROUTES = (ask, forget)
