"""The port that the service takes."""

import asyncio
import socket
import subprocess
import sys

import pytest

from service.serving import listen

pytestmark = pytest.mark.anyio


async def test_an_answer_does_not_wait_until_the_one_before_was_heard() -> None:
    """asyncio lets short answers go at once (TCP_NODELAY) only where a socket says it is TCP; else
    a body waits some 40 ms for the other side to have heard of its headers."""
    taken = listen("127.0.0.1", 0)
    noted: asyncio.Queue[int] = asyncio.Queue()

    async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        noted.put_nowait(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(note, sock=taken):
        _, writer = await asyncio.open_connection(*taken.getsockname())
        assert await asyncio.wait_for(noted.get(), 5) == 1
        writer.close()


def test_pages_and_answers_about_a_plan_do_without_the_solver() -> None:
    """OR-Tools and what it brings take half a second of every start, and are a planner's alone."""
    done = subprocess.run(
        [sys.executable, "-c", "import service.app, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "scheduling.desk" in loaded
    assert loaded & {"ortools", "pandas"} == set()
