"""Why a visit is left out: the static chain's counts, else what inserting it shows.

The chain's counts hold for every plan of the problem; what comes after it is a fact about one plan,
checked by insertion with one limit lifted at a time, never a solver's word.
"""

from collections.abc import Callable
from dataclasses import replace

from scheduling.engine.compiled import Compiled
from scheduling.engine.options import best_move
from scheduling.engine.state import OUT, State
from scheduling.plan import Reason, ReasonCode, Unplaced

NO_LIMIT = 1 << 20


def unplaced_reasons(state: State) -> tuple[Unplaced, ...]:
    """Reasons for every visit the state leaves out, by code."""
    found = [
        Unplaced(visit=visit.code, reasons=reasons_for(state, v))
        for v, visit in enumerate(state.c.visits)
        if state.day[v] == OUT
    ]
    return tuple(sorted(found, key=lambda one: one.visit))


def reasons_for(state: State, visit: int) -> tuple[Reason, ...]:
    """The chain up to the first filter that leaves nothing, or all of it and what the plan does."""
    compiled = state.c.visits[visit]
    reasons: list[Reason] = []
    for reason in compiled.reasons:
        reasons.append(reason)
        if not reason.left:
            return tuple(reasons)
    return (*reasons, Reason(code=_in_the_plan(state, visit), left=compiled.options))


def _in_the_plan(state: State, visit: int) -> ReasonCode:
    """What keeps the visit out of this plan: the first limit that, lifted alone, makes room."""
    if best_move(state, visit) is not None:
        return ReasonCode.PRICE
    for code, lift in _LIMITS:
        lifted = state.copy()
        lifted.c = lift(state.c, visit)
        if best_move(lifted, visit) is not None:
            return code
    return ReasonCode.CONFLICT


def _without_hours(c: Compiled, _visit: int) -> Compiled:
    return replace(c, workers=tuple(replace(w, visiting_limit=NO_LIMIT) for w in c.workers))


def _without_count(c: Compiled, visit: int) -> Compiled:
    return _with_visit(c, visit, limited=False)


def _without_reserve(c: Compiled, _visit: int) -> Compiled:
    return replace(c, capacity=(NO_LIMIT,) * c.days)


def _without_spacing(c: Compiled, visit: int) -> Compiled:
    return _with_visit(c, visit, spaced=False)


def _with_visit(c: Compiled, visit: int, **changes: bool) -> Compiled:
    changed = replace(c.visits[visit], **changes)  # type: ignore[arg-type]  # flags alone
    return replace(c, visits=(*c.visits[:visit], changed, *c.visits[visit + 1 :]))


_LIMITS: tuple[tuple[ReasonCode, Callable[[Compiled, int], Compiled]], ...] = (
    (ReasonCode.HOURS, _without_hours),
    (ReasonCode.VISITS, _without_count),
    (ReasonCode.RESERVE, _without_reserve),
    (ReasonCode.SPACING, _without_spacing),
)
