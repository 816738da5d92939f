"""Publishes a draft: everything within the caller's one transaction, or nothing.

The database judges overlaps and pairs at the commit, so that stops can change places. A touched
row's `changed_at` is at least a second later than it was, since calendars compare whole seconds.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from scheduling.changes import Change
from service.database.sql import execute, fetch_all
from service.feeds.actions import raise_feed_versions
from service.rounds.announcing import announce
from service.rounds.comparing import Held, compared
from service.rounds.duty_rows import changed_duties, publish_duties
from service.rounds.rows import DraftVisit, PublishedVisitRow, RosterRow
from service.rounds.states import ChangeKind
from service.rounds.types import Standing


async def write_publication(
    roster: RosterRow,
    *,
    draft: Sequence[DraftVisit],
    published: Sequence[PublishedVisitRow],
    by: int | None,
    now: datetime,
) -> int:
    """Bring what is published in line with the draft and return the roster's revision.

    The roster's lock must be held. A draft that changes nothing of a published roster leaves
    everything as it is, revision and feeds included.
    """
    now = now.replace(microsecond=0)
    found = compared(draft, published)
    on_duty = await changed_duties(roster)
    if not found and not on_duty and roster.revision:
        return roster.revision
    revision = roster.revision + 1
    rows = {row.need: row for row in draft}
    before = {row.need: row for row in published}
    for change in found:
        row = rows[change.visit]
        stored = await _write_visit(row, before.get(change.visit), change, now=now)
        await _write_stops(stored, change, now=now)
        await _write_change(roster.id, revision, row.id, change, now=now)
    await execute(
        "update rosters set state = 'published', revision = $2, version = version + 1,"
        " published_at = $3, published_by = $4, updated_at = $3, updated_by = $4 where id = $1",
        roster.id,
        revision,
        now,
        by,
    )
    await publish_duties(roster, now=now)
    told = {code for change in found for code in change.tell} | on_duty
    await raise_feed_versions(team=roster.team, workers=told, at=now)
    await announce(roster, revision=revision, found=found, on_duty=on_duty, now=now)
    return revision


async def _write_visit(
    row: DraftVisit, old: PublishedVisitRow | None, change: Change[Held], *, now: datetime
) -> int:
    """Insert or change the published visit and return its id; a cancelled one keeps its times."""
    after = change.after
    if old is None:
        assert after is not None, "only what is published can be cancelled"
        made = await fetch_all(
            "insert into published_visits (visit, state, place, workers_needed, starts_at, ends_at,"
            " sequence, changed_at) values ($1, 'confirmed', $2, $3, $4, $5, 0, $6) returning id",
            row.id,
            row.place,
            row.workers_needed,
            *after.start[:2],
            now,
        )
        return int(made[0]["id"])
    state = "confirmed" if after else "cancelled"
    await execute(
        "update published_visits set state = $2, place = $3, workers_needed = $4, starts_at = $5,"
        " ends_at = $6, sequence = sequence + 1, changed_at = greatest($7::timestamptz,"
        " changed_at + interval '1 second'), cancelled_at = $8 where id = $1",
        old.id,
        state,
        row.place if after else old.place,
        row.workers_needed if after else old.workers_needed,
        *(after.start[:2] if after else (old.starts_at, old.ends_at)),
        now,
        None if after else now,
    )
    return old.id


async def _write_stops(stored: int, change: Change[Held], *, now: datetime) -> None:
    """Cancel the stops of who no longer goes, confirm those of who does."""
    goes = change.after.workers if change.after else ()
    await execute(
        "update published_stops set state = 'cancelled', cancelled_at = $3,"
        " sequence = sequence + 1,"
        " changed_at = greatest($3::timestamptz, changed_at + interval '1 second')"
        " where published_visit = $1 and state = 'confirmed'"
        " and worker not in (select id from workers where code = any($2::text[]))",
        stored,
        list(goes),
        now,
    )
    if change.after is None:
        return
    for seat, code in enumerate(goes):
        await execute(_CONFIRM, stored, code, seat, *change.after.start[:2], now)


async def _write_change(
    roster: int, revision: int, visit: int, change: Change[Held], *, now: datetime
) -> None:
    await execute(
        "insert into roster_changes (roster, revision, visit, kind, before, after, changed_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        roster,
        revision,
        visit,
        ChangeKind(change.kind.value).value,
        _stored(change.before),
        _stored(change.after),
        now,
    )


def _stored(held: Held | None) -> str | None:
    return msgspec.json.encode(_told(held.standing)).decode() if held else None


def _told(standing: Standing) -> dict[str, object]:
    return {
        "starts_at": standing.starts_at,
        "ends_at": standing.ends_at,
        "workers": standing.workers,
    }


_CONFIRM = """
insert into published_stops (published_visit, worker, seat, state, starts_at, ends_at, sequence,
    changed_at)
select $1, id, $3, 'confirmed', $4, $5, 0, $6 from workers where code = $2
on conflict (published_visit, worker) do update set
    seat = excluded.seat, state = 'confirmed', starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, sequence = published_stops.sequence + 1, cancelled_at = null,
    changed_at = greatest(excluded.changed_at, published_stops.changed_at + interval '1 second')
"""
