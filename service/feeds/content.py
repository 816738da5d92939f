"""Reads the published rows behind a feed's body, one statement per scope.

The bound on `starts_at`, two days wider than the window, is there for the index.

A name is never read: initials are cut in the database, and only for the level that shows them.
Neither are reasons, kinds of visit, notes, or the names of places, which can be hospitals.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from service.database.sql import fetch_all, fetch_one
from service.feeds.duties import feed_duties
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import Address, FeedContent, FeedScope, FeedVisit, Person
from service.feeds.window import (
    CANCELLED_STAYS,
    LATE_CANCELLATION,
    leaves_window_at,
    window_start,
)

_COLUMNS = """
    v.uid, t.code as tenant_code,
    case when $3 then array[left(btrim(t.first_name), 1), left(btrim(t.last_name), 1)] end
      as tenant_letters,
    m.name_fr as municipality_fr, m.name_nl as municipality_nl,
    p.street_fr, p.street_nl, p.house_number, p.box, p.postcode
"""
_JOINS = """
    join visits v on v.id = pv.visit
    join rosters r on r.id = v.roster
    join tenants t on t.id = v.tenant
    join places p on p.id = pv.place
    join municipalities m on m.refnis = p.municipality
"""
_WORKERS = """
    (select array_agg(
              array[w.code, case when $3 then left(btrim(w.first_name), 1) end,
                    case when $3 then left(btrim(w.last_name), 1) end]
              order by s.seat, w.code)
       from published_stops s join workers w on w.id = s.worker
      where s.published_visit = pv.id
"""
_OF_WORKER = " ".join(
    (
        "select",
        _COLUMNS,
        ", mine.starts_at, mine.ends_at, mine.sequence, mine.changed_at, mine.cancelled_at,",
        _WORKERS,
        """and s.worker <> $1 and s.state = 'confirmed' and mine.state = 'confirmed') as workers
           from published_stops mine
           join published_visits pv on pv.id = mine.published_visit""",
        _JOINS,
        """where mine.worker = $1 and mine.ends_at > $2
             and mine.starts_at > $2 - interval '2 days'
             and (mine.state = 'confirmed' or mine.cancelled_at > $4)""",
    )
)
_OF_TEAM = " ".join(
    (
        "select",
        _COLUMNS,
        ", pv.starts_at, pv.ends_at, pv.sequence, pv.changed_at, pv.cancelled_at,",
        _WORKERS,
        """and (s.state = 'confirmed' or s.cancelled_at = pv.cancelled_at)) as workers
           from published_visits pv""",
        _JOINS,
        """where r.team = $1 and pv.ends_at > $2
             and pv.starts_at > $2 - interval '2 days'
             and (pv.state = 'confirmed' or pv.cancelled_at > $4)""",
    )
)
_LEFT = """
    select max(x.ends_at) filter (where x.ends_at <= $2) as ended_at,
           max(x.cancelled_at) filter (
             where x.cancelled_at <= $3 and x.starts_at - x.cancelled_at < $4) as cancelled_at
      from
"""
_LEFT_WORKER = " ".join((_LEFT, "published_stops x where x.worker = $1"))
_LEFT_TEAM = " ".join(
    (
        _LEFT,
        """published_visits x join visits v on v.id = x.visit
           join rosters r on r.id = v.roster where r.team = $1""",
    )
)


async def feed_content(scope: FeedScope, *, level: FeedLevel, at: datetime) -> FeedContent:
    """Return the visits and duties that a feed may show at an instant, and when one left it last.

    Cancelled ones are included as long as `service.feeds.window` may still show them.
    """
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
    duties, duties_left = await feed_duties(scope, level=level, at=at)
    return FeedContent(
        visits=tuple(_visit(row) for row in rows),
        left_at=_left_at(left or {}, duties_left, at=at),
        duties=duties,
    )


def _visit(row: dict[str, Any]) -> FeedVisit:
    return FeedVisit(
        uid=row["uid"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        tenant=Person(code=row["tenant_code"], initials=_initials(row["tenant_letters"])),
        workers=tuple(
            Person(code=code, initials=_initials(letters))
            for code, *letters in row["workers"] or ()
        ),
        address=Address(
            municipality_fr=row["municipality_fr"],
            municipality_nl=row["municipality_nl"],
            street_fr=row["street_fr"],
            street_nl=row["street_nl"],
            house_number=row["house_number"],
            box=row["box"],
            postcode=row["postcode"],
        ),
        sequence=row["sequence"],
        changed_at=row["changed_at"],
        cancelled_at=row["cancelled_at"],
    )


def _initials(letters: Sequence[str | None] | None) -> str:
    return "".join(f"{letter.upper()}." for letter in letters or () if letter)


def _left_at(
    left: dict[str, Any], duties_left: Sequence[datetime], *, at: datetime
) -> datetime | None:
    instants = [*duties_left]
    if left.get("ended_at") is not None:
        instants.append(leaves_window_at(left["ended_at"]))
    if left.get("cancelled_at") is not None:
        instants.append(left["cancelled_at"] + CANCELLED_STAYS)
    past = [instant for instant in instants if instant <= at]
    return max(past) if past else None
