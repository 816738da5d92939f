"""Interval algebra against sets of minutes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduling.windows import Interval, contains, intersect, minutes, overlaps, subtract, union

intervals = st.lists(
    st.builds(Interval, st.integers(0, 40), st.integers(0, 40)), max_size=6
)  # some are empty or upside down: they cover nothing


def covered(some: object) -> set[int]:
    assert hasattr(some, "__iter__")
    return {m for start, end in some for m in range(start, end)}


def is_tidy(some: tuple[Interval, ...]) -> bool:
    """Not empty, in order, and never touching."""
    return all(a.end < b.start for a, b in pairwise(some)) and all(
        start < end for start, end in some
    )


@given(intervals)
def test_union_covers_the_same_minutes_in_tidy_order(some: list[Interval]) -> None:
    assert covered(union(some)) == covered(some)
    assert is_tidy(union(some))


@given(intervals, intervals)
def test_intersect_and_subtract_are_those_of_sets(
    left: list[Interval], right: list[Interval]
) -> None:
    assert covered(intersect(left, right)) == covered(left) & covered(right)
    assert covered(subtract(left, right)) == covered(left) - covered(right)
    assert is_tidy(intersect(left, right))
    assert is_tidy(subtract(left, right))


@given(intervals)
def test_minutes_counts_each_minute_once(some: list[Interval]) -> None:
    assert minutes(some) == len(covered(some))


def test_touching_intervals_do_not_overlap_but_merge() -> None:
    morning, noon = Interval(540, 720), Interval(720, 780)
    assert not overlaps(morning, noon)
    assert union([noon, morning]) == (Interval(540, 780),)


def test_contains_asks_for_one_interval_as_given() -> None:
    halves = [Interval(540, 600), Interval(600, 660)]
    assert not contains(halves, Interval(570, 630))
    assert contains(union(halves), Interval(570, 630))
