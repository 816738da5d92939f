"""Takes a step in a draft back: every visit it touched stands again as it did, or nothing is done.

An undone step is a step too, so that undoing it does what was done again.
"""

from datetime import date

from service import clock
from service.access.policy import Viewer, may_change_visit, may_plan, may_see_roster
from service.database.sql import execute
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, NotFound, Stale
from service.rounds import rows, trail
from service.rounds.draft import set_workers
from service.rounds.rows import RosterRow
from service.rounds.states import StepKind
from service.rounds.stepping import ASK_THE_LEAD, NOT_THEIRS, keep_step, visit_facts
from service.rounds.trail import Stand, Step
from service.rounds.types import DraftChange
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from service.web.i18n import N_


class NothingToUndo(NotFound):
    """The person has done nothing in this draft that could be taken back."""


async def undo_step(
    viewer: Viewer, *, team: str, week: date, step: int | None = None
) -> DraftChange:
    """Undo a step (by id), or the viewer's last one in the draft of a team's week.

    What others did to other visits meanwhile stays. Raises `Stale` where one of its visits was
    changed since, `NothingToUndo` where there is no such step, `Forbidden` for somebody else's.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    async with unit_of_work():
        roster = await rows.roster_of(found.id, week, lock=True)
        if roster is None:
            raise NotFound
        taken = await _step(viewer, roster, found, step)
        before = await trail.stands(roster.id)
        if any(before.get(stand.visit) != stand for stand in taken.after):
            raise Stale(
                N_("Somebody changed this visit meanwhile, so it was not undone."),
                advice=N_("This is how the week stands now."),
            )
        for stand in taken.before:
            await _restore(stand, viewer)
        await trail.mark_undone(taken.id)
        version, undone = await keep_step(
            viewer, roster, taken.visit, kind=StepKind.UNDO, before=before
        )
    return DraftChange(version=version, breaches=(), step=undone, visit=taken.visit)


async def _step(viewer: Viewer, roster: RosterRow, team: TeamFacts, asked: int | None) -> Step:
    """The step, if it is the viewer's to take back: theirs, or anybody's for the team's lead."""
    leads = may_plan(viewer, team.id)
    if asked is None:
        step = await trail.last_step(roster.id, viewer.account)
    else:
        step = await trail.step_by_id(asked)
    if step is None or step.roster != roster.id:
        if not leads and not team.policy.workers_plan_own:
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
        raise NothingToUndo
    if step.undone:
        raise Stale(N_("This was undone already."), advice=N_("This is how the week stands now."))
    if not leads:
        if step.made_by != viewer.account:
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
        draft = {row.id: row for row in await rows.draft_visits(roster.id)}
        row = draft.get(step.visit)
        if row is None or not may_change_visit(viewer, await visit_facts(row, roster, team)):
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
    return step


async def _restore(stand: Stand, viewer: Viewer) -> None:
    await execute(
        "update visits set state = $2, starts_at = $3, ends_at = $4, pinned = $5, promised = $6,"
        " reasons = $7, updated_at = $8, updated_by = $9, one_worker = $10, workers_needed ="
        " case when $10 then 1 when one_worker then 2 else workers_needed end where id = $1",
        stand.visit,
        stand.state.value,
        stand.starts_at,
        stand.ends_at,
        stand.pinned,
        stand.promised,
        stand.reasons,
        clock.now(),
        viewer.account,
        stand.one_worker,
    )
    await set_workers(stand.visit, stand.workers)
