"""How soon a person sees in the browser what a move would do: `python -m tests.bench.what_if`.

Fills a database with the demonstration, plans next week for both teams, starts the service and
opens each team's board in Chromium. Visits are carried over the board by the keyboard and by the
mouse; measured is the time from the input event that brings a visit over a cell until the price of
leaving it there is painted. Besides: the first price after a visit was dropped, when the week is
another and the visit pinned, asked at once and as a person would, half a second later.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.e2e.conftest import ARGUMENTS, CHROMIUM, served, sign_in
from tests.e2e.screenshots import prepare_anew
from tests.service.rounds.drafted import next_monday
from tests.support.database import joined_server
from tests.support.passwords import PASSWORD

DESKTOP = {"width": 1440, "height": 900}
A_MOMENT = 0.5
PATIENCE = 20.0

WATCH = """
() => {
  const seen = (globalThis.prices = []);
  let input = 0;
  let asked = 0;
  for (const name of ["keydown", "pointermove"])
    addEventListener(name, (event) => (input = event.timeStamp), { capture: true });
  new MutationObserver(() => {
    const state = document.getElementById("carry").className.replace("carry carry-", "");
    if (state === "asking") asked ||= input;
    else if (asked && ["free", "costs", "refused", "here"].includes(state)) {
      const began = asked;
      asked = 0;
      requestAnimationFrame(() =>
        setTimeout(() => seen.push({ state, took: performance.now() - began })),
      );
    } else asked = 0;
  }).observe(document.getElementById("carry"), { attributes: true });
}
"""
"""Notes each price that is painted, with the milliseconds since the input that asked for it."""
NEXT = """
number => new Promise(done => {
  const look = () => (prices.length > number ? done(prices[number]) : setTimeout(look, 4));
  look();
})
"""


class Board:
    """A team's board in a browser, and the prices that were seen on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen = 0

    @classmethod
    async def opened(cls, page: Page, team: str, week: date) -> "Board":
        """Sign the team's lead in and open the week."""
        await sign_in(page, f"{team.lower()}-lead", PASSWORD)
        async with page.expect_response(lambda answer: "/price?" in answer.url):
            await page.goto(f"/board/{team}/{week}")
        await page.evaluate(WATCH)
        return cls(page)

    async def visits(self) -> list[str]:
        """Ids of the visits that can be moved, in the order of the board."""
        found = await self.page.evaluate(
            "[...document.querySelectorAll('.week [data-moves]')].map(one => one.dataset.visit)"
        )
        return list(dict.fromkeys(found))

    async def price(self, act: Awaitable[object]) -> tuple[str, float]:
        """Do what carries a visit over another cell; (verdict, milliseconds until it is seen)."""
        await act
        found = await asyncio.wait_for(self.page.evaluate(NEXT, self.seen), PATIENCE)
        self.seen += 1
        return found["state"], found["took"]

    async def by_keys(self, visit: str) -> list[float]:
        """Carry a visit with Alt and arrows: along its row, then down."""
        press = self.page.keyboard.press
        await self.page.locator(f".week [data-visit='{visit}']").first.focus()
        times = [(await self.price(press("Alt+ArrowDown")))[1]]
        keys = ["Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowUp", "Alt+ArrowLeft"]
        for key in keys:
            before = await self._below()
            await press(key)
            if await self._below() != before:
                times.append((await self.price(_done()))[1])
        await press("Escape")
        return times

    async def _below(self) -> str:
        """The cell that the carried visit is over."""
        found: str = await self.page.evaluate(
            "(([one]) => one ? one.dataset.worker + one.dataset.day : '')"
            "(document.querySelectorAll('[class*=over-]'))"
        )
        return found

    async def by_mouse(self, visit: str) -> list[float]:
        """Drag a visit over the cells of some rows that are in sight."""
        mouse = self.page.mouse
        card = self.page.locator(f".week [data-visit='{visit}']").first
        await card.evaluate("one => one.scrollIntoView({ block: 'center', inline: 'center' })")
        box = await card.bounding_box()
        assert box is not None
        await mouse.move(box["x"] + 20, box["y"] + 10)
        await asyncio.sleep(A_MOMENT)
        await mouse.down()
        times = []
        for x, y in await self._cells():
            times.append((await self.price(mouse.move(x, y)))[1])
        await self.page.keyboard.press("Escape")
        await mouse.up()
        return times

    async def _cells(self) -> list[tuple[float, float]]:
        """Middles of cells in sight, one row after the other, without the first and the last."""
        found = await self.page.evaluate(
            """
            () => {
              const area = document.querySelector('.week-scroll').getBoundingClientRect();
              const foot = Math.min(area.bottom, innerHeight) - 50;
              const sight = ([x, y]) => document.elementFromPoint(x, y)?.closest('.week td');
              return [...document.querySelectorAll('.week td[data-worker]')]
                .map((cell) => cell.getBoundingClientRect())
                .filter((box) => box.left > area.left + 150 && box.right < area.right - 50)
                .map((box) => [box.x + box.width / 2, box.y + Math.min(box.height / 2, 40)])
                .filter(([, y]) => y > area.top + 70 && y < foot)
                .filter(sight);
            }
            """
        )
        return [(x, y) for x, y in found[:8]]

    async def after_a_change(self, visit: str, *, wait: float) -> float | None:
        """Drop a visit somewhere, and carry it on; None where it may go nowhere near."""
        press, card = self.page.keyboard.press, self.page.locator(f".week [data-visit='{visit}']")
        version = await self.page.locator("#board").get_attribute("data-version")
        await card.first.focus()
        for key in ("Alt+ArrowRight", "Alt+ArrowLeft", "Alt+ArrowLeft", "Alt+ArrowDown"):
            before = await self._below()
            await press(key)
            if await self._below() == before:
                continue
            state, _ = await self.price(_done())
            if state in {"free", "costs"}:
                await press("Enter")
                await expect(self.page.locator("#board")).not_to_have_attribute(
                    "data-version", version or ""
                )
                await expect(card.first).to_be_focused()
                await asyncio.sleep(wait)
                _, took = await self.price(press("Alt+Shift+ArrowRight"))
                await press("Escape")
                return took
        await press("Escape")
        return None


