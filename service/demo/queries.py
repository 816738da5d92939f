"""Reading whether this database holds a demonstration, and who plays which part in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from service.access.states import Role
from service.database.sql import fetch_one, fetch_value
from service.demo.staff import ACT, ADMINISTRATOR, COORDINATORS, HOUSING_OFFICERS, ICM, TEAM_LEADS

FILLED = "fill_demonstration"
"""The action in the audit trail that marks a database as a demonstration."""


@dataclass(frozen=True, slots=True)
class Marker:
    """With what the database was filled: the seed, and the day that counted as today."""

    seed: int
    today: date


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who can sign in to the demonstration: a worker's code, a role, its team's code."""

    worker: str
    role: Role
    team: str | None = None


PARTS: Mapping[str, Part] = {
    "lead-act": Part(TEAM_LEADS[ACT], Role.TEAM_LEAD, ACT),
    "lead-icm": Part(TEAM_LEADS[ICM], Role.TEAM_LEAD, ICM),
    "worker-act": Part("W02", Role.WORKER, ACT),
    "worker-icm": Part("W11", Role.WORKER, ICM),
    "housing": Part(HOUSING_OFFICERS[0], Role.HOUSING_OFFICER),
    "coordinator": Part(COORDINATORS[0], Role.COORDINATOR),
    "admin": Part(ADMINISTRATOR, Role.ADMINISTRATOR),
}
"""Suggested logins of the demonstration, by login name."""


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
