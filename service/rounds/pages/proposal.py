"""A run on a page of its own: how far it is, then what it proposes, to be taken or put away."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import NotFound, Stale
from service.people.queries import tenant_names
from service.rounds import actions, sentences, words
from service.rounds.errors import PlanRunOver, SubsetUnsafe
from service.rounds.overview import worker_names
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import board_path, led_team
from service.rounds.pages.view import view_of
from service.rounds.pages.visit import accepted
from service.rounds.plan_schemas import AcceptForm
from service.rounds.proposal_view import ProposalView, proposal_view
from service.rounds.states import RunState
from service.teams.words import duty as duty_word
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect

_RUN = "/board/{team:str}/{week:date}/runs/{run:int}"


@get(_RUN, opt=LEADS, name="proposal")
async def proposal(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    run: FromPath[int],
) -> Response[Any]:
    """Show a run: its progress, which asks again by itself, then its proposal side by side."""
    return await _page(request, viewer, team=team, week=week, run=run)


@post(f"{_RUN}/accept", opt=LEADS, name="accept_run")
async def accept(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    run: FromPath[int],
) -> Response[Any]:
    """Take a proposal, or some of its changes; of a published week on to publishing them."""
    await led_team(viewer, team)
    form = accepted(await read_form(request, AcceptForm))
    problem, unsafe = "", None
    try:
        await actions.accept_plan_run(
            viewer,
            run,
            expected_version=form.version,
            needs=form.needs if form.some else None,
            duties=form.duties or not form.some,
        )
    except Stale:
        problem = _("Somebody changed the draft meanwhile. This is what is proposed for it now.")
    except PlanRunOver:
        problem = _("This proposal was taken over already, or it has no plan.")
    except SubsetUnsafe as refused:
        unsafe = refused
    else:
        return redirect(request, await _onwards(viewer, team=team, week=week, run=run))
    return await _page(
        request, viewer, team=team, week=week, run=run, problem=problem, unsafe=unsafe,
        chosen=form, status=409,
    )  # fmt: skip


@post(f"{_RUN}/discard", opt=LEADS, name="discard_run")
async def discard(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    run: FromPath[int],
) -> Response[Any]:
    """Put a proposal away: the draft stays as it is."""
    await led_team(viewer, team)
    try:
        await actions.discard_plan_run(viewer, run)
    except PlanRunOver:
        text = _("This proposal was taken over already, or it has no plan.")
        return await _page(request, viewer, team=team, week=week, run=run, problem=text, status=409)
    found = await proposal_view(viewer, run)
    return redirect(request, _next_week(found, team) or board_path(team, week))


async def _onwards(viewer: Viewer, *, team: str, week: date, run: int) -> str:
    """Where to go once changes were taken: what is left of them, publishing, the absence's next
    week, or the board."""
    found = await proposal_view(viewer, run)
    if not found.decided:
        return f"{board_path(team, week)}/runs/{run}"
    if found.published:
        return f"{board_path(team, week)}/publish"
    return _next_week(found, team) or board_path(team, week)


def _next_week(found: ProposalView, team: str) -> str | None:
    """The page of the absence's next week, if one is asked and not decided on."""
    later = found.next_week
    if later is None or later.run is None:
        return None
    return f"{board_path(team, later.week)}/runs/{later.run}"


async def _page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    *,
    team: str,
    week: date,
    run: int,
    problem: str = "",
    unsafe: SubsetUnsafe | None = None,
    chosen: AcceptForm | None = None,
    status: int = 200,
) -> Response[Any]:
    choice = await led_team(viewer, team)
    found = await proposal_view(viewer, run)
    if found.team != choice.id or found.week != week:
        raise NotFound
    tenants = frozenset(line.change.tenant for line in found.lines if line.change.tenant)
    ticked = {line.change.visit for line in found.lines}
    if chosen is not None and chosen.some:
        ticked &= {*chosen.needs, *(unsafe.besides if unsafe else ())}
    return page(
        request,
        "rounds/proposal.html",
        status=status,
        found=found,
        run=found.run,
        active=found.run.state in (RunState.QUEUED, RunState.RUNNING),
        team=choice,
        week=week,
        problem=problem,
        unsafe=unsafe,
        ticked=ticked,
        colleagues=await worker_names(_codes(found)),
        names=await tenant_names(viewer, tenants) if view_of(request).names else {},
        sentences=sentences,
        words=words,
        duty_word=duty_word,
    )


def _codes(found: ProposalView) -> frozenset[str]:
    codes = {code for line in found.lines for code in line.change.tell}
    codes |= {code for duty in found.duties for code in (duty.before, duty.after) if code}
    if found.run.only_worker:
        codes.add(found.run.only_worker)
    return frozenset(codes)


ROUTES = (proposal, accept, discard)
