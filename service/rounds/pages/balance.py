"""Capacity and fairness behind the line: the balance of a draft, and what would help most."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.rounds import words
from service.rounds.advising import advice_for
from service.rounds.balance import STEPS, balance_of
from service.rounds.errors import NothingToPlan
from service.rounds.pages.board import LEADS, SUPPORT
from service.rounds.pages.compose import board_path, led_team, team_choice
from service.rounds.run_views import latest_run
from service.teams.words import discipline
from service.web.page import page, redirect

MOST_ADVICE = 3


@get("/board/{team:str}/{week:date}/balance", opt=SUPPORT, name="balance")
async def balance(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show the balance of a draft: a fragment for the board's details."""
    choice, _teams = await team_choice(viewer, team)
    found = await balance_of(viewer, team=team, week=week)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, board_path(team, week))
    return page(
        request,
        "rounds/balance.html",
        found=found,
        steps=STEPS,
        run=await latest_run(choice.id, week),
        team=choice,
        week=week,
        words=words,
    )


@get("/board/{team:str}/{week:date}/advice", opt=LEADS, name="advice")
async def advice(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Say what would help most: computed when it is asked."""
    choice = await led_team(viewer, team)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, board_path(team, week))
    try:
        found = await advice_for(viewer, team=team, week=week)
    except NothingToPlan:
        found = None
    return page(
        request,
        "rounds/advice.html",
        found=found,
        half_days=found.half_days[:MOST_ADVICE] if found else (),
        day=lambda index: week + timedelta(days=index),
        team=choice,
        week=week,
        discipline=discipline,
    )


ROUTES = (balance, advice)
