"""A problem's places: coarse on the map, exact in travel time, with those who may not go there."""

from dataclasses import replace

from scheduling.problem import Matrix, Mode, Place
from service.rounds.week import WeekFacts, place_code

COARSE = 10_000  # micro-degrees, about a kilometre: a problem's map does not tell an address


class Areas:
    """Places with those who may not go there; a tenant kept out of an area has places of their
    own there, which exclude everybody, so that the visit waits with that as its reason."""

    def __init__(self, facts: WeekFacts) -> None:
        self._facts = facts
        self._codes = [week.worker.code for week in facts.workers]
        self._closed: dict[str, int] = {}

    def code(self, place: int, tenant: int, tenant_code: str) -> str:
        refnis = self._facts.places[place].refnis
        if (tenant, refnis) not in self._facts.exclusions.tenant_area:
            return place_code(place)
        closed = f"{place_code(place)}.{tenant_code}"
        self._closed[closed] = place
        return closed

    def places(self) -> tuple[Place, ...]:
        kept_out = self._facts.exclusions
        found = []
        for place in self._facts.places.values():
            excluded = tuple(
                code
                for code in self._codes
                if (code, place.id) in kept_out.worker_place
                or (code, place.refnis) in kept_out.worker_area
            )
            found.append(
                Place(
                    code=place_code(place.id),
                    lat=round(place.lat * 1e6 / COARSE) * COARSE,
                    lon=round(place.lon * 1e6 / COARSE) * COARSE,
                    excluded=excluded,
                )
            )
        by_code = {place.code: place for place in found}
        closed = [
            replace(by_code[place_code(place)], code=code, excluded=tuple(self._codes))
            for code, place in self._closed.items()
        ]
        return (*found, *closed)

    def matrix(self) -> Matrix:
        """The travel matrix of modes in use, closed places travelling like the real ones."""
        given = self._facts.ways.matrix
        used = {Mode(week.worker.travel_mode.value) for week in self._facts.workers}
        index = {code: i for i, code in enumerate(given.places)}
        order = [*range(len(given.places)), *(index[place_code(p)] for p in self._closed.values())]
        tables = tuple(
            replace(table, minutes=tuple(tuple(table.minutes[i][j] for j in order) for i in order))
            for table in given.tables
            if table.mode in used
        )
        return Matrix(places=(*given.places, *self._closed), tables=tables)
