"""Travel times over the streets shipped with the package: the matrix of a problem's places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scheduling.problem import Matrix, Mode, Place, StraightLine
from scheduling.streets import StreetGraph, street_graph
from scheduling.travel import Minutes, matrix_of
from scheduling.travel_streets import StreetTravel
from service.places.data_files import read_rows


@cache
def packaged_streets() -> StreetGraph:
    """The streets of the Region, read once per process (some 40 ms)."""
    rows = list(read_rows("street_nodes.csv"))
    index = {row["node_id"]: i for i, row in enumerate(rows)}
    nodes = [(round(float(row["lat"]) * 1e6), round(float(row["lon"]) * 1e6)) for row in rows]
    edges = (
        (index[row["from_node"]], index[row["to_node"]], max(1, round(float(row["length_m"]))))
        for row in read_rows("street_edges.csv")
    )
    return street_graph(nodes, edges)


def street_travel(line: StraightLine | None = None) -> StreetTravel:
    """The provider over the packaged streets; `line` gives detour and speeds of its own."""
    return StreetTravel(graph=packaged_streets(), line=line or StraightLine())


def travel_matrix(
    places: Sequence[Place],
    *,
    modes: Sequence[Mode],
    grid: int = 5,
    line: StraightLine | None = None,
) -> Matrix:
    """Minutes between `places` on the grid, a table per mode, both in the order given."""
    provider = street_travel(line)
    return matrix_of(
        _Searched(provider=provider, tables=provider.matrices(places, modes)),
        places,
        modes=modes,
        grid=grid,
    )


@dataclass(frozen=True, slots=True)
class _Searched:
    """A provider that has searched its places once for all modes, for `matrix_of`."""

    provider: StreetTravel
    tables: Mapping[Mode, Minutes]

    def minutes(self, start: Place, end: Place, mode: Mode) -> int:
        return self.provider.minutes(start, end, mode)

    def matrix(self, places: Sequence[Place], mode: Mode) -> Minutes:
        del places  # those it was made for
        return self.tables[mode]
