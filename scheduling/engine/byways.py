"""The shortest time from place to place when other visits may be made on the way.

Where a detour can be shorter than the way itself, or a visit ends elsewhere than it begins, a place
may be reached only by way of other visits. What is to hold for every plan must count with that:
ways closed over all visits (Floyd 1962), whoever asks for them and whenever they could be.
"""

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array, array_of, compiled, copy_of


def with_byways(t: Array) -> Array:
    """The tables with such times for ways; the tables themselves where no visit shortens any."""
    calls: dict[tuple[int, int], int] = {}
    for call in range(t[at.CALLS]):
        through = int(t[t[at.STOP_FROM] + call]), int(t[t[at.STOP_TO] + call])
        minutes = int(t[t[at.STOP_MINUTES] + call])
        calls[through] = min(minutes, calls.get(through, minutes))
    stops = array_of([n for (a, b), minutes in sorted(calls.items()) for n in (a, b, minutes)])
    found = t
    for ways in sorted({int(t[t[at.LANE_WAYS] + lane]) for lane in range(t[at.LANES])}):
        if shortens(t, ways, stops, len(calls)):
            found = copy_of(t) if found is t else found
            shorten(found, ways, stops, len(calls))
    return found


@compiled
def shortens(t: Array, ways: int, stops: Array, n: int) -> int:
    """1 if any of `n` stops (from, to, minutes) makes any way of a table shorter."""
    places = t[at.PLACES]
    for a in range(places):
        row, longest = ways + a * places, 0
        for b in range(places):
            longest = max(longest, t[row + b])
        for k in range(n):
            to, onward = t[row + stops[3 * k]] + stops[3 * k + 2], ways + stops[3 * k + 1] * places
            if to < longest:
                for b in range(places):
                    if to + t[onward + b] < t[row + b]:
                        return 1
    return 0


@compiled
def shorten(t: Array, ways: int, stops: Array, n: int) -> None:
    """Make each way of a table as short as by any of `n` stops, one after the other."""
    places = t[at.PLACES]
    for k in range(n):
        onward = ways + stops[3 * k + 1] * places
        for a in range(places):
            row = ways + a * places
            to = t[row + stops[3 * k]] + stops[3 * k + 2]
            for b in range(places):
                t[row + b] = min(t[row + b], to + t[onward + b])
