"""Adds a visit that nothing else asks: by a lead, or by a worker who plans their own."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid, NotFound
from service.people.queries import tenant_names
from service.rounds import actions
from service.rounds.errors import MoveRefused
from service.rounds.overview import own_worker
from service.rounds.own_visits import own_tenants
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import board_path, changed_team
from service.rounds.pages.telling import refusal
from service.rounds.queries import roster_board
from service.rounds.schemas import AddForm, minutes_of
from service.teams.queries import team_by_code
from service.web.dates import short_day
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect


@get("/board/{team:str}/{week:date}/add", opt=SUPPORT, name="add_visit_form")
async def form(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Ask for whom, when and how long."""
    own = await own_worker(viewer)
    first = empty_form(minutes="45", workers=own.code if own else "", day=str(week))
    return await _page(request, viewer, team, week, first)


@post("/board/{team:str}/{week:date}/add", opt=SUPPORT, name="add_visit")
async def add(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Add it and lead to its panel; refused with the rules' sentences where it cannot be."""
    await changed_team(viewer, team)
    sent = await read_form(request, AddForm)
    if sent.data is None:
        return await _page(request, viewer, team, week, sent, status=422)
    wanted = sent.data
    try:
        done = await actions.add_visit(
            viewer,
            team=team,
            week=week,
            tenant=wanted.tenant,
            day=wanted.day,
            start=None if wanted.time is None else minutes_of(wanted.time),
            minutes=wanted.minutes,
            workers=tuple(dict.fromkeys(wanted.workers)),
        )
    except MoveRefused as refused:
        lines = await refusal(refused)
        return await _page(request, viewer, team, week, sent, lines=lines, status=422)
    except Invalid as invalid:
        return await _page(request, viewer, team, week, _refused(sent, invalid), status=422)
    return redirect(request, board_path(team, week, visit=done.visit))


def _refused(sent: Form[Any], invalid: Invalid) -> Form[Any]:
    """Say each field's sentence as the board's own forms do."""
    said = {
        "day": _("Choose a day of this week."),
        "start": _("Choose a time on full five minutes that leaves room before midnight."),
        "workers": _("As many different workers as this tenant asks: the lead gives a second one."),
    }
    errors = {
        ("time" if name == "start" else name): said.get(name) or _(text)
        for name, text in invalid.fields.items()
    }
    return Form(values=sent.values, errors=errors, several=sent.several)


async def _page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    team: str,
    week: date,
    sent: Form[Any],
    *,
    lines: tuple[str, ...] = (),
    status: int = 200,
) -> Response[Any]:
    choice = await changed_team(viewer, team)
    facts = await team_by_code(team)
    board = await roster_board(viewer, team=team, week=week)
    if facts is None or board.roster is None:
        raise NotFound
    tenants = [code for _id, code in await own_tenants(viewer, facts, week)]
    names = await tenant_names(viewer, frozenset(tenants))
    own = await own_worker(viewer)
    rows = [row for row in board.rows if choice.plans or (own and row.worker == own.code)]
    return page(
        request,
        "rounds/add.html",
        status=status,
        form=sent,
        team=choice,
        week=week,
        lines=lines,
        tenants=[("", _("choose")), *((code, f"{code} {names.get(code, '')}") for code in tenants)],
        days=[(str(day), short_day(day)) for day in board.days],
        workers=[(row.worker, f"{row.first_name} ({row.worker})") for row in rows],
    )


ROUTES = (form, add)
