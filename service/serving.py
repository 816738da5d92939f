"""Runs web, worker and clock together or apart, and ends them together, cleanly."""

import errno
import socket
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from signal import SIGINT, SIGTERM

import anyio
import structlog
import uvicorn
from anyio.abc import TaskStatus

from service.database.migrate import check_current
from service.database.opening import opened_pool, reached_server
from service.database_setup import bring_up_to_date
from service.errors import Misconfigured
from service.settings import Settings

_log = structlog.get_logger("thuisronde.serving")

SECONDS_TO_FINISH = 20


class Part(StrEnum):
    WEB = "web"
    WORKER = "worker"
    CLOCK = "clock"


async def run_parts(
    settings: Settings, parts: AbstractSet[Part], *, when_ready: Callable[[], None]
) -> None:
    """Run the parts until SIGINT or SIGTERM; raises what stopped one of them.

    The port is taken before anything else happens. Run whole on the embedded database, the
    tables are migrated first; otherwise they must be those of this version.
    """
    listening = listen(settings.host, settings.port) if Part.WEB in parts else None
    try:
        async with reached_server(settings) as addresses:
            if settings.database_url is None and parts == frozenset(Part):
                await bring_up_to_date(addresses, external=False)
            async with opened_pool(addresses.app, most_connections=10):
                await check_current()
                await _run_until_told(settings, parts, listening, when_ready)
    finally:
        if listening is not None:
            listening.close()


def listen(host: str, port: int) -> socket.socket:
    """Take the port; raises `Misconfigured` with one sentence if that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, protocol)
        try:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(address)
            taken.listen(2048)
        except BaseException:
            taken.close()
            raise
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        reason = "is in use" if in_use else f"cannot be used ({error.strerror})"
        raise Misconfigured(
            f"Port {port} of {host} {reason}.",
            advice="Set THUISRONDE_PORT to another one, or end what uses it.",
        ) from None
    taken.setblocking(False)
    return taken


async def _run_until_told(
    settings: Settings,
    parts: AbstractSet[Part],
    listening: socket.socket | None,
    when_ready: Callable[[], None],
) -> None:
    """Run the parts; a signal asks them to end, and what has not ended in time is cut off."""
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        ending = await group.start(_stop_on_signals, stop)
        if listening is not None:
            await group.start(_serve_web, settings, listening, stop)
        if Part.WORKER in parts:
            from service.jobs.worker import run_worker  # the queue is of no use to a web process

            group.start_soon(partial(run_worker, stop=stop))
        if Part.CLOCK in parts:
            from service.jobs.clock import run_clock  # nor is the clock

            group.start_soon(partial(run_clock, stop=stop))
        _log.info("running", parts=" ".join(sorted(parts)))
        when_ready()
        await stop.wait()
        _log.info("ending")
        group.cancel_scope.deadline = anyio.current_time() + SECONDS_TO_FINISH
        ending.cancel()


async def _stop_on_signals(
    stop: anyio.Event, *, task_status: TaskStatus[anyio.CancelScope]
) -> None:
    with anyio.CancelScope() as scope, anyio.open_signal_receiver(SIGINT, SIGTERM) as signals:
        task_status.started(scope)
        async for _ in signals:
            stop.set()


class _Server(uvicorn.Server):
    """A uvicorn that leaves the signals to us, and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = anyio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve_web(
    settings: Settings,
    listening: socket.socket,
    stop: anyio.Event,
    *,
    task_status: TaskStatus[None],
) -> None:
    from service.app import create_app  # a worker or clock needs no pages
    from service.rounds.board_stream import board_streams

    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=SECONDS_TO_FINISH // 2,
    )
    server = _Server(config)
    async with anyio.create_task_group() as group:
        group.start_soon(server.serve, [listening])
        await server.ready.wait()
        task_status.started()
        await stop.wait()
        board_streams(app).close()  # they never end by themselves
        server.should_exit = True
