"""Somebody else goes: who could take a visit of today, giving it, and taking that back."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid, Stale
from service.morning.actions import give_visit, take_back
from service.morning.instead import others_today
from service.morning.pages.view import SUPPORT, led, meeting_page
from service.morning.schemas import GiveForm, StepForm
from service.rounds.errors import MoveRefused
from service.rounds.overview import worker_names
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect


@get("/morning/{team:str}/visits/{visit:int}/others", opt=SUPPORT, name="meeting_others")
async def others(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    visit: FromPath[int],
) -> Response[str]:
    """Who else could go today, and when, as a fragment of the tenant's turn."""
    found = await others_today(viewer, team=team, visit=visit)
    return page(
        request,
        "morning/others.html",
        tenant=found.tenant,
        places=found.places,
        names=await worker_names({code for one in found.places for code in one.workers}),
        team_code=team,
        visit=visit,
    )


@post("/morning/{team:str}/visits/{visit:int}/give", opt=SUPPORT, name="meeting_give")
async def give(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    visit: FromPath[int],
) -> Response[Any]:
    """Give a visit of today to somebody else; said, and not done, where that cannot be any more."""
    await led(viewer, team)
    form = await read_form(request, GiveForm)
    if form.data is None:
        raise Invalid(form.errors)
    given = form.data
    try:
        step = await give_visit(
            viewer,
            team=team,
            visit=visit,
            start=given.start,
            workers=given.workers,
            version=given.version,
        )
    except (Stale, MoveRefused):
        text = _("Somebody changed this week meanwhile, so nothing was done. Look, and try again.")
        return await meeting_page(request, viewer, team, problem=text, status=409)
    done = f"?undo={step}&changed={given.tenant}" if step is not None else ""
    return redirect(request, f"/morning/{team}{done}#t-{given.tenant}")


@post("/morning/{team:str}/undo", opt=SUPPORT, name="meeting_undo")
async def undo(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Take back what was just changed."""
    await led(viewer, team)
    form = await read_form(request, StepForm)
    if form.data is None:
        raise Invalid(form.errors)
    try:
        await take_back(viewer, team=team, step=form.data.step)
    except Stale as stale:
        text = f"{_(stale.message)} {_(stale.advice) if stale.advice else ''}".strip()
        return await meeting_page(request, viewer, team, problem=text, status=409)
    return redirect(request, f"/morning/{team}#t-{form.data.tenant}")


ROUTES = (others, give, undo)
