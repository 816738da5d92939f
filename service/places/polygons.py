"""Which polygon a point lies in: even-odd rule on longitude and latitude, multi-part, holes."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]
"""Corners as (lon, lat), the first repeated at the end as GeoJSON has it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A named area of one or more parts, with the box around all of them."""

    key: str
    parts: tuple[tuple[Ring, ...], ...]
    west: float
    south: float
    east: float
    north: float

    def holds(self, *, lat: float, lon: float) -> bool:
        """Whether the point is inside one part and outside that part's holes."""
        if not (self.west <= lon <= self.east and self.south <= lat <= self.north):
            return False
        return any(
            _in_ring(part[0], lat=lat, lon=lon)
            and not any(_in_ring(hole, lat=lat, lon=lon) for hole in part[1:])
            for part in self.parts
        )

    def metres_to_edge(self, *, lat: float, lon: float) -> float:
        """Distance from the point to the area's nearest edge, on a local flat map."""
        return min(
            _metres_to_segment(a, b, lat=lat, lon=lon)
            for part in self.parts
            for ring in part
            for a, b in itertools.pairwise(ring)
        )


def area_from_geojson(key: str, geometry: dict[str, object]) -> Area:
    """An area from a GeoJSON `Polygon` or `MultiPolygon`.

    Raises:
        ValueError: the geometry is of another type.
    """
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list):
        raise ValueError(f"area {key}: geometry is {kind!r}, expected Polygon or MultiPolygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    parts = tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons)
    corners = [corner for part in parts for corner in part[0]]
    return Area(
        key=key,
        parts=parts,
        west=min(lon for lon, _ in corners),
        south=min(lat for _, lat in corners),
        east=max(lon for lon, _ in corners),
        north=max(lat for _, lat in corners),
    )


def areas_holding(areas: Iterable[Area], *, lat: float, lon: float) -> list[Area]:
    """Every area that holds the point, in the given order (neighbours overlap a little)."""
    return [area for area in areas if area.holds(lat=lat, lon=lon)]


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    return tuple((float(point[0]), float(point[1])) for point in points)


def _in_ring(ring: Ring, *, lat: float, lon: float) -> bool:
    inside = False
    for (lon_a, lat_a), (lon_b, lat_b) in itertools.pairwise(ring):
        if (lat_a > lat) != (lat_b > lat):
            crossing = lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a)
            if lon < crossing:
                inside = not inside
    return inside


def _metres_to_segment(
    a: tuple[float, float], b: tuple[float, float], *, lat: float, lon: float
) -> float:
    east, north = 70_300.0, 111_250.0  # metres per degree at the latitude of Brussels
    ax, ay = (a[0] - lon) * east, (a[1] - lat) * north
    dx, dy = (b[0] - a[0]) * east, (b[1] - a[1]) * north
    squared = dx * dx + dy * dy
    along = 0.0 if squared == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / squared))
    x, y = ax + along * dx, ay + along * dy
    return float((x * x + y * y) ** 0.5)
