"""One step of a person in a draft: whether they may, on which version, and what is kept of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from service import clock
from service.access.policy import (
    Viewer,
    VisitFacts,
    may_change_visit,
    may_plan,
    may_see_roster,
)
from service.database.sql import fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, NotFound, Stale
from service.rounds import rows, trail
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.states import StepKind, VisitState
from service.rounds.trail import Stand
from service.rounds.types import DraftBreach, DraftChange, Slid
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_id
from service.web.i18n import N_

NOT_THEIRS = N_("Only the team's lead changes this visit.")
ASK_THE_LEAD = N_("Ask the lead of the team.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """A visit in a person's hand, its roster locked; `leads`: they plan the whole team."""

    viewer: Viewer
    team: TeamFacts
    roster: RosterRow
    row: DraftVisit
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a change did beside what stands in the rows."""

    breaches: tuple[DraftBreach, ...] = ()
    slid: tuple[Slid, ...] = ()


Change = Callable[[AtHand], Awaitable[Outcome]]


async def stepped(
    viewer: Viewer, visit: int, *, kind: StepKind, expected_version: int, change: Change
) -> DraftChange:
    """Do one change under the roster's lock, and keep how visits stood before and after.

    Raises `NotFound` for a stranger, `Forbidden` for who may only read, and `Stale` where the
    visit is no longer as it was in `expected_version`, or nobody can tell what was done since.
    """
    async with unit_of_work():
        hand = await _in_hand(viewer, visit)
        await _refuse_stale(hand.roster, expected_version, visit)
        before = await trail.stands(hand.roster.id)
        outcome = await change(hand)
        version, step = await keep_step(viewer, hand.roster, visit, kind=kind, before=before)
    return DraftChange(
        version=version, breaches=outcome.breaches, step=step, slid=outcome.slid, visit=visit
    )


async def keep_step(
    viewer: Viewer,
    roster: RosterRow,
    visit: int,
    *,
    kind: StepKind,
    before: Mapping[int, Stand],
) -> tuple[int, int]:
    """Raise the roster's version and keep what changed since `before`: (version, the step's id).

    A visit that was not there before is kept as called off: undoing takes it away again.
    """
    now = clock.now()
    version: int = await fetch_value(
        "update rosters set version = version + 1, updated_at = $2, updated_by = $3"
        " where id = $1 returning version",
        roster.id,
        now,
        viewer.account,
    )
    after = await trail.stands(roster.id)
    touched = sorted(one for one, stand in after.items() if before.get(one) != stand)
    step = await trail.write_step(
        roster=roster.id,
        version=version,
        kind=kind,
        visit=visit,
        before=[before.get(one) or _absent(one) for one in touched],
        after=[after[one] for one in touched],
        at=now,
        by=viewer.account,
    )
    return version, step


async def visit_facts(row: DraftVisit, roster: RosterRow, team: TeamFacts) -> VisitFacts:
    """What access to a visit hangs on: who goes, and who answers for its tenant in that week."""
    found = await fetch_one(
        _FACTS, row.id, row.tenant, team.id, roster.week, roster.week + timedelta(days=7)
    )
    assert found is not None, "it selects without a table"
    return VisitFacts(
        team=team.id,
        self_planned=team.policy.workers_plan_own,
        workers=frozenset(found["workers"]),
        caseload=frozenset(found["caseload"]),
    )


async def _in_hand(viewer: Viewer, visit: int) -> AtHand:
    roster_id = await fetch_value("select roster from visits where id = $1", visit)
    roster = await rows.roster_by_id(roster_id, lock=True) if roster_id else None
    if roster is None or not may_see_roster(viewer, roster.team):
        raise NotFound
    team = await team_by_id(roster.team)
    assert team is not None, "a roster has a team"
    row = next((one for one in await rows.draft_visits(roster.id) if one.id == visit), None)
    if row is None:
        raise NotFound
    if not may_change_visit(viewer, await visit_facts(row, roster, team)):
        raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
    leads = may_plan(viewer, team.id)
    return AtHand(viewer=viewer, team=team, roster=roster, row=row, leads=leads)


async def _refuse_stale(roster: RosterRow, seen: int, visit: int) -> None:
    """A change of another visit meanwhile overwrites nothing, where each step since is known."""
    if roster.version == seen:
        return
    if seen > roster.version:
        raise Stale
    steps = await trail.steps_after(roster.id, seen)
    known = {step.version for step in steps} == set(range(seen + 1, roster.version + 1))
    touched = {stand.visit for step in steps for stand in step.after}
    if not known or visit in touched:
        raise Stale


def _absent(visit: int) -> Stand:
    return Stand(
        visit=visit,
        state=VisitState.CANCELLED,
        starts_at=None,
        ends_at=None,
        pinned=False,
        promised=False,
        reasons="[]",
        workers=(),
    )


_FACTS = """
select
    array(select worker from visit_workers where visit = $1) as workers,
    array(
        select unnest(array_remove(array[a.primary_worker, a.backup_worker], null))
        from assignments a
        where a.tenant = $2 and a.team = $3 and a.starts_on < $5
            and coalesce(a.ends_on > $4, true)
    ) as caseload
"""
