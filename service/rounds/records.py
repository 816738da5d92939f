"""Rosters and visits as flat records for programs; access is decided here, at the fetch."""

from datetime import date
from typing import Any

import msgspec

from service.access.policy import Viewer, may_see_roster, roster_teams_filter
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.rounds.api_schemas import Published, Roster, RosterLine, Team, Visit, WaitingReason

LAST_WEEK = date(2199, 12, 30)


async def visible_teams(viewer: Viewer) -> tuple[Team, ...]:
    """The active teams whose weeks the viewer may see, by code."""
    allowed = roster_teams_filter(viewer)
    return tuple(
        await fetch_all(
            "select code, name, kind from teams where active"
            " and ($1::int[] is null or id = any($1)) order by code",
            None if allowed is None else sorted(allowed),
            into=Team,
        )
    )


async def roster_lines(
    viewer: Viewer, team: str, *, before: date | None, limit: int
) -> tuple[RosterLine, ...]:
    """Up to `limit` weeks of a team, latest first, those before a Monday; raises `NotFound`."""
    return tuple(
        await fetch_all(
            "select week, state, revision, version, published_at, updated_at from rosters"
            " where team = $1 and week < $2 order by week desc limit $3",
            await _team_id(viewer, team),
            before or LAST_WEEK,
            limit,
            into=RosterLine,
        )
    )


async def roster_record(viewer: Viewer, team: str, week: date) -> Roster:
    """A team's week with its visits; raises `NotFound`, also for a week without a draft."""
    row = await fetch_one(
        "select id, week, state, revision, version, published_at from rosters"
        " where team = $1 and week = $2",
        await _team_id(viewer, team),
        week,
    )
    if row is None:
        raise NotFound
    visits = await fetch_all(_VISITS, row["id"], None)
    return msgspec.convert(
        {**row, "team": team, "visits": tuple(_visit(visit) for visit in visits)}, Roster
    )


async def visit_record(viewer: Viewer, visit: int) -> tuple[int, Visit]:
    """The version of a visit's week, and the visit; raises `NotFound` for a stranger's."""
    rows = await fetch_all(_VISITS, None, visit)
    if not rows or not may_see_roster(viewer, rows[0]["team_id"]):
        raise NotFound
    return rows[0]["version"], _visit(rows[0])


async def _team_id(viewer: Viewer, code: str) -> int:
    row = await fetch_one("select id from teams where code = $1", code)
    if row is None or not may_see_roster(viewer, row["id"]):
        raise NotFound
    found: int = row["id"]
    return found


def _visit(row: dict[str, Any]) -> Visit:
    published = None
    if row["published_state"] is not None:
        published = Published(
            state=row["published_state"],
            starts_at=row["published_starts_at"],
            ends_at=row["published_ends_at"],
            workers=tuple(row["published_workers"]),
        )
    reasons = msgspec.json.decode(row["reasons"], type=tuple[WaitingReason, ...])
    return msgspec.convert({**row, "reasons": reasons, "published": published}, Visit)


_VISITS = """
select v.id, v.uid, m.code as team, m.id as team_id, r.week, r.version, t.code as tenant, v.kind,
    v.priority, v.state, v.minutes, v.workers_needed, v.starts_at, v.ends_at, v.pinned, v.promised,
    v.overdue_days, v.reasons,
    array(
        select w.code from visit_workers x join workers w on w.id = x.worker
        where x.visit = v.id order by x.seat
    ) as workers,
    p.state as published_state, p.starts_at as published_starts_at,
    p.ends_at as published_ends_at,
    array(
        select w.code from published_stops s join workers w on w.id = s.worker
        where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
    ) as published_workers
from visits v join rosters r on r.id = v.roster join teams m on m.id = r.team
join tenants t on t.id = v.tenant
left join published_visits p on p.visit = v.id
where ($1::int is null or v.roster = $1) and ($2::int is null or v.id = $2)
order by v.state, v.starts_at, v.id
"""
