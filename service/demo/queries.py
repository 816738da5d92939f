"""Reading whether this database holds a demonstration."""

from dataclasses import dataclass
from datetime import date

from service.database.sql import fetch_one, fetch_value

FILLED = "fill_demonstration"
"""The action in the audit trail that marks a database as a demonstration."""


@dataclass(frozen=True, slots=True)
class Marker:
    """With what the database was filled: the seed, and the day that counted as today."""

    seed: int
    today: date


async def demonstration() -> Marker | None:
    """What this database's demonstration was made with; None where it holds none."""
    return await fetch_one(
        """
        select (detail ->> 'seed')::bigint as seed, (detail ->> 'today')::date as today
        from audit_entries
        where action = $1
        order by id
        limit 1
        """,
        FILLED,
        into=Marker,
    )


async def holds_people() -> bool:
    """Whether the database holds any tenant, worker or team."""
    found: bool = await fetch_value(
        "select exists (select from tenants) or exists (select from workers)"
        " or exists (select from teams)"
    )
    return found
