"""Lone-worker checks: one's own with large buttons, those one watches over, and a check's log."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.errors import Invalid
from service.places.queries import municipality_name
from service.safety import words
from service.safety.actions import check_out, extend_check, note_signal, say_safe, start_check
from service.safety.errors import CheckOver, LadderMissing
from service.safety.places import place_of_visit
from service.safety.queries import my_page, shown_check
from service.safety.schemas import EndForm, StartForm
from service.safety.states import CheckEnd, Rung
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import current_language
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

SUPPORT = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
_BY_OTHERS = (CheckEnd.BY_CALL, CheckEnd.BY_TEXT)


@get("/lone", opt=SUPPORT, name="lone")
async def lone(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], ended: FromQuery[bool] = False
) -> Response[str]:
    """Show the own check and those the viewer watches over; the open page is its sign of life."""
    text = _("The check has ended. Good that you are safe.") if ended else ""
    return await _page(request, viewer, notice=text)


@get("/lone/card", opt=SUPPORT, name="lone_card")
async def card(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[str]:
    """The own check as a card for other pages: the day includes it."""
    return await _page(request, viewer, template="safety/card.html")


@get("/lone/live", opt=SUPPORT, name="lone_live")
async def live(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[str]:
    """The part of the page that changes by itself, fetched again every half minute."""
    return await _page(request, viewer, template="safety/live.html")


@post("/lone", opt=SUPPORT, name="start_lone")
async def start(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Begin a check."""
    form = await read_form(request, StartForm)
    problem, status = "", 422
    if form.data is not None:
        try:
            await start_check(
                viewer,
                visit=form.data.visit,
                ends_at=form.data.ends_at(),
                buddy=form.data.buddy,
                gate=form.data.gate,
            )
        except Invalid as invalid:
            form = form.refused(invalid)
        except LadderMissing as missing:
            problem, status = f"{_(missing.message)} {_(missing.advice)}", 409
        else:
            return redirect(request, "/lone")
    return await _page(request, viewer, form=form, problem=problem, status=status)


@get("/lone/{check:int}", opt=SUPPORT, name="lone_check")
async def show(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], check: FromPath[int]
) -> Response[str]:
    """Show a check to those who watch over it: where the worker should be, and its log."""
    found, steps = await shown_check(viewer, check)
    async with unit_of_work() as uow:
        if found.tenant is not None:
            await record(uow, viewer, "read", "lone_check", found.tenant)
        place = await place_of_visit(found.visit)
    return page(
        request,
        "safety/check.html",
        check=found,
        steps=steps,
        place=place,
        now=clock.now(),
        area=_area,
        words=words,
        rungs=tuple(Rung),
        own=found.worker.id == viewer.worker,
    )


@post("/lone/{check:int}/extend", opt=SUPPORT, name="extend_lone")
async def extend(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], check: FromPath[int]
) -> Response[Any]:
    """Put the end off, with one tap."""
    found, _steps = await shown_check(viewer, check)
    try:
        await extend_check(viewer, check)
    except (CheckOver, Invalid) as over:
        text = next(iter(over.fields.values())) if isinstance(over, Invalid) else over.message
        return await _page(request, viewer, problem=_(text), status=409)
    return redirect(request, "/lone" if found.worker.id == viewer.worker else f"/lone/{check}")


@post("/lone/{check:int}/end", opt=SUPPORT, name="end_lone")
async def end(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], check: FromPath[int]
) -> Response[Any]:
    """End a check: 'safe' by its worker, a check-out by somebody who was called or texted."""
    await shown_check(viewer, check)
    form = await read_form(request, EndForm)
    if form.data is None:
        raise Invalid(form.errors)
    try:
        if form.data.kind in _BY_OTHERS:
            await check_out(viewer, check, kind=form.data.kind)
            return redirect(request, "/lone")
        await say_safe(viewer, check, kind=form.data.kind)
    except CheckOver as over:
        return await _page(request, viewer, problem=_(over.message), status=409)
    return redirect(request, "/lone?ended=true")


@post("/lone/{check:int}/signal", opt=SUPPORT, name="signal_lone", status_code=204)
async def signal(viewer: NamedDependency[Viewer], check: FromPath[int]) -> None:
    """Hear from the worker's open page that it has a connection."""
    await note_signal(viewer, check)


async def _page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    *,
    template: str = "safety/lone.html",
    form: Form[Any] | None = None,
    notice: str = "",
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    found = await my_page(viewer)
    return page(
        request,
        template,
        status=status,
        found=found,
        form=form or empty_form(),
        notice_text=notice,
        problem=problem,
        now=clock.now(),
        words=words,
        rungs=tuple(Rung),
    )


def _area(refnis: str) -> str:
    return municipality_name(refnis, current_language().value)


ROUTES = (lone, card, live, start, show, extend, end, signal)
