"""Where a visit takes place, for those who look after whoever is there: from the plan alone."""

from dataclasses import dataclass

from service.database.sql import fetch_one


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlace:
    """An address as it was published."""

    name_fr: str
    name_nl: str
    street_fr: str
    street_nl: str
    house_number: str
    box: str
    postcode: str
    refnis: str
    access_note: str


async def place_of_visit(visit: int | None) -> VisitPlace | None:
    """The published place of a visit; None for a check without one."""
    return await fetch_one(_PLACE, visit, into=VisitPlace)


_PLACE = """
select p.name_fr, p.name_nl, p.street_fr, p.street_nl, p.house_number, p.box, p.postcode,
    p.municipality as refnis, coalesce((
        select y.access_note from stays y where y.tenant = v.tenant and y.place = b.place
        order by y.starts_on desc limit 1
    ), '') as access_note
from published_visits b join visits v on v.id = b.visit join places p on p.id = b.place
where b.visit = $1
"""
