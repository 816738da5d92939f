"""Travel minutes over streets: worked out by hand on a toy town."""

from scheduling.problem import Mode, ModeSpeed, Place, StraightLine
from scheduling.streets import street_graph
from scheduling.travel import matrix_of
from scheduling.travel_streets import Leg, StreetTravel

# A row of three nodes, 1112 m apart from south to north; the streets between them wind.
NODES = [(50_850_000, 4_350_000), (50_860_000, 4_350_000), (50_870_000, 4_350_000)]
GRAPH = street_graph(NODES, [(0, 1, 1500), (1, 2, 1500)])
LINE = StraightLine(
    detour_percent=130,
    speeds=(
        ModeSpeed(mode=Mode.WALK, metres_per_hour=4800),  # 80 m a minute
        ModeSpeed(mode=Mode.BIKE, metres_per_hour=15000, overhead=3),  # 250 m a minute
        ModeSpeed(mode=Mode.TRANSIT, metres_per_hour=15000, overhead=8),
    ),
)
TRAVEL = StreetTravel(graph=GRAPH, line=LINE)


def place(code: str, lat: int, lon: int = 4_350_000) -> Place:
    return Place(code=code, lat=lat, lon=lon)


SOUTH, MIDDLE, NORTH = place("s", 50_850_000), place("m", 50_860_000), place("n", 50_870_000)
OFF_SOUTH = place("o", 50_848_000)  # 222 m south of the south node: 289 m to walk
OUTSIDE = place("x", 50_830_000)  # 2224 m south of it


def test_the_same_place_takes_no_time() -> None:
    assert TRAVEL.minutes(SOUTH, SOUTH, Mode.BIKE) == 0
    assert TRAVEL.minutes(SOUTH, place("twin", SOUTH.lat), Mode.WALK) == 0


def test_walking_takes_the_streets() -> None:
    assert TRAVEL.minutes(SOUTH, NORTH, Mode.WALK) == 38  # 3000 m at 80: 37.5


def test_a_mode_takes_its_overhead_and_its_speed() -> None:
    assert TRAVEL.minutes(SOUTH, NORTH, Mode.BIKE) == 15  # 12 and 3
    assert TRAVEL.minutes(SOUTH, NORTH, Mode.TRANSIT) == 20  # 12 and 8


def test_the_way_to_the_first_node_is_walked() -> None:
    assert TRAVEL.legs([OFF_SOUTH, NORTH])[0][1] == Leg(walked=289, streets=3000)
    assert TRAVEL.minutes(OFF_SOUTH, NORTH, Mode.BIKE) == 19  # 3.6 on foot, 12 and 3


def test_whoever_walks_faster_than_the_mode_walks() -> None:
    # 289 m straight with detour, at once: 4 minutes on foot, 9 by transit.
    assert TRAVEL.minutes(OFF_SOUTH, SOUTH, Mode.TRANSIT) == 4
    assert TRAVEL.minutes(OFF_SOUTH, SOUTH, Mode.WALK) == 4


def test_a_mode_without_a_speed_is_walked() -> None:
    assert TRAVEL.minutes(SOUTH, NORTH, Mode.CAR) == 38


def test_close_places_are_joined_by_small_streets() -> None:
    # 334 m east and west of the south node's meridian: both snap to it, 351 m from each other.
    west, east = place("w", 50_850_000, 4_347_500), place("e", 50_850_000, 4_352_500)
    assert TRAVEL.legs([west, east])[0][1] == Leg(walked=0, streets=456)
    graph = street_graph(
        [(50_850_000, 4_347_500), (50_850_000, 4_352_500), (50_860_000, 4_350_000)],
        [(0, 2, 1200), (2, 1, 1200)],
    )
    around = StreetTravel(graph=graph, line=LINE)
    assert around.legs([west, east])[0][1] == Leg(walked=0, streets=456)


def test_places_farther_apart_take_the_streets_however_long() -> None:
    graph = street_graph([NODES[0], NODES[1]], [(0, 1, 5000)])
    assert StreetTravel(graph=graph, line=LINE).minutes(SOUTH, MIDDLE, Mode.WALK) == 63


def test_outside_the_graph_the_straight_line_with_detour_counts() -> None:
    assert TRAVEL.legs([OUTSIDE, SOUTH])[0][1] == Leg(walked=0, streets=2891)
    assert TRAVEL.minutes(OUTSIDE, SOUTH, Mode.BIKE) == 15  # 11.6 and 3


def test_two_islands_of_streets_are_joined_by_the_straight_line() -> None:
    graph = street_graph(NODES, [(0, 1, 1500)])
    travel = StreetTravel(graph=graph, line=LINE)
    assert travel.legs([SOUTH, NORTH])[0][1] == Leg(walked=0, streets=2891)


def test_a_matrix_equals_the_pairs_one_by_one_and_is_symmetric() -> None:
    places = [OUTSIDE, OFF_SOUTH, SOUTH, MIDDLE, NORTH]
    for mode in Mode:
        matrix = TRAVEL.matrix(places, mode)
        assert matrix == tuple(tuple(TRAVEL.minutes(a, b, mode) for b in places) for a in places)
        assert matrix == tuple(zip(*matrix, strict=True))


def test_as_a_problem_matrix_minutes_go_up_to_the_grid() -> None:
    matrix = matrix_of(TRAVEL, [SOUTH, MIDDLE, NORTH], modes=[Mode.WALK], grid=5)
    assert matrix.tables[0].minutes == ((0, 20, 40), (20, 0, 20), (40, 20, 0))
