"""A notice has its effect once: also with two that tell, two that send, two job runners at once."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.jobs.queue import Queue, defer
from service.notices.actions import SEND_TASK, notify
from service.notices.jobs import send_notice
from service.notices.states import LoneStep
from service.notices.types import LoneWorkerStep, Message, Recipients
from tests.service import factories as make
from tests.support.database import Server
from tests.support.smtp import MailServer
from tests.support.web import person

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
STEP = LoneWorkerStep(check=4, worker="W01", step=LoneStep.LEAD, minutes=30)
"""The message that would sooner go out twice than never: the hardest to keep to once."""
RUNNER = """
import anyio, sys
from service.database.opening import opened_pool
from service.jobs.worker import run_worker

async def run():
    async with opened_pool(sys.argv[1], most_connections=3):
        print("open", flush=True)
        sys.stdin.readline()
        await run_worker(wait=False, concurrency=2)

anyio.run(run)
"""


@pytest.fixture
async def amina(database: Server, outgoing: pytest.MonkeyPatch) -> Recipients:
    """Somebody with a confirmed address who is told by e-mail too."""
    viewer = await person("amina", "coordinator")
    await make.insert(
        "notice_settings",
        account=viewer.account,
        email="amina@example.org",
        confirmed_at=clock.now(),
    )
    return Recipients(accounts=frozenset({viewer.account}))


async def told(amina: Recipients, message: Message = STEP) -> int:
    """Tell her, and return how many were told it for the first time."""
    async with unit_of_work() as uow:
        await asyncio.sleep(0.05)  # everybody has begun before anybody commits
        return await notify(uow, message, to=amina, key="check:4:lead")


async def test_two_that_tell_the_same_at_once_tell_it_once(amina: Recipients) -> None:
    assert sorted(await asyncio.gather(*(told(amina) for _ in range(4)))) == [0, 0, 0, 1]
    assert await fetch_value("select count(*) from notices") == 1
    assert await fetch_value("select count(*) from notice_deliveries") == 1
    assert await fetch_value("select count(*) from procrastinate_jobs") == 1


async def test_two_that_send_the_same_at_once_send_it_once(
    amina: Recipients, post: MailServer
) -> None:
    await told(amina)
    delivery = await fetch_value("select id from notice_deliveries")
    await asyncio.gather(*(send_notice(delivery=delivery) for _ in range(4)))
    assert len(post.taken) == 1
    with clock.moved(timedelta(minutes=3)):
        await asyncio.gather(*(send_notice(delivery=delivery) for _ in range(4)))
    assert len(post.taken) == 1
    assert await fetch_all("select state, attempts from notice_deliveries") == [
        {"state": "sent", "attempts": 1}
    ]


async def test_two_runners_send_each_notice_once(
    amina: Recipients, database: Server, post: MailServer
) -> None:
    """Two processes work off a queue that holds each delivery three times."""
    async with unit_of_work() as uow:
        for check in range(10):
            step = LoneWorkerStep(check=check, worker="W01", step=LoneStep.LEAD, minutes=30)
            await notify(uow, step, to=amina, key=f"check:{check}:lead")
    for row in await fetch_all("select id from notice_deliveries"):
        for _ in range(2):
            await defer(SEND_TASK, {"delivery": row["id"]}, queue=Queue.NOTICES)
    url = database.addresses.app
    runners = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", RUNNER, url,
            cwd=ROOT, env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    for runner in runners:
        assert runner.stdout is not None
        while b"open" not in (line := await runner.stdout.readline()):
            assert line, "the runner did not start: see its error above"
    await asyncio.gather(*(runner.communicate(b"\n") for runner in runners))
    assert [runner.returncode for runner in runners] == [0, 0]
    sent = [mail["Message-ID"] for mail in post.taken]
    assert (len(sent), len(set(sent))) == (10, 10)
    assert await fetch_all("select distinct state, attempts from notice_deliveries") == [
        {"state": "sent", "attempts": 1}
    ]
