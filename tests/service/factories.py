"""Rows for tests, without surprises: every default is plain, every column can be given.

Each function inserts one thing and returns its id; codes count up within a test (`T-001`). Days
default to long ago, so that what is made is in force whenever the test takes place.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any

from service import clock
from service.access.policy import HeldRole, Viewer
from service.access.states import Language, Role
from service.database.sql import execute, fetch_value

LONG_AGO = date(2020, 1, 6)  # a Monday
OFFICE_HOURS = tuple((weekday, 9 * 60, 17 * 60) for weekday in range(1, 6))

Window = tuple[int, int, int]
"""(weekday 1 to 7, from minute, to minute)."""


async def insert(table: str, **values: Any) -> int:
    """Insert a row and return its id; dicts and lists of dicts become JSON."""
    names = ", ".join(values)
    marks = ", ".join(f"${i}" for i in range(1, len(values) + 1))
    key = "refnis" if table == "municipalities" else "id"
    sql = f"insert into {table} ({names}) values ({marks}) returning {key}"
    made: int = await fetch_value(sql, *(_encoded(name, value) for name, value in values.items()))
    return made


async def municipality(refnis: str = "21010", *, fr: str = "Jette", nl: str = "Jette") -> str:
    """A municipality, made once however often it is asked for."""
    await execute(
        "insert into municipalities (refnis, name_fr, name_nl, main_postcode)"
        " values ($1, $2, $3, '1090') on conflict do nothing",
        refnis,
        fr,
        nl,
    )
    return refnis


async def place(
    *,
    kind: str = "home",
    lat: float = 50.8503,
    lon: float = 4.3517,
    refnis: str = "21010",
    **values: Any,
) -> int:
    """A place in the middle of the Region unless told otherwise."""
    await municipality(refnis)
    defaults = {
        "street_fr": "Rue Inventée",
        "street_nl": "Verzonnenstraat",
        "house_number": "12",
        "postcode": "1090",
        "updated_at": clock.now(),
    }
    return await insert(
        "places",
        **(defaults | {"kind": kind, "lat": lat, "lon": lon, "municipality": refnis} | values),
    )


async def team(
    code: str = "ACT",
    *,
    kind: str = "act",
    base: int | None = None,
    policy: Any = None,
    **values: Any,
) -> int:
    """A team with a base of its own."""
    base = base or await place(kind="base", lat=50.8466, lon=4.3528)
    defaults = {"name": f"Team {code}", "policy": policy or {}}
    return await insert("teams", **(defaults | {"code": code, "kind": kind, "base": base} | values))


async def worker(
    code: str | None = None,
    *,
    team: int | None = None,
    hours: tuple[Window, ...] = OFFICE_HOURS,
    **values: Any,
) -> int:
    """A worker, in office hours and in `team` since long ago."""
    code = code or await _next_code("workers", "W")
    defaults = {
        "first_name": f"First{code}",
        "last_name": f"Last{code}",
        "name_key": f"last{code} first{code}".lower(),
        "discipline": "social_worker",
        "skills": [],
        "languages": ["fr", "nl"],
        "gender": "f",
        "employed_from": LONG_AGO,
    }
    made = await insert("workers", **(defaults | {"code": code} | values))
    if team is not None:
        await membership(worker=made, team=team)
    if hours:
        await pattern(worker=made, hours=hours)
    return made


async def membership(*, worker: int, team: int, **values: Any) -> int:
    return await insert(
        "team_memberships", **({"worker": worker, "team": team, "starts_on": LONG_AGO} | values)
    )


async def pattern(
    *, worker: int, hours: tuple[Window, ...] = OFFICE_HOURS, cycle_week: int = 0, **values: Any
) -> int:
    """A working pattern with its hours; `cycle_week` says in which week of the cycle they stand."""
    defaults = {"starts_on": LONG_AGO, "cycle_weeks": 1, "cycle_starts_on": LONG_AGO}
    made = await insert("working_patterns", **(defaults | {"worker": worker} | values))
    await add_hours(pattern=made, hours=hours, cycle_week=cycle_week)
    return made


async def add_hours(*, pattern: int, hours: tuple[Window, ...], cycle_week: int = 0) -> None:
    for weekday, start, end in hours:
        await insert(
            "working_hours",
            pattern=pattern,
            cycle_week=cycle_week,
            weekday=weekday,
            from_minute=start,
            to_minute=end,
        )


async def absence(*, worker: int, starts_at: datetime, ends_at: datetime, **values: Any) -> int:
    return await insert(
        "absences",
        **(
            {"worker": worker, "starts_at": starts_at, "ends_at": ends_at, "kind": "planned"}
            | values
        ),
    )


async def tenant(
    code: str | None = None,
    *,
    team: int | None = None,
    place: int | None = None,
    primary: int | None = None,
    backup: int | None = None,
    **values: Any,
) -> int:
    """A tenant in support; with `team` assigned to it, with `place` staying there."""
    code = code or await _next_code("tenants", "T")
    defaults = {
        "first_name": f"Given{code}",
        "last_name": f"Family{code}",
        "name_key": f"family{code} given{code}".lower(),
        "birth_date": date(1976, 5, 1),
        "gender": "m",
        "languages": ["fr"],
        "phone": "0470 00 00 00",
        "funder": "cocom",
        "referred_on": LONG_AGO,
        "accepted_on": LONG_AGO,
    }
    made = await insert("tenants", **(defaults | {"code": code} | values))
    if team is not None:
        await assignment(tenant=made, team=team, primary_worker=primary, backup_worker=backup)
    if place is not None:
        await stay(tenant=made, place=place)
    return made


async def assignment(*, tenant: int, team: int, **values: Any) -> int:
    return await insert(
        "assignments", **({"tenant": tenant, "team": team, "starts_on": LONG_AGO} | values)
    )


async def stay(
    *,
    tenant: int,
    place: int,
    kind: str = "shelter",
    windows: tuple[Window, ...] = (),
    **values: Any,
) -> int:
    """A stay; a home needs a tenancy, so the default is a shelter."""
    defaults = {
        "starts_on": LONG_AGO,
        "visiting_windows": windows_json(windows),
        "access_note": "ring twice",
    }
    return await insert(
        "stays", **(defaults | {"tenant": tenant, "place": place, "kind": kind} | values)
    )


async def agreement(*, tenant: int, windows: tuple[Window, ...] = (), **values: Any) -> int:
    """Once a week, 45 minutes, one worker, at most ten days apart."""
    defaults = {
        "preset": "custom",
        "starts_on": LONG_AGO,
        "contacts": 1,
        "period_days": 7,
        "longest_gap_days": 10,
        "minutes": 45,
        "disciplines": [],
        "windows": windows_json(windows),
    }
    return await insert("agreements", **(defaults | {"tenant": tenant} | values))


async def series(*, tenant: int, kind: str = "depot", **values: Any) -> int:
    defaults = {"starts_on": LONG_AGO, "minutes": 30, "weekdays": []}
    return await insert("series", **(defaults | {"tenant": tenant, "kind": kind} | values))


async def appointment(*, tenant: int, place: int, starts_at: datetime, **values: Any) -> int:
    defaults = {"kind": "welfare_office", "minutes": 60}
    return await insert(
        "appointments",
        **(defaults | {"tenant": tenant, "place": place, "starts_at": starts_at} | values),
    )


async def exclusion(**values: Any) -> int:
    """Of two of worker, tenant, place and municipality."""
    return await insert("exclusions", **({"starts_on": LONG_AGO, "reason": "secret"} | values))


async def safety_flag(*, tenant: int, **values: Any) -> int:
    defaults = {
        "raised_on": LONG_AGO,
        "review_on": LONG_AGO + timedelta(days=90),
        "reason": "secret",
    }
    return await insert("safety_flags", **(defaults | {"tenant": tenant} | values))


async def encounter(
    *, tenant: int, team: int, starts_at: datetime, workers: tuple[int, ...] = (), **values: Any
) -> int:
    """A home visit that took place."""
    defaults = {
        "kind": "home_visit",
        "outcome": "done",
        "minutes": 45,
        "reasons": ["daily_matters"],
        "recorded_at": starts_at,
    }
    made = await insert(
        "encounters",
        **(defaults | {"tenant": tenant, "team": team, "starts_at": starts_at} | values),
    )
    for each in workers:
        await insert("encounter_workers", encounter=made, worker=each)
    return made


async def account(
    login: str = "lead", *, role: str, team: int | None = None, **values: Any
) -> Viewer:
    """An account that holds one role, as the viewer it signs in as."""
    defaults = {"password_hash": "!", "language": "fr", "active": True, "created_at": clock.now()}
    made = await insert("accounts", **(defaults | {"login": login} | values))
    await insert("account_roles", account=made, role=role, team=team)
    return Viewer(
        account=made,
        roles=frozenset({HeldRole(role=Role(role), team=team)}),
        language=Language.FRENCH,
        worker=values.get("worker"),
    )


def windows_json(windows: tuple[Window, ...]) -> list[dict[str, int]]:
    return [
        {"weekday": weekday, "from_minute": start, "to_minute": end}
        for weekday, start, end in windows
    ]


async def _next_code(table: str, letter: str) -> str:
    count: int = await fetch_value(f"select count(*) from {table}")
    return f"{letter}-{count + 1:03d}"


def _encoded(name: str, value: Any) -> Any:
    json_names = {"policy", "visiting_windows", "windows", "detail"}
    return json.dumps(value) if name in json_names or isinstance(value, dict) else value
