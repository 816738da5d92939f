"""Why a visit is left out: the static chain's counts, else what inserting it shows.

The chain's counts hold for every plan of the problem; what comes after it is a fact about one plan,
checked by insertion with one limit lifted at a time, never a solver's word.
"""

from collections.abc import Callable

from scheduling.engine import layout as at
from scheduling.engine.draft import Draft
from scheduling.engine.insert import best_move
from scheduling.engine.kernel import Array, copy_of
from scheduling.plan import Reason, ReasonCode, Unplaced


def unplaced_reasons(draft: Draft) -> tuple[Unplaced, ...]:
    """Reasons for every visit the draft leaves out, by code."""
    found = [
        Unplaced(visit=draft.c.visits[v].code, reasons=reasons_for(draft, v))
        for v in draft.left_out()
    ]
    return tuple(sorted(found, key=lambda one: one.visit))


def reasons_for(draft: Draft, visit: int) -> tuple[Reason, ...]:
    """The chain up to the first filter that leaves nothing, or all of it and what the plan does."""
    compiled = draft.c.visits[visit]
    reasons: list[Reason] = []
    for reason in compiled.reasons:
        reasons.append(reason)
        if not reason.left:
            return tuple(reasons)
    return (*reasons, Reason(code=_in_the_plan(draft, visit), left=compiled.options))


def _in_the_plan(draft: Draft, visit: int) -> ReasonCode:
    """What keeps the visit out of this plan: the first limit that, lifted alone, makes room."""
    if draft.best_move(visit) is not None:
        return ReasonCode.PRICE
    tools = draft.tools
    for code, lift in _LIMITS:
        lifted = copy_of(draft.t)
        lift(lifted, visit)
        if best_move(lifted, draft.s, tools.w, tools.k, visit, 0, 0) < at.NO:
            return code
    return ReasonCode.CONFLICT


def _without_hours(t: Array, _visit: int) -> None:
    t[at.VISITING_PRICE] = 0


def _without_count(t: Array, _visit: int) -> None:
    t[at.LIMIT_PRICE] = 0


def _without_reserve(t: Array, _visit: int) -> None:
    t[at.RESERVE_PRICE] = 0


def _without_spacing(t: Array, _visit: int) -> None:
    t[at.SPACING_PRICE] = 0


_LIMITS: tuple[tuple[ReasonCode, Callable[[Array, int], None]], ...] = (
    (ReasonCode.HOURS, _without_hours),
    (ReasonCode.VISITS, _without_count),
    (ReasonCode.RESERVE, _without_reserve),
    (ReasonCode.SPACING, _without_spacing),
)
