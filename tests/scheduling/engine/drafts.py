"""Drafts for tests of the engine: made from problems, read as plain facts, judged as plans."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scheduling.check import check
from scheduling.engine import layout as at
from scheduling.engine.construct import construct
from scheduling.engine.draft import Draft, Move, Side
from scheduling.engine.drafting import empty_draft
from scheduling.engine.insert import best_move
from scheduling.engine.kernel import below
from scheduling.instances import canonical
from scheduling.plan import Plan
from scheduling.problem import After, Placement, Problem, Visit
from scheduling.score import score
from tests.scheduling.plans import plan


def empty_of(week: Problem) -> Draft:
    """Every visit left out; duties are none of the draft's business and are dropped."""
    return empty_draft(canonical(replace(week, duties=())))


def constructed(week: Problem) -> Draft:
    """The first complete plan."""
    draft = empty_of(week)
    tools = draft.tools
    construct(draft.t, draft.s, tools.w, tools.k, tools.r)
    return draft


def plan_of(draft: Draft) -> Plan:
    """What the judge reads."""
    return plan(draft.c.problem, *draft.placements())


def judged(draft: Draft) -> int:
    """The judge's price of a draft, which must be clean."""
    made = plan_of(draft)
    assert check(draft.c.problem, made) == ()
    return score(draft.c.problem, made).total


def noisy_move(draft: Draft, visit: int, noise: int) -> Move | None:
    """The kernel's choice when each lane looks up to `noise` points dearer than it is."""
    tools, t = draft.tools, draft.t
    salt = 2 * below(tools.r, 1 << 20) + 1
    cost = best_move(t, draft.s, tools.w, tools.k, visit, salt, noise)
    if cost >= at.NO:
        return None
    first = t[at.W_MOVE]
    sides = tuple(
        Side(*tools.w[first + 2 + 3 * i : first + 5 + 3 * i])
        for i in range(len(draft.calls(visit)))
    )
    return Move(tools.w[first], tools.w[first + 1], sides)


@dataclass(frozen=True)
class Facts:
    """All that a draft says of its plan; scratch paper and versions aside."""

    cost: int
    latest: int
    visits: tuple[Any, ...]
    lanes: tuple[Any, ...]
    counts: tuple[Any, ...]


def facts(draft: Draft) -> Facts:
    """The facts of a draft."""
    t, s, c = draft.t, draft.s, draft.c

    def block(name: int, n: int) -> tuple[int, ...]:
        return tuple(s[t[name] : t[name] + n])

    def row(name: int, lane: int, n: int) -> tuple[int, ...]:
        first = t[name] + lane * t[at.STRIDE]
        return tuple(s[first : first + n])

    lanes = []
    for lane in range(len(c.lanes)):
        n = s[t[at.S_LEN] + lane]
        sums = (at.S_WAY, at.S_COST, at.S_MINUTES, at.S_VISITS, at.S_PRICED, at.S_LATE)
        lanes.append(
            (
                draft.stops(lane),
                row(at.S_TIME, lane, n) if draft.walked(lane) else (),
                [s[t[name] + lane] for name in sums if draft.walked(lane) or name != at.S_WAY],
            )
        )
    out = [
        (draft.day(v), [(draft.lane_of(call), draft.how(call)) for call in draft.calls(v)])
        if not draft.is_out(v)
        else None
        for v in range(len(c.visits))
    ]
    people, days = len(c.workers), c.days
    counts = (
        block(at.S_LOAD, people),
        block(at.S_COUNT, people * days),
        block(at.S_USED, days),
        block(at.S_BUSYDAY, days),
        block(at.S_MET, people * len(c.tenants)),
        block(at.S_NMET, len(c.tenants)),
    )
    return Facts(draft.cost, s[at.LATEST], tuple(out), tuple(lanes), counts)


def anywhere(draft: Draft, rng: random.Random, visit: int) -> Placement:
    """Some day, start and workers for a visit, on the grid, seats as far apart as they may be."""
    problem = draft.c.problem
    given: Visit = next(v for v in problem.visits if v.code == draft.c.visits[visit].code)
    codes = [worker.code for worker in draft.c.workers]
    grid = problem.grid
    offsets = tuple(
        rng.randrange(after.least, after.most + 1, grid)
        for after in (seat.after or After(0, 0) for seat in given.seats)
    )
    return Placement(
        visit=given.code,
        day=rng.randrange(problem.days),
        start=-(-rng.randrange(510, 1080) // grid) * grid,
        workers=tuple(rng.sample(codes, min(len(codes), len(given.seats)))),
        offsets=offsets if any(offsets) else (),
    )


def shaken(draft: Draft, rng: random.Random, times: int) -> Iterator[str]:
    """Do so many random things to a draft, in place; after each, say what was done."""
    for _ in range(times):
        v = rng.randrange(len(draft.c.visits))
        if not draft.is_out(v):
            yield "removed" if draft.remove(v) else "refused"
            continue
        if rng.random() < 0.4:
            yield "kept" if draft.keep(v, anywhere(draft, rng, v)) else "no"
            continue
        move = noisy_move(draft, v, rng.choice((0, 7, 31)))
        if move is None:
            yield "no"
            continue
        draft.place(v, move)
        yield "placed"
