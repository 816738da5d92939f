"""Who and what of teams one can choose in a form."""

from collections.abc import Collection
from datetime import date

from service.database.sql import fetch_all


async def worker_choices(teams: Collection[int], *, on: date) -> list[tuple[str, str]]:
    """(code, 'First Last') of those who are in one of the teams on a day or later, by name."""
    rows = await fetch_all(
        """
        select w.code, w.first_name, w.last_name from workers w where exists (
            select from team_memberships m where m.worker = w.id and m.team = any($1::int[])
                and coalesce(m.ends_on > $2, true))
            and coalesce(w.employed_to > $2, true)
        order by w.name_key, w.code
        """,
        sorted(teams),
        on,
    )
    return [(row["code"], f"{row['first_name']} {row['last_name']}") for row in rows]


async def resource_choices(teams: Collection[int], *, on: date) -> list[tuple[str, str, str]]:
    """(id, code, kind) of what the teams share on a day or later, by code."""
    rows = await fetch_all(
        "select id, code, kind from resources where team = any($1::int[])"
        " and coalesce(ends_on > $2, true) and available > 0 order by code, id",
        sorted(teams),
        on,
    )
    return [(str(row["id"]), row["code"], row["kind"]) for row in rows]


async def team_names(teams: Collection[int] | None) -> list[tuple[int, str, str]]:
    """(id, code, name) of active teams, all of them for None, by name."""
    rows = await fetch_all(
        "select id, code, name from teams where active and ($1::int[] is null or id = any($1))"
        " order by name, code",
        None if teams is None else sorted(teams),
    )
    return [(row["id"], row["code"], row["name"]) for row in rows]
