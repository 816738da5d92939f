"""How many fetches a second one web process answers: `python -m tests.bench.feeds`.

Starts an embedded PostgreSQL in a temporary folder, publishes visits for one worker, serves the
real application with uvicorn on the loopback, and asks for the feed over several connections,
first without validators (200), then with the ETag (304). The process's own time tells more than
the rate where the machine is busy with other things.
"""

import argparse
import asyncio
import os
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import uvicorn

from service import clock
from service.access.states import Language
from service.app import create_app
from service.database.opening import opened_pool
from service.feeds.actions import make_feed
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope
from service.settings import Settings
from tests.service import factories as make
from tests.service.feeds import published
from tests.support.database import joined_server


async def measure(url: str, folder: Path, *, visits: int, seconds: float, connections: int) -> None:
    """Measure both answers on the database at `url` and print one line each."""
    async with opened_pool(url, most_connections=10):
        token = await _feed_of(visits)
        async with _served(folder) as port:
            for name in ("200", "304"):
                before = time.process_time()
                count, size, elapsed = await asyncio.to_thread(
                    _ask_from_another_process, port, token, name, seconds, connections
                )
                busy = time.process_time() - before
                print(
                    f"{name}: {count / elapsed:,.0f} fetches a second,"
                    f" {busy / count * 1e6:,.0f} microseconds of this process's time each"
                    f" ({visits} visits, {size / 1024:.0f} KiB an answer,"
                    f" {connections} connections, {elapsed:.1f} s)"
                )


async def _feed_of(visits: int) -> str:
    """Publish visits of one worker and return the token of a feed of theirs."""
    team = await make.team("ACT")
    worker = await make.worker("W-01", team=team)
    viewer = await make.account("worker", role="worker", team=team, worker=worker)
    tenant, place = await make.tenant(team=team), await make.place()
    first = clock.now().replace(minute=0, second=0, microsecond=0)
    for number in range(visits):
        await published.publish(
            team=team,
            workers=[worker],
            starts_at=first + timedelta(hours=number),
            tenant=tenant,
            place=place,
        )
    made = await make_feed(
        viewer,
        scope=FeedScope(ScopeKind.WORKER, worker),
        device="bench",
        level=FeedLevel.STREET,
        language=Language.FRENCH,
    )
    return made.token


@asynccontextmanager
async def _served(folder: Path) -> AsyncIterator[int]:
    """Serve the application in this process on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            create_app(Settings(data_dir=folder)),
            log_config=None,
            access_log=False,
            server_header=False,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield int(listening.getsockname()[1])
        server.should_exit = True
        await serving


def _ask_from_another_process(
    port: int, token: str, name: str, seconds: float, connections: int
) -> tuple[int, int, float]:
    """Run the clients beside the server, not in its way; returns fetches, bytes and seconds."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_ask, (port, token, name, seconds, connections))


def _ask(
    port: int, token: str, name: str, seconds: float, connections: int
) -> tuple[int, int, float]:
    return asyncio.run(_ask_all(port, token, name, seconds, connections))


async def _ask_all(
    port: int, token: str, name: str, seconds: float, connections: int
) -> tuple[int, int, float]:
    first = await _Connection.opened(port)
    head, body = await first.fetch(token, "")
    etag = next(line for line in head.split("\r\n") if line.lower().startswith("etag:"))[5:].strip()
    extra = f"If-None-Match: {etag}\r\n" if name == "304" else ""
    began = time.perf_counter()
    results = await asyncio.gather(
        *(_ask_until(port, token, name, extra, began + seconds) for _ in range(connections))
    )
    elapsed = time.perf_counter() - began
    return sum(results), len(body) if name == "200" else 0, elapsed


async def _ask_until(port: int, token: str, name: str, extra: str, end: float) -> int:
    connection = await _Connection.opened(port)
    count = 0
    while time.perf_counter() < end:
        head, _ = await connection.fetch(token, extra)
        assert head.startswith(f"HTTP/1.1 {name} "), head
        count += 1
    return count


class _Connection:
    """A bare HTTP connection that stays open: a client library would be the slower part."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, port: int) -> "_Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def fetch(self, token: str, extra: str) -> tuple[str, bytes]:
        """Return the head and the body of the answer."""
        request = f"GET /calendars/{token}.ics HTTP/1.1\r\nHost: localhost\r\n{extra}\r\n"
        self._writer.write(request.encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = 0
        for line in head.split("\r\n"):
            if line.lower().startswith("content-length:"):
                length = int(line.split(":")[1])
        return head, await self._reader.readexactly(length)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=16)
    chosen = parser.parse_args()
    os.environ.setdefault("PYTEST_XDIST_WORKER", "bench")
    with joined_server() as running, tempfile.TemporaryDirectory() as own:
        asyncio.run(
            measure(
                running.addresses.app,
                Path(own),
                visits=chosen.visits,
                seconds=chosen.seconds,
                connections=chosen.connections,
            )
        )
