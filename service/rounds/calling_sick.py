"""A sick call: the absence is written down, and a run asked for each week that it touches."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduling.weeks import DAY_MINUTES, monday_of, to_instant
from service import clock
from service.access.policy import Viewer, may_plan, may_see_roster
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.rounds.actions import start_plan_run
from service.rounds.away_weeks import AwayWeek, absence_by_id, weeks_of_absence
from service.rounds.errors import PlanRunActive
from service.rounds.states import Effort, RunKind
from service.teams.absences import report_absence
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code, workers_in_week
from service.teams.telling import tell_of_absence

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SickCall:
    """What a sick call led to: the run to look at first, None where nothing planned is touched."""

    week: date
    run: int | None


async def report_away(
    viewer: Viewer,
    *,
    team: str,
    week: date,
    worker: str,
    last: date,
    first: date | None = None,
    minute: int | None = None,
) -> SickCall:
    """Write down that a worker is away to the end of day `last`, and ask what becomes of the weeks.

    From now on, or from `first` (at `minute` of it). Every week of the team in which the worker has
    something to do then gets a run: a published one is mended with the fewest changes, another one
    planned again. Looked at first is `week`, else the earliest. Why somebody is away is not asked.
    Raises `Invalid` for days that do not follow each other, `PlanRunActive` where other runs of all
    these weeks are under way (the absence is then known all the same).
    """
    found = await _led(viewer, team)
    if worker not in {one.worker.code for one in await workers_in_week(found, week)}:
        raise NotFound
    starts, ends = _interval(first, minute, last)
    async with unit_of_work() as uow:
        absence = await report_absence(uow, worker=worker, starts_at=starts, ends_at=ends)
        await record(uow, viewer, "report absence", "worker", worker, {"until": last.isoformat()})
        await tell_of_absence(worker=worker, starts_at=starts, ends_at=ends, by=viewer.account)
    away = await absence_by_id(absence)
    assert away is not None, "it was just written"
    said = replace(away, starts_at=starts, ends_at=ends)  # known before: perhaps longer
    touched = [one for one in await weeks_of_absence(found.id, said) if one.touched]
    asked: dict[date, int] = {}
    for one in touched:
        with suppress(PlanRunActive):
            asked[one.week] = await _asked(viewer, team=team, week=one, absence=absence)
    if touched and not asked:
        raise PlanRunActive(team=team, week=touched[0].week.isoformat())
    shown = week if week in asked else min(asked, default=week)
    return SickCall(week=shown, run=asked.get(shown))


async def ask_away_week(viewer: Viewer, *, team: str, week: date, absence: int) -> int:
    """Ask what becomes of one week of an absence that is known; returns the run's id.

    Raises `NotFound` for an absence that takes nothing from the team's week, and as
    `start_plan_run` does.
    """
    found = await _led(viewer, team)
    away = await absence_by_id(absence)
    weeks = await weeks_of_absence(found.id, away) if away else ()
    for one in weeks:
        if one.week == week:
            return await _asked(viewer, team=team, week=one, absence=absence)
    raise NotFound


async def _led(viewer: Viewer, team: str) -> TeamFacts:
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden
    return found


async def _asked(viewer: Viewer, *, team: str, week: AwayWeek, absence: int) -> int:
    return await start_plan_run(
        viewer,
        team=team,
        week=week.week,
        effort=Effort.QUICK,
        kind=RunKind.REPAIR if week.published else RunKind.PLAN,
        absence=absence,
    )


def _interval(first: date | None, minute: int | None, last: date) -> tuple[datetime, datetime]:
    """The instants of an absence: from now where nothing else is said, to the end of the day."""
    now = clock.now().replace(second=0, microsecond=0)
    day = first or clock.today()
    if not day <= last <= day + LONGEST:
        raise Invalid({"last": "a day from the first one on, within a year"})
    starts = _instant(day, minute or 0) if first or minute is not None else now
    if first == clock.today() and minute is None:
        starts = now
    return starts, _instant(last, DAY_MINUTES)


def _instant(day: date, minute: int) -> datetime:
    monday = monday_of(day)
    days, rest = divmod(minute, DAY_MINUTES)
    return to_instant(monday, day=(day - monday).days + days, minute=rest)
