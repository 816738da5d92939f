"""The morning meeting in a real browser, in each look, on a Monday before anybody has left."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from scheduling.weeks import monday_of, to_instant
from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.jobs.worker import run_worker
from service.rounds.actions import publish_roster, start_plan_run
from service.rounds.states import Effort
from service.safety.rounds import judge_everybody
from tests.e2e.conftest import (
    Site,
    assert_well_made,
    in_each_look,
    opened_page,
    served,
    sign_in,
)
from tests.service import factories as make
from tests.support.database import Server
from tests.support.passwords import PASSWORD
from tests.support.web import person

pytestmark = pytest.mark.e2e

WALL = {"width": 1920, "height": 1080}
SMALL_DESK = {"width": 1280, "height": 800}
LANGUAGES = ("nl", "fr", "en")
LOOKS = ("nl-0", "nl-1", "fr-0", "fr-1", "en-0", "en-1")
MONDAYS = ((1, 9 * 60, 17 * 60),)
THURSDAYS = ((4, 9 * 60, 17 * 60),)
ALL_IN_VIEW = """
() => [...document.querySelectorAll('[data-row]')].filter(row => {
  const box = row.getBoundingClientRect();
  return box.top < 0 || box.bottom > innerHeight || box.right > innerWidth;
}).map(row => row.dataset.row)
"""
SMALLEST_LETTERS = """
() => Math.min(...[...document.querySelectorAll('.meeting-list td, .meeting-list th')]
  .flatMap(cell => [cell, ...cell.querySelectorAll('*')])
  .filter(e => e.checkVisibility() && e.textContent.trim())
  .map(e => parseFloat(getComputedStyle(e).fontSize)))
"""
OVERLAPS = """
() => [...document.querySelectorAll('.meeting-list td, .meeting-list tbody th')]
  .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.outerHTML.slice(0, 200))
