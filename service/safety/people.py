"""Reads who could stand on a ladder."""

from service import clock
from service.database.sql import fetch_all
from service.safety.types import Person


async def support_workers() -> tuple[Person, ...]:
    """Everybody with an account that holds a role in support today, by first name."""
    rows = await fetch_all(
        "select w.id, w.code, w.first_name from workers w"
        " join accounts a on a.worker = w.id and a.active"
        " where exists (select from account_roles r where r.account = a.id"
        " and r.role in ('worker', 'team_lead', 'coordinator') and role_holds(w.id, r.team, $1))"
        " order by w.first_name, w.code",
        clock.today(),
    )
    return tuple(
        Person(id=row["id"], code=row["code"], first_name=row["first_name"]) for row in rows
    )
