"""What a repair run changed of the published week, and who must be told: kept with the run."""

import msgspec

from scheduling.plan import Plan
from scheduling.problem import Placement, Problem
from scheduling.telling import Told, told
from scheduling.weeks import DAY_MINUTES, to_instant
from service.rounds.run_types import RepairChange, RepairStanding
from service.rounds.states import RepairKind
from service.rounds.types import WaitingReason


def repair_changes(problem: Problem, plan: Plan) -> tuple[RepairChange, ...]:
    """Every change of what the problem holds as published, by need; what has begun is past."""
    now = problem.now
    published = tuple(place for place in problem.published or () if not _begun(place, now))
    begun = {place.visit for place in problem.published or () if _begun(place, now)}
    after = tuple(place for place in plan.placements if place.visit not in begun)
    asked = {visit.code for visit in problem.visits}
    found = told(
        problem,
        published,
        after,
        now=now,
        called_off={place.visit for place in published} - asked,
        reasons={one.visit: one.reasons for one in plan.unplaced},
    )
    tenants = {visit.code: visit.tenant for visit in problem.visits}
    return tuple(change_of(one, problem, tenants.get(one.visit)) for one in found)


def stored_changes(problem: Problem, plan: Plan) -> str:
    """The same as JSON, for the run's row: codes only."""
    return msgspec.json.encode(repair_changes(problem, plan)).decode()


def read_changes(stored: str | None) -> tuple[RepairChange, ...]:
    """Changes from a run's row; none of a run that is no repair."""
    return msgspec.json.decode(stored, type=tuple[RepairChange, ...]) if stored else ()


def _begun(place: Placement, now: int | None) -> bool:
    return now is not None and place.day * DAY_MINUTES + place.start < now


def change_of(one: Told, problem: Problem, tenant: str | None) -> RepairChange:
    """A change as the planner tells it, for people: instants and codes."""
    last = one.reasons[-1] if one.reasons else None
    return RepairChange(
        visit=one.visit,
        tenant=tenant,
        became=RepairKind(one.became.value),
        before=_standing(one.before, problem),
        after=_standing(one.after, problem),
        tell=one.workers,
        tell_tenant=one.tenant is not None,
        reason=WaitingReason(code=last.code.value, left=last.left) if last else None,
    )


def _standing(place: Placement | None, problem: Problem) -> RepairStanding | None:
    if place is None:
        return None
    starts = to_instant(problem.week, day=place.day, minute=place.start)
    return RepairStanding(starts_at=starts, workers=place.workers)
