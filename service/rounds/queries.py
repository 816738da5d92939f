"""Readings of plan runs, rosters and published weeks; access is decided here, at the fetch."""

from datetime import date

from service import clock
from service.access.policy import Viewer, may_see_roster, roster_teams_filter
from service.database.sql import fetch_all, fetch_one
from service.database.unit_of_work import current_unit_of_work, unit_of_work
from service.errors import NotFound
from service.rounds import rows
from service.rounds.board import board_of
from service.rounds.board_duties import board_duties
from service.rounds.comparing import recipients, visit_changes
from service.rounds.judging import draft_breaches
from service.rounds.my_week import week_of_worker
from service.rounds.run_views import latest_run, run_by_id
from service.rounds.trail import StepSeen, steps_seen
from service.rounds.types import MyWeek, PlanRunView, PublicationPreview, RosterBoard
from service.rounds.week import WeekFacts, read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code


async def roster_board(viewer: Viewer, *, team: str, week: date) -> RosterBoard:
    """All that the board of a team's week shows, in a fixed number of queries.

    `team` is a code, `week` a Monday. Raises `NotFound` for a team the viewer may not see.
    """
    return await board_of(await _team(viewer, team), week)


async def my_week(viewer: Viewer, *, worker: str, week: date) -> MyWeek:
    """A worker's published stops, Monday to Sunday; `NotFound` unless it is theirs to see.

    Theirs: the worker's own, and of anybody else the stops for teams whose roster they may see.
    """
    row = await fetch_one("select id from workers where code = $1", worker)
    if row is None:
        raise NotFound
    shown = None
    if viewer.worker != row["id"]:
        shown = roster_teams_filter(viewer)
        teams = await fetch_all(
            "select team from team_memberships where worker = $1 and starts_on < $3"
            " and coalesce(ends_on > $2, true)",
            row["id"],
            week,
            date.fromordinal(week.toordinal() + 7),
        )
        if not any(may_see_roster(viewer, one["team"]) for one in teams):
            raise NotFound
    return await week_of_worker(worker, week, teams=shown)


async def latest_plan_run(viewer: Viewer, *, team: str, week: date) -> PlanRunView | None:
    """The newest plan run of a team's week, for polling its progress; one indexed query."""
    return await latest_run((await _team(viewer, team)).id, week)


async def plan_run(viewer: Viewer, run: int) -> PlanRunView:
    """A plan run by id; `NotFound` where it is not the viewer's to see."""
    row = await fetch_one("select team from plan_runs where id = $1", run)
    found = await run_by_id(run) if row and may_see_roster(viewer, row["team"]) else None
    if found is None:
        raise NotFound
    return found


async def draft_steps(
    viewer: Viewer, *, team: str, week: date, after: int, most: int = 5
) -> list[StepSeen]:
    """What people did to a draft after a version of it, newest first."""
    found = await _team(viewer, team)
    roster = await rows.roster_of(found.id, week)
    return [] if roster is None else await steps_seen(roster.id, after=after, most=most)


async def publication_preview(viewer: Viewer, *, team: str, week: date) -> PublicationPreview:
    """What publishing would change, who gets it, and what forbids it. Reads only."""
    found = await _team(viewer, team)
    roster = await rows.roster_of(found.id, week)
    if roster is None:
        raise NotFound
    facts = await _facts(found, week)
    changes = visit_changes(facts.draft, facts.published or ())
    duties = tuple(duty for duty in await board_duties(found, week) if duty.changed)
    told = {code for duty in duties for code in (duty.worker, duty.published) if code}
    return PublicationPreview(
        version=roster.version,
        revision=roster.revision,
        changes=changes,
        recipients=tuple(sorted({*recipients(changes), *told})),
        breaches=draft_breaches(facts),
        duties=duties,
    )


async def _facts(team: TeamFacts, week: date) -> WeekFacts:
    """The week as it stands at one instant."""
    if current_unit_of_work() is not None:
        return await read_week(team, week, now=clock.now())
    async with unit_of_work(isolation="repeatable_read"):
        return await read_week(team, week, now=clock.now())


async def _team(viewer: Viewer, code: str) -> TeamFacts:
    team = await team_by_code(code)
    if team is None or not may_see_roster(viewer, team.id):
        raise NotFound
    return team
