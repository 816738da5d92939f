"""A proposal: what a run's plan would change of the draft as it stands now, change by change.

What people pinned or called off since the run read the week is left to them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scheduling.instances import load_plan, load_problem
from scheduling.plan import Plan
from scheduling.problem import Placement, Problem
from scheduling.telling import told
from scheduling.weeks import DAY_MINUTES, to_slot
from service.database.sql import fetch_one
from service.errors import NotFound
from service.rounds import rows
from service.rounds.repairing import change_of
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.run_types import RepairChange
from service.rounds.states import RepairKind, RunKind
from service.teams.duties import duties_in_week
from service.teams.queries import team_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTurn:
    """A duty that would go from one worker (code) to another; None: to or from nobody."""

    key: str
    kind: str
    starts_at: datetime
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A run's plan against the draft: `changes` by start, `duties` that change hands.

    `stay`: placed visits that stand as they are; `left_alone`: needs that people pinned or called
    off since the run began, so that the plan has no say in them. `unasked`: not asked any more.
    """

    run: int
    roster: RosterRow
    problem: Problem
    plan: Plan
    changes: tuple[RepairChange, ...]
    duties: tuple[DutyTurn, ...]
    stay: int
    left_alone: frozenset[str]

    @property
    def needs(self) -> frozenset[str]:
        """The keys of all changes."""
        return frozenset(change.visit for change in self.changes)


@dataclass(frozen=True, slots=True)
class OpenRun:
    """The row of a run with a plan that nobody has decided on."""

    id: int
    team: int
    week: date
    kind: RunKind
    problem: str
    plan: str
    requested_by: int | None
    scoped: bool


async def open_run(run: int, *, lock: bool = False) -> OpenRun | None:
    """The run, if its plan waits for a decision."""
    return await fetch_one(_OPEN + (" for update" if lock else ""), run, into=OpenRun)


async def proposal_of(run: OpenRun) -> Proposal:
    """What the run's plan would change of the draft now. Raises `NotFound` without a roster."""
    roster = await rows.roster_of(run.team, run.week)
    if roster is None:
        raise NotFound
    draft = {row.need: row for row in await rows.draft_visits(roster.id)}
    problem, plan = load_problem(run.problem), load_plan(run.plan)
    left_alone = frozenset(_left_alone(draft.values(), problem))
    before = _standing(draft.values(), problem, left_alone)
    begun = {place.visit for place in before if _begun(place, problem.now)} | left_alone
    after = [place for place in plan.placements if place.visit not in begun]
    asked = {visit.code for visit in problem.visits}
    before = [place for place in before if place.visit not in begun]
    found = told(
        problem,
        before,
        after,
        now=problem.now,
        called_off={place.visit for place in before} - asked,
        reasons={one.visit: one.reasons for one in plan.unplaced},
    )
    tenants = {visit.code: visit.tenant for visit in problem.visits}
    tenants |= {need: row.tenant_code for need, row in draft.items()}
    changes = [change_of(one, problem, tenants.get(one.visit)) for one in found]
    lost = {one.visit for one in changes if one.before is not None}
    return Proposal(
        run=run.id,
        roster=roster,
        problem=problem,
        plan=plan,
        changes=tuple(sorted(changes, key=_when)),
        duties=await _duties(run, problem, plan),
        stay=len(before) - len(lost),
        left_alone=left_alone & {p.visit for p in plan.placements} | (left_alone & draft.keys()),
    )


def _left_alone(draft: Iterable[DraftVisit], problem: Problem) -> Iterable[str]:
    """Needs that people decided since the problem was made: pinned elsewhere, or called off."""
    pins = {pin.visit: (pin.day, pin.start) for pin in problem.pins}
    asked = {visit.code for visit in problem.visits}
    for row in draft:
        if row.called_off and row.need in asked:
            yield row.need
        elif row.pinned and row.starts_at is not None and row.need in asked:
            held = to_slot(problem.week, row.starts_at)
            if pins.get(row.need) != held:
                yield row.need


def _standing(
    draft: Iterable[DraftVisit], problem: Problem, left_alone: frozenset[str]
) -> list[Placement]:
    found = []
    for row in draft:
        if row.placed and row.starts_at is not None and row.need not in left_alone:
            day, start = to_slot(problem.week, row.starts_at)
            found.append(Placement(visit=row.need, day=day, start=start, workers=row.workers))
    return found


def _begun(place: Placement, now: int | None) -> bool:
    return now is not None and place.day * DAY_MINUTES + place.start < now


def _when(change: RepairChange) -> tuple[datetime, str]:
    side = change.before or change.after
    assert side is not None, "a change has a side"
    return side.starts_at, change.visit


async def _duties(run: OpenRun, problem: Problem, plan: Plan) -> tuple[DutyTurn, ...]:
    """Duties of the week whose worker the plan changes."""
    team = await team_by_id(run.team)
    if team is None or not problem.duties:
        return ()
    given: Mapping[str, str] = {one.duty: one.worker for one in plan.duties}
    known: dict[str, Any] = {duty.code: duty for duty in problem.duties}
    return tuple(
        DutyTurn(
            key=slot.key,
            kind=slot.kind.value,
            starts_at=slot.starts_at,
            before=slot.worker,
            after=given.get(slot.key),
        )
        for slot in await duties_in_week(team, run.week)
        if slot.key in known
        and not _past(known[slot.key], problem.now)
        and slot.worker != given.get(slot.key)
    )


def _past(duty: Any, now: int | None) -> bool:
    return now is not None and duty.day * DAY_MINUTES + duty.start < now


def needs_of(changes: Iterable[RepairChange], *kinds: RepairKind) -> int:
    """How many changes are of these kinds."""
    return sum(change.became in kinds for change in changes)


_OPEN = """
select id, team, week, kind, problem, plan, requested_by,
    num_nonnulls(only_day, only_worker) > 0 as scoped
from plan_runs
where id = $1 and plan is not null and applied_at is null and discarded_at is null
"""
