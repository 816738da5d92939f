"""What people do with a team's week: plan it and publish it. One unit of work each.

`expected_version` is the roster version that the person saw: `Stale` is raised when the draft has
changed since. A viewer who may see the team but not plan it gets `Forbidden`, another `NotFound`.
"""

from collections.abc import Collection
from datetime import date, timedelta

from scheduling.weeks import monday_of, week_name
from service import clock
from service.access.policy import Viewer, may_plan, may_publish, may_see_roster
from service.audit.actions import Detail, record
from service.database.sql import execute, fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused, Stale
from service.rounds import rows, runs
from service.rounds.accepting import accept_changes
from service.rounds.comparing import visit_changes
from service.rounds.drafting import ONE_ACTIVE
from service.rounds.duty_editing import call_off_duty, give_duty
from service.rounds.editing import (
    cancel_visit,
    move_visit,
    pin_visit,
    promise_visit,
    unpin_visit,
    unplace_visit,
)
from service.rounds.errors import DraftUnsafe, NothingToPlan, PlanRunActive, PlanRunOver
from service.rounds.judging import draft_breaches
from service.rounds.own_actions import add_visit, swap_visits
from service.rounds.publishing import write_publication
from service.rounds.scoping import Scope
from service.rounds.seeing import note_week_opened
from service.rounds.states import Effort, RunKind
from service.rounds.types import Publication
from service.rounds.undoing import undo_step
from service.rounds.week import read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code, team_by_id, workers_in_week

__all__ = [
    "accept_plan_run",
    "add_visit",
    "call_off_duty",
    "cancel_plan_run",
    "cancel_visit",
    "discard_plan_run",
    "give_duty",
    "move_visit",
    "note_week_opened",
    "pin_visit",
    "promise_visit",
    "publish_roster",
    "requeue_lost_runs",
    "start_plan_run",
    "swap_visits",
    "undo_step",
    "unpin_visit",
    "unplace_visit",
]


async def start_plan_run(
    viewer: Viewer | None,
    *,
    team: str,
    week: date,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
    kind: RunKind = RunKind.PLAN,
    only_day: date | None = None,
    only_worker: str | None = None,
    absence: int | None = None,
) -> int:
    """Queue a plan run and return its id; `viewer` is None for the service itself.

    A repair mends what is published of the week, from now on; `Invalid` if nothing is. A plan may
    change one day of the week alone (`only_day`, not over yet) or the visits of one worker of the
    team (`only_worker`, a code). `absence`: the id of what made it necessary.

    Raises `PlanRunActive` while another waits or runs, `Invalid` for a week that is over or a
    day that is no Monday, `NothingToPlan` for a team without a base.
    """
    found = await _team(viewer, team)
    if week.weekday() or week < monday_of(clock.today()):
        raise Invalid({"week": "a Monday of this week or a later one"})
    if found.base is None or not found.active:
        raise NothingToPlan(
            f"Team {found.code} cannot be planned.", advice="It needs a base and must be active."
        )
    roster = await rows.roster_of(found.id, week) if kind is RunKind.REPAIR else None
    if kind is RunKind.REPAIR and (roster is None or not roster.revision):
        raise Invalid({"week": "a week that is published"})
    await _refuse_scope(found, week, kind=kind, day=only_day, worker=only_worker)
    try:
        async with unit_of_work() as uow:
            run = await runs.queue_run(
                team=found.id,
                week=week,
                effort=effort,
                seed=seed,
                requested_by=viewer.account if viewer else None,
                kind=kind,
                scope=Scope(day=only_day, worker=only_worker),
                absence=absence,
            )
            await record(uow, viewer, kind.value, "plan_run", run, {"week": week_name(week)})
    except Refused as refusal:
        if refusal.constraint != ONE_ACTIVE:
            raise
        raise PlanRunActive(team=found.code, week=week.isoformat()) from None
    return run


async def cancel_plan_run(viewer: Viewer | None, run: int) -> None:
    """Ask a plan run to stop: a waiting one is cancelled at once, a running one keeps its best
    plan so far as a proposal. One that has ended is left as it is."""
    await _run_team(viewer, run)
    async with unit_of_work() as uow:
        await execute(
            "update plan_runs set cancel_requested = true,"
            " state = case when state = 'queued' then 'cancelled' else state end,"
            " finished_at = case when state = 'queued' then $2::timestamptz else finished_at end"
            " where id = $1 and state in ('queued', 'running')",
            run,
            clock.now(),
        )
        await record(uow, viewer, "cancel", "plan_run", run)


