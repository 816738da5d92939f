"""Serves the application for browser tests: `python -m tests.e2e.serve DATABASE_URL [SECONDS]`.

Listens on a free port and prints it as its first line. SECONDS is how far its clock is moved.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import uvicorn
from litestar import Litestar

from service import clock
from service.app import create_app
from service.database.opening import opened_pool
from service.feeds import api as feed_answers
from service.serving import listen
from tests.e2e.gallery import add_gallery
from tests.support.passwords import hash_quickly


def main() -> None:
    url = sys.argv[1]

    @asynccontextmanager
    async def database(_: Litestar) -> AsyncIterator[None]:
        async with opened_pool(url, most_connections=5):
            yield

    feed_answers.FLUSH_EVERY_SECONDS = 0.2  # nobody waits ten seconds to see a fetch noted
    hash_quickly()
    listening = listen("127.0.0.1", 0)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    app = create_app(lifespan=[database])
    add_gallery(app)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
    with clock.moved(timedelta(seconds=float((sys.argv[2:] or ["0"])[0]))):
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
