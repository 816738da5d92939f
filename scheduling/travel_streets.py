"""Travel times over a graph of streets: walk to the nearest node, go the shortest way, walk again.

The graph holds main streets only, so three things are added to its shortest ways. The way between a
place and its node is walked, with the straight line's detour. Two places close to each other are no
farther apart than the straight line with its detour, since small streets are missing. A place with
no node within reach lies outside: from and to it the straight line with its detour counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduling.problem import Mode, ModeSpeed, Place, StraightLine
from scheduling.streets import Point, Snap, StreetGraph, shortest_metres, snap, straight_metres
from scheduling.travel import Minutes, round_up

WALK = ModeSpeed(mode=Mode.WALK, metres_per_hour=4800)
"""Used where the settings give walking no speed of its own."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way in metres: `walked` at its two ends, `streets` in between."""

    walked: int
    streets: int


NO_WAY = Leg(walked=0, streets=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetTravel:
    """`TravelTimes` over a street graph; the same both ways.

    `line` gives the detour and the speeds; a mode without a speed of its own is walked. `reach`:
    metres within which a place must have a node. `near`: straight metres up to which two places
    are taken to be joined by small streets too.
    """

    graph: StreetGraph
    line: StraightLine
    reach: int = 1500
    near: int = 400

    def minutes(self, start: Place, end: Place, mode: Mode) -> int:
        """Door-to-door minutes, rounded up to a whole minute."""
        return self.leg_minutes(self.legs([start, end])[0][1], mode)

    def matrix(self, places: Sequence[Place], mode: Mode) -> Minutes:
        """`[i][j]`: minutes from `places[i]` to `places[j]`."""
        return self.matrices(places, [mode])[mode]

    def matrices(self, places: Sequence[Place], modes: Iterable[Mode]) -> Mapping[Mode, Minutes]:
        """`matrix` for several modes from one search over the graph."""
        legs = self.legs(places)
        return {
            mode: tuple(tuple(self.leg_minutes(leg, mode) for leg in row) for row in legs)
            for mode in modes
        }

    def legs(self, places: Sequence[Place]) -> list[list[Leg]]:
        """The way between every two places: one Dijkstra per place, each pair looked up once."""
        points = [(place.lat, place.lon) for place in places]
        snaps = [snap(self.graph, point, reach=self.reach) for point in points]
        legs = [[NO_WAY] * len(places) for _ in places]
        for i, start in enumerate(snaps):
            nodes = {later.node for later in snaps[i + 1 :] if later.node is not None}
            ways = {} if start.node is None else shortest_metres(self.graph, start.node, nodes)
            for j in range(i + 1, len(places)):
                way = None if (node := snaps[j].node) is None else ways.get(node)
                leg = self._leg(points[i], points[j], start=start, end=snaps[j], way=way)
                legs[i][j] = legs[j][i] = leg
        return legs

    def leg_minutes(self, leg: Leg, mode: Mode) -> int:
        """Minutes of a way: walked whole, or in the mode's way in between, whichever is less."""
        speeds = {speed.mode: speed for speed in self.line.speeds}
        walk = speeds.get(Mode.WALK, WALK)
        if leg == NO_WAY:
            return 0
        on_foot = _exact(leg.walked + leg.streets, walk) + walk.overhead
        ride = speeds.get(mode, walk)
        riding = _exact(leg.walked, walk) + _exact(leg.streets, ride) + ride.overhead
        return round_up(min(on_foot, riding), 1)

    def _leg(self, a: Point, b: Point, *, start: Snap, end: Snap, way: int | None) -> Leg:
        if a == b:
            return NO_WAY
        detour = self.line.detour_percent / 100
        straight = straight_metres(a, b)
        direct = Leg(walked=0, streets=max(1, round(straight * detour)))
        if way is None:
            return direct
        along = Leg(walked=round((start.metres + end.metres) * detour), streets=way)
        longer = along.walked + along.streets > direct.streets
        return direct if straight <= self.near and longer else along


def _exact(metres: int, speed: ModeSpeed) -> float:
    return metres * 60 / speed.metres_per_hour
