"""Questions about one plan: why is a visit left out, what would help, and who could go?"""

from dataclasses import dataclass

from scheduling.asking import Asker
from scheduling.desk import Desk
from scheduling.engine.compile import compile_problem
from scheduling.engine.drafting import draft_of
from scheduling.engine.reasons import reasons_for
from scheduling.giving_way import GivesWay, NearMiss, gives_way, near_miss
from scheduling.instances import canonical, validated
from scheduling.levers import Lever, levers
from scheduling.on_duty import busied
from scheduling.plan import Plan, Reason, Unplaced
from scheduling.problem import Problem

__all__ = ["WhyNot", "explain", "who_could_go", "why_not"]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a visit is left out of a plan, and all that would let it in, cheapest first.

    `reasons`: the static chain and what this plan does; `levers`: one rule relaxed; `gives_way`:
    one other visit moved or left out; `near_miss`: of a visit of several workers, who just miss
    each other.
    """

    visit: str
    reasons: tuple[Reason, ...]
    levers: tuple[Lever, ...]
    gives_way: tuple[GivesWay, ...]
    near_miss: NearMiss | None


def why_not(desk: Desk, code: str) -> WhyNot:
    """Everything about one visit that the desk's plan leaves out; ValueError if it does not."""
    if code not in desk.visits or code in desk.placements:
        raise ValueError(f"{code} is not left out of this plan; ask about one of left_out()")
    asker = Asker(desk.draft)
    return WhyNot(
        visit=code,
        reasons=reasons_for(desk.draft, desk.index[code]),
        levers=levers(desk, code, asker),
        gives_way=gives_way(desk, code, asker),
        near_miss=near_miss(desk, code, asker),
    )


def explain(problem: Problem, plan: Plan) -> tuple[Unplaced, ...]:
    """Reasons for each visit of the problem that the plan leaves out, by code.

    Works for hand-made plans too; placements that cannot be walked as they stand are not counted
    as taking up room. InvalidProblem if the problem contradicts itself.
    """
    draft = draft_of(canonical(validated(busied(problem, plan.duties))), plan.placements)
    visits = draft.c.visits
    placed = {placement.visit for placement in plan.placements}
    return tuple(
        Unplaced(visit=visits[v].code, reasons=reasons_for(draft, v))
        for v in sorted(range(len(visits)), key=lambda v: visits[v].code)
        if visits[v].code not in placed
    )


def who_could_go(problem: Problem) -> dict[str, tuple[tuple[str, int], ...]]:
    """By visit, the (worker, day) choices that pass the whole static chain, in code order."""
    c = compile_problem(canonical(validated(problem)))
    return {
        visit.code: tuple(
            sorted(
                {
                    (c.workers[c.lanes[n].worker].code, day)
                    for day, numbers in enumerate(visit.lanes)
                    for n in numbers
                }
            )
        )
        for visit in c.visits
    }