async def accept_plan_run(
    viewer: Viewer,
    run: int,
    *,
    expected_version: int,
    needs: Collection[str] | None = None,
    duties: bool = True,
) -> int:
    """Make a proposal the draft, or the changes of these `needs` of it; returns the new version.

    What people pinned or called off since it was asked stays theirs. Raises `PlanRunOver` if it
    has no plan or was decided on already, `Stale` for another draft than the one that was seen,
    `SubsetUnsafe` where what is chosen would break a hard rule.
    """
    team = await _run_team(viewer, run)
    async with unit_of_work() as uow:
        version = await accept_changes(
            uow,
            team,
            run,
            by=viewer.account,
            expected_version=expected_version,
            needs=needs,
            duties=duties,
        )
        count = None if needs is None else len(needs)
        await record(uow, viewer, "accept", "plan_run", run, {"changes": count, "duties": duties})
    return version


async def discard_plan_run(viewer: Viewer, run: int) -> None:
    """Put a proposal away; raises `PlanRunOver` if there is nothing to decide on any more."""
    await _run_team(viewer, run)
    async with unit_of_work() as uow:
        done = await execute(
            "update plan_runs set discarded_at = $2 where id = $1 and plan is not null"
            " and applied_at is null and discarded_at is null",
            run,
            clock.now(),
        )
        if not done:
            raise PlanRunOver(run=run, state="decided on, or without a plan")
        await record(uow, viewer, "discard", "plan_run", run)


async def publish_roster(
    viewer: Viewer | None, *, team: str, week: date, expected_version: int
) -> Publication:
    """Publish the draft in one transaction; raises `DraftUnsafe` where it breaks a hard rule.

    `viewer` is None for the service itself. Nothing changed means nothing is done.
    """
    found = await _team(viewer, team)
    if viewer is not None and not may_publish(viewer, found.id):
        raise Forbidden
    now = clock.now()
    async with unit_of_work() as uow:
        roster = await rows.roster_of(found.id, week, lock=True)
        if roster is None:
            raise NotFound
        if roster.version != expected_version:
            raise Stale
        facts = await read_week(found, week, now=now)
        breaches = draft_breaches(facts)
        if breaches:
            raise DraftUnsafe(breaches)
        published = await rows.published_visits(roster.id)
        revision = await write_publication(
            roster,
            draft=facts.draft,
            published=published,
            by=viewer.account if viewer else None,
            now=now,
        )
        after = await rows.roster_by_id(roster.id)
        assert after is not None, "the roster is locked"
        if revision != roster.revision:
            name: Detail = week_name(week)
            detail = {"week": name, "revision": revision}
            await record(uow, viewer, "publish", "roster", roster.id, detail)
    return Publication(
        roster=roster.id,
        revision=revision,
        version=after.version,
        changes=visit_changes(facts.draft, published),
    )


async def requeue_lost_runs() -> tuple[int, ...]:
    """Give every active plan run that no job carries any more a new job; returns their ids."""
    again = []
    for run, team, week in await runs.lost_runs():
        try:
            async with unit_of_work():
                await runs.defer_run(run, team=team, week=week)
        except Refused:  # somebody else was faster
            continue
        again.append(run)
    return tuple(again)


async def _refuse_scope(
    team: TeamFacts, week: date, *, kind: RunKind, day: date | None, worker: str | None
) -> None:
    """Refuse, field by field, a scope that the week does not have."""
    wrong = {}
    if day is not None and not max(week, clock.today()) <= day < week + timedelta(days=7):
        wrong["only_day"] = "a day of the week that is not over"
    if worker is not None:
        known = {one.worker.code for one in await workers_in_week(team, week)}
        if worker not in known:
            wrong["only_worker"] = "a worker of the team in that week"
        if day is not None or kind is RunKind.REPAIR:
            wrong["only_worker"] = "a day or a worker of a plan, not both and of no repair"
    elif day is not None and kind is RunKind.REPAIR:
        wrong["only_day"] = "of a plan; a repair mends the whole week"
    if wrong:
        raise Invalid(wrong)


async def _team(viewer: Viewer | None, code: str) -> TeamFacts:
    """The team, if the viewer may plan it."""
    found = await team_by_code(code)
    if found is None or not (viewer is None or may_see_roster(viewer, found.id)):
        raise NotFound
    if viewer is not None and not may_plan(viewer, found.id):
        raise Forbidden
    return found


async def _run_team(viewer: Viewer | None, run: int) -> TeamFacts:
    """The team of a run, if the viewer may plan it."""
    row = await fetch_one("select team from plan_runs where id = $1", run)
    team = await team_by_id(row["team"]) if row else None
    if team is None:
        raise NotFound
    return await _team(viewer, team.code)