"""


@dataclass(frozen=True)
class Meeting:
    """A running service whose clock stands `moved` on: team ACT is large, team DAY decides."""

    site: Site
    moved: timedelta


@pytest.fixture(scope="module")
def moved() -> timedelta:
    """As far as half past seven in Brussels on the next Monday is away."""
    now = datetime.now(UTC)
    monday = monday_of(now.date()) + timedelta(days=7)
    return to_instant(monday, day=0, minute=7 * 60 + 30) - now


@pytest.fixture(scope="module")
def site(
    server: Server, moved: timedelta, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    addresses = server.cloned_database(f"e2e_meeting_{worker}")
    with served(addresses.app, tmp_path_factory.mktemp("data"), moved=moved) as address:
        yield Site(address=address, database_url=addresses.app)


@pytest.fixture(scope="module")
async def meeting(anyio_backend: str, site: Site, moved: timedelta) -> Meeting:
    async with site.database():
        with clock.moved(moved):
            act, day = await make.team("ACT"), await make.team("DAY", kind="icm")
            for language in LANGUAGES:
                await person(f"act-{language}", ("team_lead", act), language=language)
                lead = await person(f"day-{language}", ("team_lead", day), language=language)
            await _fifty(act)
            await _decided(day, lead)
            await judge_everybody()
    return Meeting(site=site, moved=moved)


async def _fifty(team: int) -> None:
    """Fifty tenants with everything that a row can say."""
    workers = [
        await make.worker(f"W-{n:02d}", team=team, first_name=name)
        for n, name in enumerate(("Maximilienne", "Karim", "Lies"), start=1)
    ]
    place = await make.place()
    for n in range(1, 51):
        tenant = await make.tenant(
            f"T-{n:03d}",
            team=team,
            place=place if n % 4 == 1 else None,
            primary=workers[0],
            last_name=f"Family{n}",
        )
        await make.agreement(tenant=tenant)
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=clock.now() - timedelta(days=30 if n <= 3 else n % 14, minutes=5),
            workers=tuple(workers[: 1 + n % 2]),
        )
        if n % 5 == 0:
            await make.safety_flag(tenant=tenant)
        if n % 7 == 0:
            await make.encounter(
                tenant=tenant,
                team=team,
                starts_at=clock.now() - timedelta(hours=20),
                outcome="cancelled_by_tenant",
            )


async def _decided(team: int, lead: Viewer) -> None:
    """For each look a tenant who is seen on Mondays, and one on Thursdays; the week is published.

    Codes are M- and L- with the look.
    """
    people = [
        await make.worker(f"D-{n}", team=team, first_name=name)
        for n, name in enumerate(("Nadia", "Omar", "Piet", "Rosa"), start=1)
    ]
    for n, look in enumerate(LOOKS):
        for letter, windows in (("M", MONDAYS), ("L", THURSDAYS)):
            place = await make.place(lat=50.84 + n / 400, lon=4.34 + n / 500)
            tenant = await make.tenant(
                f"{letter}-{look}", team=team, place=place, primary=people[n % 4]
            )
            await make.agreement(tenant=tenant, windows=windows)
            await make.encounter(
                tenant=tenant,
                team=team,
                starts_at=clock.now() - timedelta(days=8),
                workers=(people[n % 4],),
            )
    for number, worker in enumerate(people, start=1):
        await person(f"day-{number}", ("worker", team), worker=worker)
    week = monday_of(clock.today())
    await start_plan_run(lead, team="DAY", week=week, effort=Effort.QUICK)
    await run_worker(wait=False)
    version = await fetch_value("select version from rosters")
    await publish_roster(lead, team="DAY", week=week, expected_version=version)


@in_each_look
async def test_the_meeting_goes_through_everybody(
    chromium: Browser, meeting: Meeting, language: str, dark: bool, phone: bool
) -> None:
    """Fifty tenants by code, one turn after the other; names once they are asked for."""
    async with opened_page(
        chromium, meeting.site, language=language, dark=dark, phone=phone
    ) as page:
        await sign_in(page, f"act-{language}", PASSWORD)
        await page.goto("/morning/ACT")
        await expect(page.locator("[data-row]")).to_have_count(50)
        await expect(page.locator("body")).not_to_contain_text("Family1")
        await assert_well_made(page, phone=phone, axe=phone and language == "fr")
        shown = page.locator(".turn:visible")
        steps = 50 if language == "en" and not phone else 2
        seen = set()
        for _ in range(steps):
            await expect(shown).to_have_count(1)
            seen.add(await shown.get_attribute("id"))
            await page.keyboard.press("ArrowRight")
        assert len(seen) == steps
        await page.keyboard.press("Home")
        await page.keyboard.press("ArrowLeft")
        await expect(shown.locator(".turn-nav .number")).to_have_text("50 / 50")
        if not phone:
            await _everybody_on_the_wall(page)
            await assert_well_made(page, axe=language == "fr")
            await page.set_viewport_size(SMALL_DESK)  # type: ignore[arg-type]
            assert await page.evaluate(OVERLAPS) == []
        await page.locator("form[action$='/names'] button").click()
        await expect(page.locator("main")).to_contain_text("Family1")
        await assert_well_made(page, phone=phone, axe=False)


async def _everybody_on_the_wall(page: Page) -> None:
    """Nobody has to scroll, nor to come nearer than for small print."""
    await page.set_viewport_size(WALL)  # type: ignore[arg-type]
    await page.evaluate("scrollTo(0, 0)")
    assert await page.evaluate(ALL_IN_VIEW) == []
    assert await page.evaluate(SMALLEST_LETTERS) >= 13
    assert await page.evaluate(OVERLAPS) == []
    await expect(page.locator(".turn:visible button").first).to_be_in_viewport()


async def test_the_meeting_prints_on_one_sheet(chromium: Browser, meeting: Meeting) -> None:
    async with opened_page(chromium, meeting.site) as page:
        await sign_in(page, "act-en", PASSWORD)
        await page.goto("/morning/ACT")
        sheet = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


@in_each_look
async def test_what_the_meeting_decides_is_shown_at_once_and_can_be_taken_back(
    chromium: Browser, meeting: Meeting, language: str, dark: bool, phone: bool
) -> None:
    well: dict[str, Any] = {"phone": phone, "axe": language == "fr"}
    code = f"M-{language}-{dark:d}"
    async with opened_page(
        chromium, meeting.site, language=language, dark=dark, phone=phone
    ) as page:
        await sign_in(page, f"day-{language}", PASSWORD)
        await page.goto(f"/morning/DAY#t-{code}")
        turn, row = page.locator(f"#t-{code}"), _row(page, code)
        before = (await row.inner_text()).strip()
        assert re.search(r"\d\d:\d\d", before)
        await turn.locator(".turn-instead a").click()
        await expect(turn.locator(".turn-others button").first).to_be_focused()
        await assert_well_made(page, **well)
        await turn.locator(".turn-others button").first.click()
        await expect(row.locator("del")).to_be_visible()
        await expect(turn.locator(".turn-undo")).to_be_in_viewport()
        await assert_well_made(page, **well)
        await turn.locator(".turn-undo button").click()
        await expect(row.locator("del")).to_have_count(0)
        assert (await row.inner_text()).strip() == before
        await turn.locator("button[value=not]").click()
        await expect(row.locator("del")).to_be_visible()
        await expect(row.locator(".tag-accent")).to_be_visible()
        await assert_well_made(page, **well)
        await turn.locator("form[action$='/forget'] button").click()
        await expect(row.locator("del")).to_have_count(0)
        assert (await row.inner_text()).strip() == before
        away = page.locator(".crew-away").first
        await away.click()
        await expect(page.locator("main form[action$='/away']").first).to_be_visible()


@in_each_look
async def test_somebody_goes_today_and_today_alone_is_planned_anew(
    chromium: Browser, meeting: Meeting, language: str, dark: bool, phone: bool
) -> None:
    """Asked for, planned, looked at, published: five clicks, and whoever goes is told."""
    well: dict[str, Any] = {"phone": phone, "axe": language == "fr"}
    code = f"L-{language}-{dark:d}"
    async with opened_page(
        chromium, meeting.site, language=language, dark=dark, phone=phone
    ) as page:
        await sign_in(page, f"day-{language}", PASSWORD)
        await page.goto(f"/morning/DAY#t-{code}")
        turn, row = page.locator(f"#t-{code}"), _row(page, code)
        await turn.locator("button[value=go]").click()
        await expect(row.locator(".tag-accent")).to_be_visible()
        await page.locator("form[action$='/replan'] button").click()
        async with meeting.site.database():
            with clock.moved(meeting.moved):
                told = await _told()
                await run_worker(wait=False)
        look = page.locator("#meeting-run a")
        await expect(look).to_be_visible()
        await assert_well_made(page, **well)
        await look.click()
        await expect(page.locator(".proposal-lines li", has_text=code)).to_be_visible()
        await page.locator("#changes-form .button-main").click()
        await page.wait_for_url(re.compile("/publish$"))
        await page.goto(f"/morning/DAY#t-{code}")
        await expect(row).to_contain_text(re.compile(r"\d\d:\d\d"))
        await expect(row.locator(".tag-accent")).to_have_count(0)
        await page.locator(".meeting-news a[href$='/publish']").first.click()
        await page.locator("form[action$='/publish'] .button-main").click()
        await page.wait_for_url(re.compile(r"published="))
        async with meeting.site.database():
            assert await _told() > told


def _row(page: Page, code: str) -> Locator:
    """Where the list says who goes today."""
    return page.locator(f"[data-row='t-{code}'] td").last


async def _told() -> int:
    found: int = await fetch_value("select count(*) from notices where kind = 'changed_today'")
    return found
