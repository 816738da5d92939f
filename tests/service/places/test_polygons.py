"""Point in polygon: parts, holes, refusals."""

import pytest

from service.places.polygons import area_from_geojson

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]
FAR = [[20, 0], [21, 0], [21, 1], [20, 1], [20, 0]]


def test_a_point_in_a_hole_is_outside() -> None:
    area = area_from_geojson("a", {"type": "Polygon", "coordinates": [SQUARE, HOLE]})
    assert area.holds(lat=2, lon=2)
    assert not area.holds(lat=5, lon=5)
    assert not area.holds(lat=5, lon=11)


def test_every_part_counts_and_the_gap_between_them_does_not() -> None:
    area = area_from_geojson("a", {"type": "MultiPolygon", "coordinates": [[SQUARE], [FAR]]})
    assert area.holds(lat=0.5, lon=20.5)
    assert area.holds(lat=5, lon=5)
    assert not area.holds(lat=0.5, lon=15)


def test_the_distance_to_the_edge_is_in_metres() -> None:
    ring = [[4.35, 50.85], [4.36, 50.85], [4.36, 50.86], [4.35, 50.86], [4.35, 50.85]]
    area = area_from_geojson("a", {"type": "Polygon", "coordinates": [ring]})
    assert area.metres_to_edge(lat=50.851, lon=4.355) == pytest.approx(111, abs=1)


def test_another_geometry_is_refused() -> None:
    with pytest.raises(ValueError, match="'Point', expected Polygon or MultiPolygon"):
        area_from_geojson("a", {"type": "Point", "coordinates": [4, 50]})
