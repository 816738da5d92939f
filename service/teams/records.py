"""Workers and absences as flat records for programs; access is decided here, at the fetch."""

from datetime import date, datetime, timedelta

import msgspec

from scheduling.weeks import BRUSSELS
from service import clock
from service.access.policy import Viewer, may_see_worker, worker_teams_filter
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.errors import NotFound
from service.teams.api_schemas import Absence, Worker

EARLIEST = datetime.fromisoformat("1900-01-01T00:00:00+00:00")


async def worker_records(
    viewer: Viewer, *, team: str | None, after: str | None, limit: int
) -> tuple[Worker, ...]:
    """Up to `limit` workers of the teams that the viewer may list, by code from `after` on."""
    allowed = worker_teams_filter(viewer)
    return tuple(
        await fetch_all(
            _WORKERS,
            clock.today(),
            None if allowed is None else sorted(allowed),
            team,
            None,
            after or "",
            limit,
            viewer.worker,
            into=Worker,
        )
    )


async def worker_record(viewer: Viewer, code: str) -> Worker:
    """A worker; raises `NotFound` for one of another team."""
    row = await fetch_one(_WORKERS, clock.today(), None, None, code, "", 1, None)
    if row is None or not may_see_worker(
        viewer, worker=row["id"], teams=frozenset(row["team_ids"])
    ):
        raise NotFound
    return msgspec.convert(row, Worker)


async def absence_records(
    viewer: Viewer,
    *,
    worker: str | None,
    first: date | None,
    last: date | None,
    after: tuple[datetime, int] | None,
    limit: int,
) -> tuple[Absence, ...]:
    """Up to `limit` absences of workers whom the viewer may see, by start, after an (instant, id).

    `first` and `last`: Brussels days; an absence counts that touches one of them.
    """
    allowed = worker_teams_filter(viewer)
    at, last_id = after or (EARLIEST, 0)
    return tuple(
        await fetch_all(
            _ABSENCES,
            clock.today(),
            None if allowed is None else sorted(allowed),
            viewer.worker,
            worker,
            None if first is None else _midnight(first),
            None if last is None else _midnight(last + timedelta(days=1)),
            at,
            last_id,
            limit,
            into=Absence,
        )
    )


async def absence_record(viewer: Viewer, worker: str, absence: int) -> Absence:
    """An absence of a worker whom the viewer may see; raises `NotFound`."""
    found = await fetch_one(
        "select a.id, w.code as worker, a.starts_at, a.ends_at, a.kind"
        " from absences a join workers w on w.id = a.worker where w.code = $1 and a.id = $2",
        worker,
        absence,
        into=Absence,
    )
    await worker_record(viewer, worker)
    if found is None:
        raise NotFound
    return found


async def absence_entered(viewer: Viewer, worker: str, starts_at: datetime) -> Absence:
    """The absence of a worker that begins at an instant and was entered last."""
    made: int | None = await fetch_value(
        "select max(a.id) from absences a join workers w on w.id = a.worker"
        " where w.code = $1 and a.starts_at = $2",
        worker,
        starts_at,
    )
    return await absence_record(viewer, worker, made or 0)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)


_WORKERS = """
select w.id, w.code, w.first_name, w.last_name, w.discipline, w.skills, w.languages, w.gender,
    w.contract_percent, w.visiting_share_percent, w.may_go_alone, w.counts_as_second, w.no_dogs,
    w.travel_mode, w.max_visits_per_day, w.employed_from, w.employed_to, w.version,
    o.team_ids, o.teams
from workers w
cross join lateral (
    select coalesce(array_agg(m.team order by t.code), '{}') as team_ids,
        coalesce(array_agg(t.code order by t.code), '{}') as teams
    from team_memberships m join teams t on t.id = m.team
    where m.worker = w.id and coalesce(m.ends_on > $1, true)
) o
where ($2::int[] is null or o.team_ids && $2 or w.id = $7)
    and ($3::text is null or $3 = any(o.teams))
    and ($4::text is null or w.code = $4)
    and w.code collate "C" > $5 collate "C"
order by w.code collate "C" limit $6
"""

_ABSENCES = """
select a.id, w.code as worker, a.starts_at, a.ends_at, a.kind
from absences a join workers w on w.id = a.worker
where ($2::int[] is null or w.id = $3 or exists (
        select from team_memberships m where m.worker = w.id and m.team = any($2)
            and coalesce(m.ends_on > $1, true)))
    and ($4::text is null or w.code = $4)
    and ($5::timestamptz is null or a.ends_at > $5)
    and ($6::timestamptz is null or a.starts_at < $6)
    and (a.starts_at, a.id) > ($7, $8)
order by a.starts_at, a.id limit $9
"""
