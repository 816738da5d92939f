"""Why a visit is left out: the static chain's counts, else what inserting it shows.

The chain's counts hold for every plan of the problem; `conflict` and `price` are facts about one
plan, checked by insertion, never a solver's word.
"""

from scheduling.engine.options import best_move
from scheduling.engine.state import OUT, State
from scheduling.plan import Reason, ReasonCode, Unplaced


def unplaced_reasons(state: State) -> tuple[Unplaced, ...]:
    """Reasons for every visit the state leaves out, by code."""
    found = [
        Unplaced(visit=visit.code, reasons=reasons_for(state, v))
        for v, visit in enumerate(state.c.visits)
        if state.day[v] == OUT
    ]
    return tuple(sorted(found, key=lambda one: one.visit))


def reasons_for(state: State, visit: int) -> tuple[Reason, ...]:
    """The chain up to the first filter that leaves nothing, or all of it and what the plan does.

    `price`: there is room, but every place in this plan costs at least as much as leaving out.
    """
    compiled = state.c.visits[visit]
    reasons: list[Reason] = []
    for reason in compiled.reasons:
        reasons.append(reason)
        if not reason.left:
            return tuple(reasons)
    code = ReasonCode.CONFLICT if best_move(state, visit) is None else ReasonCode.PRICE
    return (*reasons, Reason(code=code, left=compiled.options))
