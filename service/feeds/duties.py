"""Reads the published duties behind a feed's body: no place, and no name but initials if asked.

A duty given to somebody else counts as cancelled in the loser's feed only; one that nobody has
any more, in the team's too.
"""

from datetime import datetime
from typing import Any

from service.database.sql import fetch_all, fetch_one
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedDuty, FeedScope, Person
from service.feeds.window import (
    CANCELLED_STAYS,
    LATE_CANCELLATION,
    leaves_window_at,
    window_start,
)
from service.teams.states import DutyKind

_PERSON = """
w.code, case when $3 then left(btrim(w.first_name), 1) end as first,
    case when $3 then left(btrim(w.last_name), 1) end as last
"""
_HELD = f"""
select d.uid, d.kind, d.starts_at, d.ends_at, d.sequence, d.changed_at,
    null::timestamptz as cancelled_at, {_PERSON}
from duty_slots d join workers w on w.id = d.published_worker
where d.ends_at > $2 and d.starts_at > $2 - interval '3 days'
"""  # noqa: S608 our own words
_LOST = f"""
select distinct on (d.uid) d.uid, d.kind, l.starts_at, l.ends_at, l.sequence,
    l.cancelled_at as changed_at, l.cancelled_at, {_PERSON}
from lost_duties l join duty_slots d on d.id = l.slot join workers w on w.id = l.worker
where l.ends_at > $2 and l.starts_at > $2 - interval '3 days' and l.cancelled_at > $4
"""  # noqa: S608 our own words
_OF_WORKER = (
    f"({_HELD} and d.published_worker = $1) union all"
    f" ({_LOST} and l.worker = $1 and d.published_worker is distinct from $1 order by d.uid)"
    " order by starts_at, uid"
)
_OF_TEAM = (
    f"({_HELD} and d.team = $1) union all"
    f" ({_LOST} and d.team = $1 and d.published_worker is null"
    " order by d.uid, l.cancelled_at desc)"
    " order by starts_at, uid"
)
_LEFT = """
select (select max(ends_at) from duty_slots d
         where ends_at <= $2 and published_worker is not null and {held}) as ended_at,
       (select max(cancelled_at) from lost_duties l join duty_slots d on d.id = l.slot
         where l.cancelled_at <= $3 and l.starts_at - l.cancelled_at < $4 and {lost}) as lost_at
"""
_LEFT_WORKER = _LEFT.format(held="published_worker = $1", lost="l.worker = $1")
_LEFT_TEAM = _LEFT.format(held="d.team = $1", lost="d.team = $1")


async def feed_duties(
    scope: FeedScope, *, level: FeedLevel, at: datetime
) -> tuple[tuple[FeedDuty, ...], tuple[datetime, ...]]:
    """The duties that a feed may show at an instant, and the instants at which time alone took
    the last one out of it."""
    of_worker = scope.kind is ScopeKind.WORKER
    start = window_start(at)
    rows = await fetch_all(
        _OF_WORKER if of_worker else _OF_TEAM,
        scope.id,
        start,
        level is FeedLevel.INITIALS,
        at - CANCELLED_STAYS,
    )
    left = await fetch_one(
        _LEFT_WORKER if of_worker else _LEFT_TEAM,
        scope.id,
        start,
        at - CANCELLED_STAYS,
        LATE_CANCELLATION,
    )
    assert left is not None, "an aggregate has a row"
    gone = []
    if left["ended_at"] is not None:
        gone.append(leaves_window_at(left["ended_at"]))
    if left["lost_at"] is not None:
        gone.append(left["lost_at"] + CANCELLED_STAYS)
    return tuple(_duty(row, named=not of_worker) for row in rows), tuple(gone)


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
        cancelled_at=row["cancelled_at"],
    )
