"""A worker's own week as published: the next stop first, then the days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.audit.actions import record_reading
from service.rounds import words
from service.rounds.my_travel import with_travel
from service.rounds.overview import WorkerShown, board_teams, own_worker, worker_shown
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import area_name
from service.rounds.queries import my_week
from service.rounds.seeing import note_week_opened
from service.rounds.states import PublishedState
from service.rounds.types import MyStop, MyWeek
from service.teams.words import duty as duty_word
from service.web.page import page, redirect
from service.web.plausible import LEADS_TO_MONDAY
from service.web.routing import only

OWN = only(Role.WORKER, Role.TEAM_LEAD)


@dataclass(frozen=True, slots=True)
class NextStop:
    """The stop to go to, or to be at; `minutes` until it begins, None on another day."""

    stop: MyStop
    minutes: int | None
    going_on: bool


@get("/my-week", opt=OWN, name="my_week")
async def own_week(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Show the viewer's own week."""
    return await _own(request, viewer, monday_of(clock.today()))


@get("/my-week/{week:date}", opt={**OWN, **LEADS_TO_MONDAY}, name="my_other_week")
async def own_other_week(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], week: FromPath[date]
) -> Response[Any]:
    """Show another week of the viewer's own; any day leads to its Monday."""
    if week != monday_of(week):
        return redirect(request, f"/my-week/{monday_of(week)}")
    return await _own(request, viewer, week)


@get(
    "/workers/{worker:str}/week/{week:date}", opt={**SUPPORT, **LEADS_TO_MONDAY}, name="worker_week"
)
async def worker_week(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show a worker's week to whom it is theirs to see: the lead of a team of theirs."""
    if week != monday_of(week):
        return redirect(request, f"/workers/{worker}/week/{monday_of(week)}")
    shown = await worker_shown(viewer, worker)
    await record_reading(viewer, "week", f"{shown.code} {week.isoformat()}")
    return await _week_page(request, viewer, shown, week, base=f"/workers/{worker}/week")


async def _own(request: Request[Any, Any, Any], viewer: Viewer, week: date) -> Response[Any]:
    shown = await own_worker(viewer)
    if shown is None:
        return page(request, "rounds/no_worker.html")
    await note_week_opened(viewer, week)
    return await _week_page(request, viewer, shown, week, base="/my-week", own=True)


async def _week_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    shown: WorkerShown,
    week: date,
    *,
    base: str,
    own: bool = False,
) -> Response[Any]:
    found = await with_travel(await my_week(viewer, worker=shown.code, week=week))
    now = clock.now()
    return page(
        request,
        "rounds/my_week.html",
        found=found,
        worker=shown,
        own=own,
        base=base,
        week=week,
        weeks=(week - timedelta(days=7), monday_of(clock.today()), week + timedelta(days=7)),
        next=next_stop(found, now),
        any_stop=bool(found.duties) or any(stops for _day, stops in found.days),
        now=now,
        today=clock.today(),
        words=words,
        area_name=area_name,
        duty_word=duty_word,
        planned=[team for team in await board_teams(viewer) if team.plans_own] if own else [],
    )


def next_stop(week: MyWeek, now: datetime) -> NextStop | None:
    """Return the first confirmed stop that has not ended; None where the week holds no more."""
    for _day, stops in week.days:
        for stop in stops:
            if stop.state is not PublishedState.CONFIRMED or stop.ends_at <= now:
                continue
            same_day = stop.starts_at.astimezone(clock.BRUSSELS).date() == clock.today()
            minutes = int((stop.starts_at - now).total_seconds() // 60)
            return NextStop(
                stop=stop,
                minutes=minutes if same_day and minutes > 0 else None,
                going_on=stop.starts_at <= now,
            )
    return None


ROUTES = (own_week, own_other_week, worker_week)
