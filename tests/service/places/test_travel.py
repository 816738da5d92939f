"""Travel over the packaged streets: known distances, properties, speed."""

import random
from statistics import median
from time import process_time

from scheduling.problem import Mode, Place
from scheduling.streets import straight_metres
from service.places.anchors import Anchor, stops
from service.places.travel import packaged_streets, street_travel, travel_matrix


def as_place(anchor: Anchor, code: str) -> Place:
    return Place(code=code, lat=round(anchor.lat * 1e6), lon=round(anchor.lon * 1e6))


def sample(count: int, *, seed: int) -> list[Place]:
    chosen = random.Random(seed).sample(stops(), count)
    return [as_place(anchor, f"p{i}") for i, anchor in enumerate(chosen)]


def by_name(name: str) -> Place:
    return as_place(next(stop for stop in stops() if stop.name_fr == name), "stop")


def test_the_packaged_graph_is_one_piece_of_727_km() -> None:
    graph = packaged_streets()
    assert len(graph.nodes) == 3913
    assert len(graph.neighbours) == 2 * 5004
    assert round(sum(graph.metres) / 2000) == 727
    seen, todo = {0}, [0]
    while todo:
        node = todo.pop()
        for neighbour in graph.neighbours[graph.first[node] : graph.first[node + 1]]:
            if neighbour not in seen:
                seen.add(neighbour)
                todo.append(neighbour)
    assert len(seen) == len(graph.nodes)


def test_streets_are_about_a_third_longer_than_the_crow_flies() -> None:
    places = sample(80, seed=3)
    legs = street_travel().legs(places)
    ratios = [
        (legs[i][j].walked + legs[i][j].streets)
        / straight_metres((places[i].lat, places[i].lon), (places[j].lat, places[j].lon))
        for i in range(len(places))
        for j in range(i)
    ]
    assert 1.22 <= median(ratios) <= 1.38
    assert min(ratios) >= 0.99


def test_farther_stops_of_one_line_take_longer() -> None:
    start = by_name("Simonis")
    names = ["Ribaucourt", "Madou", "Montgomery"]
    minutes = [street_travel().minutes(start, by_name(name), Mode.TRANSIT) for name in names]
    assert minutes == sorted(set(minutes))
    assert 8 <= minutes[0] <= 20
    assert 25 <= minutes[2] <= 50


def test_the_matrix_is_symmetric_on_the_grid_and_zero_at_home() -> None:
    places = sample(40, seed=5)
    matrix = travel_matrix(places, modes=list(Mode), grid=5)
    assert matrix.places == tuple(place.code for place in places)
    for table in matrix.tables:
        assert table.minutes == tuple(zip(*table.minutes, strict=True))
        assert all(table.minutes[i][i] == 0 for i in range(len(places)))
        assert all(value % 5 == 0 for row in table.minutes for value in row)


def test_no_mode_is_slower_than_walking() -> None:
    tables = {t.mode: t.minutes for t in travel_matrix(sample(30, seed=7), modes=list(Mode)).tables}
    for mode in Mode:
        for row, on_foot in zip(tables[mode], tables[Mode.WALK], strict=True):
            assert all(a <= b for a, b in zip(row, on_foot, strict=True))


def test_a_way_through_a_third_place_is_hardly_ever_shorter() -> None:
    # Walking to and from the third place's node and close places' small streets may save metres.
    places = sample(30, seed=11)
    metres = [[leg.walked + leg.streets for leg in row] for row in street_travel().legs(places)]
    shorter = sum(
        metres[i][k] + metres[k][j] < 0.9 * metres[i][j]
        for i in range(30)
        for j in range(30)
        for k in range(30)
        if len({i, j, k}) == 3
    )
    assert shorter <= 30 * 29 * 28 // 200


def test_a_hundred_places_take_less_than_a_second_and_a_half_of_work() -> None:
    packaged_streets()
    places = sample(100, seed=1)
    began = process_time()
    travel_matrix(places, modes=list(Mode))
    assert process_time() - began < 1.5


def test_a_place_outside_the_region_still_has_a_time() -> None:
    leuven = Place(code="leuven", lat=50_881_000, lon=4_715_000)
    minutes = street_travel().minutes(by_name("Simonis"), leuven, Mode.CAR)
    assert 80 <= minutes <= 120  # 27 km straight, 35 with the detour, at 22 km an hour, and 6