async def _done() -> None:
    """It was done already."""


def _line(what: str, times: list[float]) -> str:
    times = sorted(times)
    return (
        f"{what}: {len(times)} prices, median {statistics.median(times):.0f} ms,"
        f" slowest tenth from {times[int(len(times) * 0.9)]:.0f} ms, slowest {times[-1]:.0f} ms"
    )


async def measure(address: str, week: date, *, visits: int) -> None:
    """Measure both teams and print a line for each way of asking."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for team in ("ACT", "ICM"):
            page = await browser.new_page(base_url=address, viewport=DESKTOP)  # type: ignore[arg-type]
            board = await Board.opened(page, team, week)
            every = await board.visits()
            ways: dict[str, Callable[[str], Awaitable[list[float]]]] = {
                "keyboard": board.by_keys,
                "mouse": board.by_mouse,
            }
            for name, carry in ways.items():
                times = [took for visit in every[:visits] for took in await carry(visit)]
                print(_line(f"{team}, {name}", times), flush=True)
            for name, wait in (("at once", 0.0), ("half a second later", A_MOMENT)):
                found = [await board.after_a_change(one, wait=wait) for one in every[:visits]]
                took = [one for one in found if one is not None]
                print(_line(f"{team}, first after a change, {name}", took), flush=True)
            await page.close()
        await browser.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=12)
    visits = parser.parse_args().visits
    week = next_monday()
    with joined_server() as server, tempfile.TemporaryDirectory() as folder:
        url = server.cloned_database(f"{server.own_name}_what_if").app
        asyncio.run(prepare_anew(url, week))
        with served(url, Path(folder)) as address:
            asyncio.run(measure(address, week, visits=visits))


if __name__ == "__main__":
    main()
