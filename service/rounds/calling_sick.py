"""A sick call: the absence is written down and one run asked for what is to become of the week."""

from datetime import date, datetime, timedelta

from scheduling.weeks import DAY_MINUTES, monday_of, to_instant
from service import clock
from service.access.policy import Viewer, may_plan, may_see_roster
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.rounds import rows
from service.rounds.actions import start_plan_run
from service.rounds.states import Effort, RunKind
from service.teams.absences import report_absence
from service.teams.queries import team_by_code, workers_in_week
from service.teams.telling import tell_of_absence

LONGEST = timedelta(days=366)


async def report_away(
    viewer: Viewer,
    *,
    team: str,
    week: date,
    worker: str,
    last: date,
    first: date | None = None,
    minute: int | None = None,
) -> int:
    """Write down that a worker is away to the end of day `last`, and ask what becomes of the week.

    From now on, or from `first` (at `minute` of it). A published week is mended with the fewest
    changes, another one planned again; returns the run's id. Why somebody is away is not asked.
    Raises `Invalid` for days that do not follow each other, `PlanRunActive` while another run of
    the week is under way (the absence is then known all the same).
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden
    if worker not in {one.worker.code for one in await workers_in_week(found, week)}:
        raise NotFound
    starts, ends = _interval(first, minute, last)
    async with unit_of_work() as uow:
        absence = await report_absence(uow, worker=worker, starts_at=starts, ends_at=ends)
        await record(uow, viewer, "report absence", "worker", worker, {"until": last.isoformat()})
        await tell_of_absence(worker=worker, starts_at=starts, ends_at=ends, by=viewer.account)
    roster = await rows.roster_of(found.id, week)
    published = roster is not None and roster.revision > 0
    return await start_plan_run(
        viewer,
        team=team,
        week=week,
        effort=Effort.QUICK,
        kind=RunKind.REPAIR if published else RunKind.PLAN,
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
