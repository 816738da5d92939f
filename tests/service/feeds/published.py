"""Published visits as rows, written the way publishing writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from service import clock
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.feeds.actions import raise_feed_versions
from tests.service import factories as make

WEEK = date(2026, 11, 30)


@dataclass(frozen=True)
class Published:
    """Ids of a published visit, and its identity."""

    id: int
    uid: UUID


async def publish(
    *,
    team: int,
    workers: Sequence[int],
    starts_at: datetime,
    minutes: int = 45,
    tenant: int | None = None,
    place: int | None = None,
    kind: str = "home_visit",
    week: date = WEEK,
) -> Published:
    """Publish one visit, now."""
    at = next_change_at(clock.now(), after=None)
    ends_at = starts_at + timedelta(minutes=minutes)
    async with unit_of_work():
        roster = await _roster(team, week, at)
        place = place or await make.place()
        visit = await make.insert(
            "visits",
            uid=uuid4(),
            roster=roster,
            need=f"need-{uuid4()}",
            tenant=tenant or await make.tenant(team=team),
            kind=kind,
            priority="should",
            place=place,
            minutes=minutes,
            state="placed",
            starts_at=starts_at,
            ends_at=ends_at,
            workers_needed=len(workers),
            reasons="[]",
            updated_at=at,
        )
        published = await make.insert(
            "published_visits",
            visit=visit,
            place=place,
            workers_needed=len(workers),
            starts_at=starts_at,
            ends_at=ends_at,
            changed_at=at,
        )
        for seat, worker in enumerate(workers):
            await _stop(published, worker, seat, starts_at, ends_at, at)
        await raise_feed_versions(team=team, workers=await _codes(workers), at=at)
        uid: UUID = await fetch_value("select uid from visits where id = $1", visit)
    return Published(id=published, uid=uid)


async def move(visit: Published, *, team: int, starts_at: datetime, minutes: int = 45) -> None:
    """Publish another time for a visit."""
    at = await _next_change(visit)
    ends_at = starts_at + timedelta(minutes=minutes)
    async with unit_of_work():
        for table, key in (("published_visits", "id"), ("published_stops", "published_visit")):
            await execute(
                f"update {table} set starts_at = $2, ends_at = $3, sequence = sequence + 1,"
                f" changed_at = $4 where {key} = $1 and state = 'confirmed'",
                visit.id,
                starts_at,
                ends_at,
                at,
            )
        await raise_feed_versions(team=team, workers=await _codes(await _workers(visit)), at=at)


async def cancel(visit: Published, *, team: int) -> None:
    """Publish that a visit does not take place."""
    at = await _next_change(visit)
    async with unit_of_work():
        for table, key in (("published_visits", "id"), ("published_stops", "published_visit")):
            await execute(
                f"update {table} set state = 'cancelled', cancelled_at = $2, changed_at = $2,"
                f" sequence = sequence + 1 where {key} = $1 and state = 'confirmed'",
                visit.id,
                at,
            )
        await raise_feed_versions(team=team, workers=await _codes(await _workers(visit)), at=at)


async def give(visit: Published, *, team: int, loser: int, winner: int) -> None:
    """Publish that somebody else goes."""
    at = await _next_change(visit)
    async with unit_of_work():
        await execute(
            "update published_visits set sequence = sequence + 1, changed_at = $2 where id = $1",
            visit.id,
            at,
        )
        starts_at = await fetch_value(
            "update published_stops set state = 'cancelled', cancelled_at = $3, changed_at = $3,"
            " sequence = sequence + 1 where published_visit = $1 and worker = $2"
            " returning starts_at",
            visit.id,
            loser,
            at,
        )
        ends_at = await fetch_value("select ends_at from published_visits where id = $1", visit.id)
        await _stop(visit.id, winner, 0, starts_at, ends_at, at)
        await raise_feed_versions(team=team, workers=await _codes((loser, winner)), at=at)


async def _roster(team: int, week: date, at: datetime) -> int:
    found = await fetch_value("select id from rosters where team = $1 and week = $2", team, week)
    if found is None:
        return await make.insert("rosters", team=team, week=week, state="published", updated_at=at)
    return int(found)


async def _stop(
    published: int, worker: int, seat: int, starts_at: datetime, ends_at: datetime, at: datetime
) -> None:
    await make.insert(
        "published_stops",
        published_visit=published,
        worker=worker,
        seat=seat,
        starts_at=starts_at,
        ends_at=ends_at,
        changed_at=at,
    )


def next_change_at(at: datetime, *, after: datetime | None) -> datetime:
    """The whole second of `at`, or the one after `after` where that is later."""
    second = at.replace(microsecond=0)
    return second if after is None else max(second, after + timedelta(seconds=1))


async def _codes(workers: Sequence[int]) -> list[str]:
    codes: list[str] = await fetch_value(
        "select array_agg(code) from workers where id = any($1::int[])", list(workers)
    )
    return codes


async def _next_change(visit: Published) -> datetime:
    before = await fetch_value("select changed_at from published_visits where id = $1", visit.id)
    return next_change_at(clock.now(), after=before)


async def _workers(visit: Published) -> list[int]:
    workers: list[int] = await fetch_value(
        "select array_agg(worker) from published_stops where published_visit = $1", visit.id
    )
    return workers
