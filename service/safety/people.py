"""Reads who could stand on a ladder."""

from service.database.sql import fetch_all
from service.safety.types import Person


async def support_workers() -> tuple[Person, ...]:
    """Everybody with an account that is used in support, by first name."""
    rows = await fetch_all(
        "select w.id, w.code, w.first_name from workers w"
        " join accounts a on a.worker = w.id and a.active"
        " where exists (select from account_roles r where r.account = a.id"
        " and r.role in ('worker', 'team_lead', 'coordinator')) order by w.first_name, w.code"
    )
    return tuple(
        Person(id=row["id"], code=row["code"], first_name=row["first_name"]) for row in rows
    )
