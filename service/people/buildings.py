"""Buildings: places with one street and number are one, however many homes are in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from service.database.sql import fetch_all

SAME_BUILDING = """(a.id = b.id or (a.street_fr <> '' and a.house_number <> ''
    and (a.street_fr, a.house_number, a.postcode) = (b.street_fr, b.house_number, b.postcode)))"""
"""Whether the places `a` and `b` of a statement are in one building."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """Where tenants stay, by one of its places; `tenants` are codes."""

    place: int
    name_fr: str
    name_nl: str
    street_fr: str
    street_nl: str
    house_number: str
    refnis: str
    tenants: tuple[str, ...] = ()

    def address(self, language: str) -> str:
        """'Rue du Nid 12', or its name where it has one, in `nl`, else in French."""
        dutch = language == "nl"
        name = self.name_nl if dutch else self.name_fr
        street = self.street_nl if dutch else self.street_fr
        return name or f"{street} {self.house_number}".strip()


async def buildings_of_teams(teams: Collection[int], *, on: date) -> tuple[Building, ...]:
    """Where the tenants of these teams stay on a day or later, by street and number."""
    return tuple(await fetch_all(_BUILDINGS, sorted(teams), on, into=Building))


async def building_of(place: int) -> Building | None:
    """A place as a building; nobody who lives there is named."""
    found = await fetch_all(_ONE, place, into=Building)
    return found[0] if found else None


_FACTS = "p.name_fr, p.name_nl, p.street_fr, p.street_nl, p.house_number, p.municipality as refnis"
_BUILDINGS = f"""
select min(p.id) as place, array_agg(distinct t.code order by t.code) as tenants, {_FACTS}
from stays s join places p on p.id = s.place join tenants t on t.id = s.tenant
where coalesce(s.ends_on > $2, true) and exists (
    select from assignments a where a.tenant = t.id and a.team = any($1::int[])
        and a.starts_on <= $2 and coalesce(a.ends_on > $2, true))
group by p.name_fr, p.name_nl, p.street_fr, p.street_nl, p.house_number, p.postcode, p.municipality,
    case when p.street_fr = '' or p.house_number = '' then p.id end
order by p.street_fr, p.house_number, place
"""  # noqa: S608 built of constants
_ONE = f"select p.id as place, {_FACTS} from places p where p.id = $1"  # noqa: S608
