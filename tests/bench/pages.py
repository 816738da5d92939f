"""How long the server takes for each page: `python -m tests.bench.pages`.

Fills a database with the demonstration, plans next week for both teams, signs a lead in, and
asks for each page in this process, without a network: the median and the slowest tenth of the
time from request to answer, and the size of the answer as sent and compressed.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
import zlib
from datetime import date
from pathlib import Path

from service.database.opening import opened_pool
from tests.e2e.screenshots import prepare
from tests.service.rounds.drafted import next_monday
from tests.support.counting import counted_statements
from tests.support.database import joined_server
from tests.support.web import Browser, browser, make_app

WARM_UP = 5


async def measure(url: str, folder: Path, *, rounds: int) -> None:
    """Measure every page on the database at `url` and print a line each."""
    week = next_monday()
    async with opened_pool(url, most_connections=6):
        found = await prepare(week)
        for login, paths in _pages(week, found).items():
            async with browser(make_app(folder)) as reader:
                await reader.sign_in(login)
                for path in paths:
                    print(await _line(reader, path, rounds=rounds))


def _pages(week: date, found: dict[str, str]) -> dict[str, tuple[str, ...]]:
    act = f"/board/ACT/{week}"
    return {
        "act-lead": (
            act,
            f"{act}?visit={found['visit']}",
            f"{act}/run",
            f"{act}/publish",
            "/tenants",
            f"/tenants/{found['tenant']}",
            f"/tenants/{found['tenant']}/history",
            f"/tenants/{found['tenant']}/edit/agreement/new",
            "/workers",
        ),
        "worker": (f"/my-week/{week}", f"/today/{week}"),
    }


async def _line(reader: Browser, path: str, *, rounds: int) -> str:
    times: list[float] = []
    for number in range(rounds + WARM_UP):
        began = time.perf_counter()
        answer = await reader.get(path)
        if number >= WARM_UP:
            times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, (path, answer.status_code)
    with counted_statements() as counted:
        await reader.get(path)
    times.sort()
    size, packed = len(answer.content), len(zlib.compress(answer.content))
    return (
        f"{path}: median {statistics.median(times):.1f} ms,"
        f" slowest tenth from {times[int(len(times) * 0.9)]:.1f} ms,"
        f" {counted.statements} statements, {size / 1024:.0f} KiB ({packed / 1024:.0f} compressed)"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with joined_server() as server, tempfile.TemporaryDirectory() as folder:
        url = server.cloned_database(f"{server.own_name}_pages").app
        asyncio.run(measure(url, Path(folder), rounds=rounds))


if __name__ == "__main__":
    main()
