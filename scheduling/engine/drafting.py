"""Drafts of a problem: the empty one, and one that holds placements."""

from collections.abc import Iterable

from scheduling.engine.compile import compile_problem
from scheduling.engine.draft import Draft, Tools
from scheduling.problem import Placement, Problem


def empty_draft(problem: Problem, seed: int = 1) -> Draft:
    """A draft of a valid, canonical problem with every visit left out."""
    return Draft(Tools(compile_problem(problem), seed))


def draft_of(problem: Problem, placements: Iterable[Placement]) -> Draft:
    """One that holds these placements at their minutes, as far as they can be walked."""
    draft = empty_draft(problem)
    index = {visit.code: v for v, visit in enumerate(draft.c.visits)}
    for placement in sorted(placements, key=lambda p: (p.day, p.start, p.visit)):
        v = index.get(placement.visit)
        if v is not None and draft.is_out(v) and 0 <= placement.day < problem.days:
            draft.keep(v, placement)
    return draft
