"""Reads the published duties behind a feed's body: no place, and no name but initials if asked."""

from datetime import datetime
from typing import Any

from service.database.sql import fetch_all, fetch_value
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedDuty, FeedScope, Person
from service.feeds.window import window_start
from service.teams.states import DutyKind

_SHOWN = """
select d.uid, d.kind, d.starts_at, d.ends_at, d.sequence, d.changed_at, w.code,
    case when $3 then left(btrim(w.first_name), 1) end as first,
    case when $3 then left(btrim(w.last_name), 1) end as last
from duty_slots d join workers w on w.id = d.published_worker
where d.ends_at > $2 and d.starts_at > $2 - interval '3 days'
"""
_OF_WORKER = f"{_SHOWN} and d.published_worker = $1 order by d.starts_at, d.uid"
_OF_TEAM = f"{_SHOWN} and d.team = $1 order by d.starts_at, d.uid"
_LEFT = "select max(ends_at) from duty_slots where ends_at <= $2 and published_worker is not null"
_LEFT_WORKER = f"{_LEFT} and published_worker = $1"
_LEFT_TEAM = f"{_LEFT} and team = $1"


async def feed_duties(
    scope: FeedScope, *, level: FeedLevel, at: datetime
) -> tuple[tuple[FeedDuty, ...], datetime | None]:
    """The duties that a feed shows at an instant, and the end of the last one it shows no more."""
    of_worker = scope.kind is ScopeKind.WORKER
    start = window_start(at)
    rows = await fetch_all(
        _OF_WORKER if of_worker else _OF_TEAM, scope.id, start, level is FeedLevel.INITIALS
    )
    ended = await fetch_value(_LEFT_WORKER if of_worker else _LEFT_TEAM, scope.id, start)
    return tuple(_duty(row, named=not of_worker) for row in rows), ended


def _duty(row: dict[str, Any], *, named: bool) -> FeedDuty:
    letters = [letter for letter in (row["first"], row["last"]) if letter]
    initials = "".join(f"{letter.upper()}." for letter in letters)
    return FeedDuty(
        uid=row["uid"],
        kind=DutyKind(row["kind"]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        worker=Person(code=row["code"], initials=initials) if named else None,
        sequence=row["sequence"],
        changed_at=row["changed_at"],
    )
