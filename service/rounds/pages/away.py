"""The sick call: two answers, and the proposal is being made."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service import clock
from service.access.policy import Viewer
from service.errors import Invalid, NotFound
from service.rounds.calling_sick import ask_away_week, report_away
from service.rounds.errors import NothingToPlan, PlanRunActive
from service.rounds.overview import worker_shown
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import board_page, board_path, led_team
from service.rounds.pages.run import refusal_of
from service.rounds.plan_schemas import AwayForm
from service.rounds.schemas import minutes_of
from service.teams.queries import team_by_code, workers_in_week
from service.web.forms import Form, parse_form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect

_AWAY = "/board/{team:str}/{week:date}/workers/{worker:str}/away"


@get(_AWAY, opt=LEADS, name="away_form")
async def away_form(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    worker: FromPath[str],
) -> Response[Any]:
    """Ask until when somebody is away; `first`, `time` and `last` of the address are filled in."""
    sent = {name: [text] for name, text in request.query_params.items()}
    known = parse_form(sent, AwayForm)
    form: Form[AwayForm] | None = Form(values=known.values) if known.data else None
    return await _form_page(request, viewer, team=team, week=week, worker=worker, form=form)


@post(_AWAY, opt=LEADS, name="report_away")
async def away(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    worker: FromPath[str],
) -> Response[Any]:
    """Write the absence down and lead to the proposal."""
    await led_team(viewer, team)
    form = await read_form(request, AwayForm)
    if form.data is None:
        return await _form_page(
            request, viewer, team=team, week=week, worker=worker, form=form, status=422
        )
    asked = form.data
    problem, errors, status = "", {}, 409
    try:
        call = await report_away(
            viewer,
            team=team,
            week=week,
            worker=worker,
            last=asked.last,
            first=asked.first,
            minute=minutes_of(asked.time) if asked.time else None,
        )
    except Invalid:
        errors, status = {"last": _("Give a day that is not before the first one.")}, 422
    except PlanRunActive:
        problem = _(
            "The absence is written down, but the week is being planned just now."
            " Once that has ended, say here once more until when."
        )
    except NothingToPlan:
        problem = _("This team cannot be planned: it needs a base and workers with hours.")
    else:
        if call.run is not None:
            return redirect(request, f"{board_path(team, call.week)}/runs/{call.run}")
        status = 200
        problem = _("The absence is written down. Nothing that is planned has to change for it.")
    return await _form_page(
        request,
        viewer,
        team=team,
        week=week,
        worker=worker,
        form=Form(values=form.values, errors=errors, data=None),
        problem=problem,
        done=status == 200,
        status=status,
    )


@post("/board/{team:str}/{week:date}/absences/{absence:int}/ask", opt=LEADS, name="ask_away_week")
async def ask(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    absence: FromPath[int],
) -> Response[Any]:
    """Ask for one week what becomes of it without somebody, and lead to the proposal."""
    await led_team(viewer, team)
    try:
        run = await ask_away_week(viewer, team=team, week=week, absence=absence)
    except (Invalid, PlanRunActive, NothingToPlan) as refused:
        return await board_page(
            request,
            viewer,
            team=team,
            week=week,
            notice=refusal_of(refused),
            status=422 if isinstance(refused, Invalid) else 409,
        )
    return redirect(request, f"{board_path(team, week)}/runs/{run}")


async def _form_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    *,
    team: str,
    week: date,
    worker: str,
    form: Form[AwayForm] | None = None,
    problem: str = "",
    done: bool = False,
    status: int = 200,
) -> Response[Any]:
    choice = await led_team(viewer, team)
    shown = await worker_shown(viewer, worker)
    facts = await team_by_code(team)
    assert facts is not None, "its lead was just found"
    if worker not in {one.worker.code for one in await workers_in_week(facts, week)}:
        raise NotFound
    today = clock.today()
    first, friday = max(today, week), week + timedelta(days=4)
    filled = status == 200 and form is not None and not done
    return page(
        request,
        "rounds/away.html",
        status=status,
        team=choice,
        week=week,
        worker=shown,
        form=form or Form(values={}, errors={}, data=None),
        problem=problem,
        done=done,
        first=first,
        from_now=week <= today,
        choices=() if filled else (first, *((friday,) if friday > first else ())),
        filled=filled,
        today=today,
    )


ROUTES = (away_form, away, ask)
