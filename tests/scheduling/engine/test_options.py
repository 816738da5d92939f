"""The best move against trying every lane and position."""

import random
from dataclasses import replace

import pytest

from scheduling.engine.construct import construct
from scheduling.engine.options import NO_JITTER, best_move
from scheduling.engine.solve import empty_state
from scheduling.engine.state import OUT, Move, State
from scheduling.engine.walk import FROZEN, NARROW, WIDE, token
from scheduling.instances import canonical
from scheduling.weights import Weights
from tests.scheduling.factories import ALL_FEATURES, Feature, random_problem


def every_single_move(state: State, visit: int) -> list[Move]:
    """All moves of a visit with one worker, each with the cost it really adds."""
    c, v = state.c, state.c.visits[visit]
    hows = [WIDE, NARROW]
    if v.frozen:
        hows = [FROZEN + start for start in range(0, 1441, c.grid)]
    found = []
    for day, numbers in enumerate(v.lanes):
        for number in numbers:
            worker = c.lanes[number].worker
            allowed = state.allowed_day(visit, day) and state.has_room(visit, worker, day)
            if not allowed or not state.bearable(visit, 1 << worker):
                continue
            tokens = state.routes[number].tokens
            for position in range(len(tokens) + 1):
                for how in hows:
                    move = _tried(state, visit, day, number, position, how)
                    if move is not None:
                        found.append(move)
    return found


def _tried(state: State, visit: int, day: int, number: int, position: int, how: int) -> Move | None:
    if how >= FROZEN:
        inside = any(a <= how - FROZEN <= b for a, b in state.c.stops[visit].ranges[day])
        if not inside or not state.free_at(visit, day, how - FROZEN):
            return None
    tok, tokens = token(visit, how), state.routes[number].tokens
    if state.book.route(number, (*tokens[:position], tok, *tokens[position:])) is None:
        return None
    trial = state.copy()
    trial.place(visit, Move(0, day, tok, (number,), (position,)))
    if trial.used[day] > state.c.capacity[day]:
        return None
    cost = trial.cost - state.cost + state.c.visits[visit].unplaced
    return Move(cost, day, tok, (number,), (position,))


@pytest.mark.parametrize("seed", range(25))
def test_a_single_visit_gets_the_cheapest_of_all_moves(seed: int) -> None:
    # where starts cost something, frozen visits try only starts that abut something
    plain = ALL_FEATURES - {Feature.WISHES, Feature.PUBLISHED, Feature.RESERVE}
    features = plain if seed % 2 else ALL_FEATURES - {Feature.RESOURCES}
    week = random_problem(seed, workers=5, tenants=16, visits=22, features=features)
    if seed % 2:  # a first meeting saves more than most ways cost
        tenants = tuple(replace(t, distinct=3) for t in week.tenants)
        week = replace(week, tenants=tenants, weights=Weights(rotation=200, language=90))
    state = empty_state(canonical(week))
    construct(state)
    rng, compared = random.Random(seed), 0
    for v, visit in enumerate(state.c.visits):
        if len(visit.seats) > 1 or (visit.frozen and not seed % 2):
            continue
        twin = state.copy()
        if twin.day[v] != OUT:
            twin.remove(v)
        elif rng.random() < 0.5:
            continue
        moves = every_single_move(twin, v)
        best = best_move(twin, v, NO_JITTER)
        assert (best.cost if best else None) == min((m.cost for m in moves), default=None)
        compared += bool(moves)
    assert compared


@pytest.mark.parametrize("seed", range(6))
def test_a_blurred_choice_still_has_its_true_cost(seed: int) -> None:
    state = empty_state(canonical(random_problem(seed, workers=6, tenants=9, visits=24)))
    for v in range(len(state.c.visits)):
        move = best_move(state, v, (987654321 + 2 * seed, 31))
        if move is not None:
            before = state.cost
            state.place(v, move)
            assert state.cost - before + state.c.visits[v].unplaced == move.cost
