"""Notices of the demonstration: its leads hear of the absences that its data hold."""

from service import clock
from service.database.sql import fetch_all
from service.database.unit_of_work import unit_of_work
from service.teams.telling import tell_of_absence

_SOON = """
select w.code, a.starts_at, a.ends_at from absences a join workers w on w.id = a.worker
where a.ends_at > $1 and a.starts_at < $1 + interval '14 days' order by a.starts_at, w.code
"""


async def tell_demo_leads() -> None:
    """Tell each lead of the absences of two weeks; told again, nothing happens."""
    for row in await fetch_all(_SOON, clock.now()):
        async with unit_of_work():
            await tell_of_absence(
                worker=row["code"], starts_at=row["starts_at"], ends_at=row["ends_at"], by=None
            )
