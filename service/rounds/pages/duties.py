"""A week's duty slots: who has each, given, opened again or called off by the lead."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from scheduling.weeks import monday_of
from service.access.policy import Viewer
from service.errors import Invalid, NotFound, Stale
from service.rounds import rows
from service.rounds.duty_editing import call_off_duty, give_duty
from service.rounds.overview import TeamChoice
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import led_team
from service.rounds.schemas import Version
from service.teams.duties import duties_in_week
from service.teams.queries import team_by_id, workers_in_week
from service.teams.words import duty as duty_word
from service.web.forms import read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect

_DUTIES = "/board/{team:str}/{week:date}/duties"


class DutyForm(msgspec.Struct, frozen=True, kw_only=True):
    """A slot by its key, and to whom; nobody opens it, `off` calls it off."""

    version: Version
    key: Annotated[str, Meta(min_length=1, max_length=60)]
    worker: Annotated[str, Meta(max_length=16)] = ""
    off: bool = False


@get(_DUTIES, opt=LEADS, name="duties")
async def show(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show the slots of a week with a choice of workers each."""
    if week != monday_of(week):
        return redirect(request, f"/board/{team}/{monday_of(week)}/duties")
    return await _page(request, await led_team(viewer, team), week)


@post(_DUTIES, opt=LEADS, name="share_duty")
async def share(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Give a slot to somebody, open it, or call it off; the week is published as ever."""
    choice = await led_team(viewer, team)
    form = await read_form(request, DutyForm)
    if form.data is None:
        raise Invalid(form.errors)
    try:
        if form.data.off:
            await call_off_duty(
                viewer, team=team, week=week, key=form.data.key, expected_version=form.data.version
            )
        else:
            changed = await give_duty(
                viewer,
                team=team,
                week=week,
                key=form.data.key,
                worker=form.data.worker or None,
                expected_version=form.data.version,
            )
            if changed.breaches:
                said = _("It is given, and breaks a rule: publishing will say which.")
                return await _page(request, choice, week, said=said, alarm=True)
    except Stale:
        said = _("Somebody changed the week meanwhile: nothing was done. Choose again.")
        return await _page(request, choice, week, said=said, alarm=True, status=409)
    return await _page(request, choice, week, said=_("Saved in the draft of the week."))


async def _page(
    request: Request[Any, Any, Any],
    choice: TeamChoice,
    week: date,
    *,
    said: str = "",
    alarm: bool = False,
    status: int = 200,
) -> Response[str]:
    team = await team_by_id(choice.id)
    if team is None:
        raise NotFound(N_("Not found."))
    roster = await rows.roster_of(team.id, week)
    workers = await workers_in_week(team, week)
    return page(
        request,
        "rounds/duties.html",
        status=status,
        team=choice,
        week=week,
        roster=roster,
        duties=await duties_in_week(team, week),
        workers=[
            (one.worker.code, f"{one.worker.first_name} {one.worker.last_name}", one.worker)
            for one in workers
        ],
        said_text=said,
        alarm=alarm,
        duty_word=duty_word,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (show, share)
