"""Half-open intervals of minutes, `[start, end)`, and their algebra."""

from collections.abc import Iterable
from typing import NamedTuple


class Interval(NamedTuple):
    """`[start, end)`: empty unless start < end."""

    start: int
    end: int


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same minutes as sorted disjoint intervals; those that touch are merged."""
    merged: list[Interval] = []
    for start, end in sorted(i for i in intervals if i[0] < i[1]):
        if merged and start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Interval(start, end))
    return tuple(merged)


def intersect(left: Iterable[Interval], right: Iterable[Interval]) -> tuple[Interval, ...]:
    """The minutes in both, as sorted disjoint intervals."""
    a, b = union(left), union(right)
    both: list[Interval] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            both.append(Interval(start, end))
        if a[i].end <= b[j].end:
            i += 1
        else:
            j += 1
    return tuple(both)


def subtract(left: Iterable[Interval], right: Iterable[Interval]) -> tuple[Interval, ...]:
    """The minutes in `left` that are not in `right`, as sorted disjoint intervals."""
    rest: list[Interval] = []
    holes = union(right)
    for start, end in union(left):
        at = start
        for hole in holes:
            if hole.end <= at or hole.start >= end:
                continue
            if at < hole.start:
                rest.append(Interval(at, hole.start))
            at = hole.end
        if at < end:
            rest.append(Interval(at, end))
    return tuple(rest)


def contains(intervals: Iterable[Interval], inner: Interval) -> bool:
    """Whether `inner` lies wholly inside a single interval as given (not merged first)."""
    return any(start <= inner.start and inner.end <= end for start, end in intervals)


def overlaps(left: Interval, right: Interval) -> bool:
    """Whether the two share a minute; intervals that only touch do not."""
    return max(left.start, right.start) < min(left.end, right.end)


def minutes(intervals: Iterable[Interval]) -> int:
    """How many minutes the intervals cover together, each minute once."""
    return sum(end - start for start, end in union(intervals))
