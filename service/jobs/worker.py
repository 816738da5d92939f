"""The worker: runs jobs, and brings back those whose worker died."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress

import anyio
import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException

from service.errors import ThuisrondeError
from service.jobs.queue import Queue, opened_queue
from service.rounds.actions import requeue_lost_runs

HEARTBEAT = 2.0
STALLED_AFTER = 10.0
RESCUE_EVERY = 3.0
TO_THE_END = 3600.0
GRACE = 0.5  # a plan run that is interrupted is given back, so that nothing is waited for

_log = structlog.get_logger("thuisronde.jobs")


async def run_worker(
    *,
    stop: anyio.Event | None = None,
    queues: Sequence[Queue] = tuple(Queue),
    concurrency: int = 1,
    wait: bool = True,
) -> None:
    """Work until `stop` is set; without `wait` only until the queue is empty.

    Each queue has `concurrency` hands of its own: what must be done this minute never waits for a
    plan that takes its time. The database must be open. When stopped, running jobs put their work
    back; a worker that is killed leaves it to the rescue of the next one.
    """
    async with opened_queue() as app:
        await rescue(app)
        rescuer = asyncio.create_task(_rescue_for_ever(app), name="rescue of lost jobs")
        stopping = asyncio.create_task((stop or anyio.Event()).wait(), name="worker's stop")
        workers = [
            app.run_worker_async(
                queues=[queue.value],
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                shutdown_graceful_timeout=GRACE if wait else TO_THE_END,
                install_signal_handlers=False,
                delete_jobs="successful",
            )
            for queue in queues
        ]
        working = asyncio.create_task(_all_of(workers), name="worker")
        try:
            await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (rescuer, stopping, working):
                task.cancel()
            with anyio.CancelScope(shield=True):
                await asyncio.wait((rescuer, stopping, working))
        if not working.cancelled():
            working.result()


async def _all_of(workers: Sequence[Coroutine[object, object, None]]) -> None:
    """Await all; the error of one ends the others."""
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker)


async def rescue(app: App) -> None:
    """Put jobs of dead workers back in the queue, and plan runs that no job carries any more."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        _log.warning("a job lost its worker", job=job.id, task=job.task_name)
        with suppress(ConnectorException):  # another worker was faster, or its twin waits
            await app.job_manager.retry_job(job)
    await requeue_lost_runs()


async def _rescue_for_ever(app: App) -> None:
    while True:
        await asyncio.sleep(RESCUE_EVERY)
        try:
            await rescue(app)
        except (ConnectorException, ThuisrondeError) as error:
            _log.warning("no rescue this time", error=type(error).__name__)
