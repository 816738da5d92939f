"""The queue: jobs come with the transaction they belong to, and dead workers' jobs come back."""

import pytest

from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Refused
from service.jobs.queue import APP, Queue, defer, opened_queue
from service.jobs.worker import rescue, run_worker
from tests.support.database import Server

pytestmark = pytest.mark.anyio
COUNT = "select count(*) from procrastinate_jobs"


class Undone(Exception):
    """Ends a unit of work."""


async def test_a_job_is_rolled_back_with_its_unit_of_work(database: Server) -> None:
    async def undone() -> None:
        async with unit_of_work():
            await defer("plan_week", {"run": 1}, queue=Queue.PLANS)
            assert await fetch_value(COUNT) == 1
            raise Undone

    with pytest.raises(Undone):
        await undone()
    assert await fetch_value(COUNT) == 0
    async with unit_of_work():
        job = await defer("plan_week", {"run": 1}, queue=Queue.PLANS, lock="a")
    row = await fetch_one("select * from procrastinate_jobs")
    assert row is not None
    assert (row["id"], row["queue_name"], row["task_name"]) == (job, "plans", "plan_week")
    assert (row["lock"], row["args"]) == ("a", '{"run": 1}')


async def test_only_one_job_of_a_queueing_lock_waits(database: Server) -> None:
    await defer("plan_week", {"run": 1}, queueing_lock="plan-run:1")
    with pytest.raises(Refused):
        await defer("plan_week", {"run": 1}, queueing_lock="plan-run:1")


async def test_every_task_that_is_put_in_the_queue_is_known_to_workers(database: Server) -> None:
    from service.jobs.ticks import TICKS
    from service.notices.actions import SEND_TASK
    from service.notices.addresses import CODE_TASK
    from service.rounds.runs import TASK

    async with opened_queue() as app:
        app.perform_import_paths()
        queued = {TASK, SEND_TASK, CODE_TASK, *(tick.task for tick in TICKS)}
        assert queued <= set(app.tasks)
        assert {app.tasks[tick.task].queue for tick in TICKS} == {Queue.CHORES.value}
        assert APP.tasks[TASK].queue == Queue.PLANS.value
        assert {APP.tasks[task].queue for task in (SEND_TASK, CODE_TASK)} == {Queue.NOTICES.value}


async def test_jobs_of_dead_workers_come_back_and_are_worked(database: Server) -> None:
    """A run that is over already: whoever takes the job again has nothing to do."""
    job = await defer("plan_week", {"run": 999}, queue=Queue.PLANS, lock="x")
    dead = await fetch_value(
        "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')"
        " returning id"
    )
    await execute(
        "update procrastinate_jobs set status = 'doing', worker_id = $2, attempts = 1"
        " where id = $1",
        job,
        dead,
    )
    async with opened_queue() as app:
        await rescue(app)
    assert await fetch_value("select status from procrastinate_jobs where id = $1", job) == "todo"
    await run_worker(wait=False)
    assert await fetch_value(COUNT) == 0


async def test_jobs_of_living_workers_are_left_alone(database: Server) -> None:
    job = await defer("plan_week", {"run": 999}, queue=Queue.PLANS)
    alive = await fetch_value("insert into procrastinate_workers default values returning id")
    await execute(
        "update procrastinate_jobs set status = 'doing', worker_id = $2 where id = $1", job, alive
    )
    async with opened_queue() as app:
        await rescue(app)
    assert await fetch_value("select status from procrastinate_jobs where id = $1", job) == "doing"
