"""How soon a person knows what a move would do: `python -m tests.bench.moves`.

Fills a database with the demonstration, plans next week for both teams, signs their leads in, and
carries each of some visits over every worker and day of the board: the price of the best time
there, asked of the application in this process, without a network. The first question about a
version of a draft reads and compiles the week, and is told apart.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from service.database.opening import opened_pool
from service.database.sql import fetch_all
from tests.e2e.screenshots import prepare
from tests.service.rounds.drafted import next_monday
from tests.support.database import joined_server
from tests.support.web import Browser, browser, make_app


async def measure(url: str, folder: Path, *, visits: int) -> None:
    """Measure both teams on the database at `url` and print a line each."""
    week = next_monday()
    async with opened_pool(url, most_connections=6):
        await prepare(week)
        for team in ("ACT", "ICM"):
            async with browser(make_app(folder)) as reader:
                await reader.sign_in(f"{team.lower()}-lead")
                print(await _line(reader, team, week, visits=visits))


async def _line(reader: Browser, team: str, week: date, *, visits: int) -> str:
    placed = await fetch_all(
        "select v.id, min(w.code) as worker from visits v join rosters r on r.id = v.roster"
        " join teams t on t.id = r.team join visit_workers x on x.visit = v.id"
        " join workers w on w.id = x.worker where t.code = $1 and r.week = $2 and v.state ="
        " 'placed' group by v.id order by v.id limit $3",
        team,
        week,
        visits,
    )
    workers = await fetch_all(
        "select w.code from team_memberships m join teams t on t.id = m.team"
        " join workers w on w.id = m.worker where t.code = $1 and m.ends_on is null",
        team,
    )
    first, times = 0.0, []
    for visit in placed:
        for worker in workers:
            for day in range(5):
                asked = f"day={week + timedelta(days=day)}&comes={worker['code']}"
                path = f"/board/{team}/{week}/visits/{visit['id']}/price"
                began = time.perf_counter()
                answer = await reader.get(f"{path}?{asked}&gone={visit['worker']}")
                took = 1000 * (time.perf_counter() - began)
                assert answer.status_code == 200, answer.text
                if not first:
                    first = took
                else:
                    times.append(took)
    times.sort()
    return (
        f"{team}: {len(times)} prices, median {statistics.median(times):.1f} ms,"
        f" slowest tenth from {times[int(len(times) * 0.9)]:.1f} ms, the first {first:.0f} ms"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=12)
    visits = parser.parse_args().visits
    with joined_server() as server, tempfile.TemporaryDirectory() as folder:
        url = server.cloned_database(f"{server.own_name}_moves").app
        asyncio.run(measure(url, Path(folder), visits=visits))


if __name__ == "__main__":
    main()
