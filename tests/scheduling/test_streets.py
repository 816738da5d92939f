"""The street graph: exact on a toy town, by its properties at random."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.streets import Snap, shortest_metres, snap, straight_metres, street_graph

# 50.85 N, 4.35 E; 0.001 degree is 111.2 m to the north and 70.2 m to the east.
A, B, C, D = (
    (50_850_000, 4_350_000),
    (50_852_000, 4_350_000),
    (50_852_000, 4_353_000),
    (
        50_850_000,
        4_353_000,
    ),
)
TOY = street_graph([A, B, C, D], [(0, 1, 230), (1, 2, 215), (2, 3, 230), (0, 3, 900)])


def test_shortest_way_goes_around_when_the_direct_street_is_long() -> None:
    assert shortest_metres(TOY, 0, [0, 1, 2, 3]) == {0: 0, 1: 230, 2: 445, 3: 675}


def test_shortest_way_is_the_same_backwards() -> None:
    assert shortest_metres(TOY, 3, [0]) == {0: 675}


def test_a_node_that_cannot_be_reached_is_left_out() -> None:
    graph = street_graph([A, B, C], [(0, 1, 230)])
    assert shortest_metres(graph, 0, [1, 2]) == {1: 230}


def test_straight_metres_of_a_known_triangle() -> None:
    assert straight_metres(A, B) == pytest.approx(222.4, abs=0.1)
    assert straight_metres(B, C) == pytest.approx(210.6, abs=0.3)
    assert straight_metres(A, A) == 0


def test_snap_takes_the_nearest_node_and_the_metres_to_it() -> None:
    assert snap(TOY, (50_850_500, 4_350_000), reach=1500) == Snap(node=0, metres=56)
    assert snap(TOY, (50_851_900, 4_352_900), reach=1500).node == 2


def test_snap_takes_the_lower_node_of_two_that_are_equally_near() -> None:
    graph = street_graph([B, A, A], [(0, 1, 230), (0, 2, 230)])
    assert snap(graph, A, reach=100).node == 1


def test_snap_finds_nothing_out_of_reach() -> None:
    far = (A[0] + 10_000, A[1])  # 1112 m north of A, 890 m north of B
    assert snap(TOY, far, reach=880).node is None
    assert snap(TOY, far, reach=900).node == 1


@pytest.mark.parametrize("edge", [(0, 4, 100), (-1, 0, 100), (0, 1, 0), (0, 1, -5)])
def test_an_edge_that_cannot_be_is_refused(edge: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="expected two of 4 nodes and positive metres"):
        street_graph([A, B, C, D], [edge])


points = st.tuples(st.integers(50_780_000, 50_910_000), st.integers(4_250_000, 4_480_000))


@given(nodes=st.lists(points, min_size=1, max_size=40), point=points)
def test_snap_agrees_with_looking_at_every_node(
    nodes: list[tuple[int, int]], point: tuple[int, int]
) -> None:
    graph = street_graph(nodes, [])
    within = [(straight_metres(point, node), i) for i, node in enumerate(nodes)]
    within = [pair for pair in within if pair[0] <= 2500]
    expected = min(within)[1] if within else None
    assert snap(graph, point, reach=2500).node == expected


@given(
    edges=st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 500)), max_size=25
    )
)
def test_shortest_ways_agree_with_relaxing_all_edges(edges: list[tuple[int, int, int]]) -> None:
    graph = street_graph([A] * 8, edges)
    best = {0: 0}
    for _ in range(8):
        for a, b, metres in [*edges, *((b, a, m) for a, b, m in edges)]:
            if a in best and best[a] + metres < best.get(b, 10**9):
                best[b] = best[a] + metres
    assert shortest_metres(graph, 0, range(8)) == best
