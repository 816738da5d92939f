"""What would help a waiting visit: asked when somebody looks, taken by one click."""

from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from service.access.policy import Viewer
from service.errors import Stale
from service.people.queries import tenant_names
from service.rounds import lever_words
from service.rounds.errors import MoveRefused, NothingToPlan
from service.rounds.overview import worker_names
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import Notice, board_page, board_path, led_team, undo_of
from service.rounds.pages.telling import refusal, slides
from service.rounds.pages.view import view_of
from service.rounds.pages.visit import accepted
from service.rounds.schemas import Version
from service.rounds.taking_levers import take_lever
from service.rounds.waiting_levers import LeversOf, waiting_levers
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect

_LEVERS = "/board/{team:str}/{week:date}/visits/{visit:int}/levers"


class LeverForm(msgspec.Struct, frozen=True):
    """Which lever, by its key."""

    version: Version
    lever: Annotated[str, Meta(min_length=1, max_length=24)]


@get(_LEVERS, opt=LEADS, name="levers")
async def levers(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> Response[Any]:
    """Show what would give a waiting visit a place, with its price."""
    choice = await led_team(viewer, team)
    found: LeversOf | None = None
    with suppress(NothingToPlan):
        found = await waiting_levers(viewer, team=team, week=week, visit=visit)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, board_path(team, week, visit=visit))
    shown = (*found.offered, *found.hints) if found else ()
    codes = {code for one in shown for code in (*one.workers, *one.elsewhere_workers)}
    tenants = frozenset(one.gives_way for one in shown if one.gives_way)
    return page(
        request,
        "rounds/levers.html",
        found=found,
        team=choice,
        week=week,
        visit=visit,
        people=await worker_names(codes),
        names=await tenant_names(viewer, tenants) if view_of(request).names else {},
        lever_words=lever_words,
    )


@post(_LEVERS, opt=LEADS, name="take_lever")
async def take(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> Response[Any]:
    """Give the visit the place that was offered."""
    await led_team(viewer, team)
    form = accepted(await read_form(request, LeverForm))
    status = 409
    try:
        done = await take_lever(viewer, visit, form.lever, expected_version=form.version)
    except MoveRefused as refused:
        notice = Notice(_("It cannot go there."), lines=await refusal(refused), alarm=True)
    except Stale:
        notice = Notice(
            _("Nothing was done: the week has changed. Ask again what would help."), alarm=True
        )
    else:
        status = 200
        notice = Notice(
            _("Placed, and pinned there."),
            undo=undo_of(team, week, done.step),
            lines=slides(done.slid),
        )
        if request.headers.get("HX-Request") != "true":
            return redirect(request, board_path(team, week, visit=visit))
    return await board_page(
        request,
        viewer,
        team=team,
        week=week,
        visit=visit if status == 200 else None,
        day=None if status == 200 else "waiting",
        notice=notice,
        status=status,
    )


ROUTES = (levers, take)
