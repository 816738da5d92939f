"""Planning again: start, watch, stop; what it proposes has a page of its own."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid
from service.rounds import actions, sentences, words
from service.rounds.errors import NothingToPlan, PlanRunActive
from service.rounds.pages.board import LEADS, SUPPORT
from service.rounds.pages.compose import Notice, board_page, board_path, led_team, team_choice
from service.rounds.pages.visit import accepted
from service.rounds.plan_schemas import AgainForm, ScopeKind
from service.rounds.queries import latest_plan_run
from service.rounds.states import Effort, RunKind, RunState
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import page

ACTIVE = frozenset({RunState.QUEUED, RunState.RUNNING})
_BASE = "/board/{team:str}/{week:date}"


@post(f"{_BASE}/plan", opt=LEADS, name="plan_week")
async def plan(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Queue a plan run of the week, a day or a worker; one at a time."""
    await led_team(viewer, team)
    form = accepted(await read_form(request, AgainForm))
    try:
        _refuse_half_a_scope(form)
        await actions.start_plan_run(
            viewer,
            team=team,
            week=week,
            effort=form.effort,
            seed=form.seed,
            only_day=form.day if form.scope is ScopeKind.DAY else None,
            only_worker=form.worker if form.scope is ScopeKind.WORKER else None,
        )
    except (Invalid, PlanRunActive, NothingToPlan) as refused:
        return await board_page(
            request,
            viewer,
            team=team,
            week=week,
            notice=refusal_of(refused),
            status=422 if isinstance(refused, Invalid) else 409,
        )
    return _to_board(team, week)


def _refuse_half_a_scope(form: AgainForm) -> None:
    """A day or a worker that is not named is not the whole week."""
    if form.scope is ScopeKind.DAY and form.day is None:
        raise Invalid({"only_day": "a day of the week"})
    if form.scope is ScopeKind.WORKER and form.worker is None:
        raise Invalid({"only_worker": "a worker of the team"})


@post(f"{_BASE}/repair", opt=LEADS, name="repair_week")
async def repair(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Queue a run that mends what is published with as few changes as it takes."""
    await led_team(viewer, team)
    try:
        await actions.start_plan_run(
            viewer, team=team, week=week, effort=Effort.QUICK, kind=RunKind.REPAIR
        )
    except Invalid:
        notice = Notice(_("Only a week that is published and not over is repaired."), alarm=True)
        return await board_page(request, viewer, team=team, week=week, notice=notice, status=422)
    except (PlanRunActive, NothingToPlan) as refused:
        notice = refusal_of(refused)
        return await board_page(request, viewer, team=team, week=week, notice=notice, status=409)
    return _to_board(team, week)


@get(f"{_BASE}/run", opt=SUPPORT, name="run_progress")
async def progress(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show how far the newest plan run is; the fragment asks again by itself until it ends."""
    choice, _teams = await team_choice(viewer, team)
    run = await latest_plan_run(viewer, team=team, week=week)
    looking = "visit=" in request.headers.get("HX-Current-URL", "")
    return page(
        request,
        "rounds/run.html",
        run=run,
        team=choice,
        week=week,
        roster=None,
        polled=True,
        looking=looking,
        words=words,
        sentences=sentences,
    )


@post(f"{_BASE}/runs/{{run:int}}/cancel", opt=LEADS, name="cancel_run")
async def cancel(
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    run: FromPath[int],
) -> Response[Any]:
    """Ask a run to stop; a running one keeps its best plan so far as a proposal."""
    await led_team(viewer, team)
    await actions.cancel_plan_run(viewer, run)
    return _to_board(team, week)


def _to_board(team: str, week: date) -> Response[None]:
    """Lead back to the board; htmx follows by itself and takes the board out of the page."""
    return Response(content=None, status_code=303, headers={"Location": board_path(team, week)})


def refusal_of(refused: Invalid | PlanRunActive | NothingToPlan) -> Notice:
    """Why no run can be queued now."""
    if isinstance(refused, PlanRunActive):
        text = _("This week is being planned already: see how far it is.")
    elif isinstance(refused, NothingToPlan):
        text = _("This team cannot be planned: it needs a base and workers with hours.")
    elif "only_day" in refused.fields:
        text = _("Choose a day of this week that is not over.")
    elif "only_worker" in refused.fields:
        text = _("Choose a worker of the team.")
    else:
        text = _("This week is over: it cannot be planned any more.")
    return Notice(text, alarm=True)


ROUTES = (plan, repair, progress, cancel)
