"""Whether workers' calendars have what was published for them: counts, never an address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from service.database.sql import fetch_all


@dataclass(frozen=True, slots=True)
class FeedsSeen:
    """The living feeds of one worker's rounds: how many, how many hold the newest version."""

    worker: str
    feeds: int
    current: int
    last_fetch_at: datetime | None


async def feeds_seen(workers: Collection[str]) -> dict[str, FeedsSeen]:
    """By worker's code; workers without a feed are left out. One query."""
    found = await fetch_all(_SEEN, sorted(workers), into=FeedsSeen)
    return {one.worker: one for one in found}


_SEEN = """
select w.code as worker, count(*) as feeds,
    count(*) filter (where coalesce(f.fetched_version >= coalesce(v.version, 0), false)) as current,
    max(f.last_fetch_at) as last_fetch_at
from feeds f
join workers w on w.id = f.worker
left join feed_versions v on v.worker = f.worker
where f.state = 'active' and w.code = any($1::text[])
group by w.code
"""
