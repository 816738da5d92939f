"""The job queue: Procrastinate on our own database, fed inside our own transactions."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum

import msgspec
from procrastinate import App, PsycopgConnector

from service.database.engine import ENGINE
from service.database.sql import fetch_value


class Queue(StrEnum):
    """Where jobs wait; workers may serve some queues only."""

    PLANS = "plans"
    CHORES = "chores"
    NOTICES = "notices"  # apart: a mail server that does not answer keeps nothing else waiting


APP = App(
    connector=PsycopgConnector(),
    import_paths=["service.rounds.jobs", "service.notices.jobs", "service.safety.jobs"],
)
"""The tasks of all folders; its connector is replaced by `opened_queue`."""

_DEFER = """
select (procrastinate_defer_jobs_v1(array[
    row($1, $2, 0, $3, $4, $5::jsonb, $6::timestamptz)::procrastinate_job_to_defer_v1
]))[1]
"""


async def defer(
    task: str,
    arguments: Mapping[str, object],
    *,
    queue: Queue = Queue.CHORES,
    lock: str | None = None,
    queueing_lock: str | None = None,
    not_before: datetime | None = None,
) -> int:
    """Put a job in the queue and return its id; inside a unit of work it is there once committed.

    `lock`: jobs with the same one run one after the other. `queueing_lock`: only one job with it
    may wait; a second one raises `Refused`.
    """
    job: int = await fetch_value(
        _DEFER,
        queue.value,
        task,
        lock,
        queueing_lock,
        msgspec.json.encode(dict(arguments)).decode(),
        not_before,
    )
    return job


@asynccontextmanager
async def opened_queue(*, most_connections: int = 4) -> AsyncIterator[App]:
    """Open the queue on the database that the engine is open on, for workers."""
    connector = PsycopgConnector(conninfo=ENGINE.url, min_size=1, max_size=most_connections)
    with APP.replace_connector(connector) as app:
        async with app.open_async():
            yield app
