"""Rounds worth remembering: those of plans near the best, the material of the master."""

from scheduling.engine.state import OUT, State
from scheduling.engine.walk import Tokens

MARGIN = 80
"""Points above the best plan within which a plan's rounds are kept."""

Crew = tuple[int, int, int, tuple[int, ...]]
"""A frozen visit as placed: (visit, day, token, lanes in seat order)."""


class Pool:
    """Rounds and crews, each with the cost of the best plan it was part of."""

    def __init__(self) -> None:
        """Start empty."""
        self.rounds: dict[tuple[int, Tokens], int] = {}
        self.crews: dict[Crew, int] = {}
        self.best = 1 << 60

    def keep(self, state: State) -> None:
        """Remember an accepted state's rounds and crews if its cost is near the best seen."""
        cost = state.cost
        if cost > self.best + MARGIN:
            return
        self.best = min(self.best, cost)
        for route in state.routes:
            if route.visits:
                key = (route.lane.number, route.tokens)
                if self.rounds.get(key, 1 << 60) > cost:
                    self.rounds[key] = cost
        for crew in crews_of(state):
            if self.crews.get(crew, 1 << 60) > cost:
                self.crews[crew] = cost

    def rounds_by_merit(self, most: int) -> list[tuple[int, Tokens]]:
        """The rounds of the best plans, best first; ties by lane and sequence."""
        return sorted(self.rounds, key=lambda key: (self.rounds[key], key))[:most]

    def crews_by_merit(self, most: int) -> list[Crew]:
        """The crews of the best plans, best first."""
        return sorted(self.crews, key=lambda crew: (self.crews[crew], crew))[:most]


def crews_of(state: State) -> list[Crew]:
    """Crews of the frozen visits that are placed."""
    found = []
    for v, visit in enumerate(state.c.visits):
        if visit.frozen and state.day[v] != OUT:
            found.append((v, state.day[v], state.held_token(v), state.crew[v]))
    return found
