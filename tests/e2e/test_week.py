"""From nothing to a published week in a real browser: by keyboard, and on every kind of screen."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.jobs.worker import run_worker
from service.rounds.actions import publish_roster, start_plan_run
from service.rounds.states import Effort
from tests.e2e.conftest import Site, assert_well_made, in_both_looks, opened_page, sign_in
from tests.service import factories as make
from tests.service.rounds.drafted import next_monday
from tests.support.passwords import PASSWORD
from tests.support.web import person

pytestmark = pytest.mark.e2e

LANGUAGES = ("nl", "fr", "en")


@dataclass(frozen=True)
class Office:
    """A running service with team ACT; next week is published, the week after is not planned."""

    site: Site
    week: date

    @property
    def path(self) -> str:
        return f"/board/ACT/{self.week}"

    @property
    def empty_week(self) -> date:
        return self.week + timedelta(days=7)


@pytest.fixture(scope="module")
async def office(anyio_backend: str, site: Site) -> Office:
    """Two workers, eight tenants, a lead and a worker in each language."""
    week = next_monday()
    async with site.database():
        team = await make.team("ACT")
        workers = [
            await make.worker(f"W-{n:02d}", team=team, first_name=name)
            for n, name in enumerate(("Amina", "Karim", "Lies"), start=1)
        ]
        for n in range(1, 9):
            place = await make.place(lat=50.84 + n / 400, lon=4.34 + n / 500)
            tenant = await make.tenant(f"T-{n:03d}", team=team, place=place)
            await make.agreement(tenant=tenant)
            await make.encounter(
                tenant=tenant,
                team=team,
                starts_at=clock.now() - timedelta(days=8 + n),
                workers=(workers[n % 3],),
            )
        await make.safety_flag(tenant=tenant)
        lead = await _people(team, workers)
        await start_plan_run(lead, team="ACT", week=week, effort=Effort.QUICK)
        await run_worker(wait=False)
        version = await fetch_value("select version from rosters")
        await publish_roster(lead, team="ACT", week=week, expected_version=version)
    return Office(site=site, week=week)


async def _people(team: int, workers: list[int]) -> Viewer:
    for language, worker in zip(LANGUAGES, workers, strict=True):
        lead = await person(f"lead-{language}", ("team_lead", team), language=language)
        await person(f"worker-{language}", ("worker", team), worker=worker, language=language)
    await person("housing", "housing_officer", language="nl")
    return lead


async def tab_to(page: Page, target: Locator, *, most: int = 120) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    element = await target.element_handle()
    for _ in range(most):
        await page.keyboard.press("Tab")
        if await page.evaluate("element => document.activeElement === element", element):
            return
    pytest.fail(f"the keyboard never reaches {target}")


async def test_a_week_is_planned_changed_and_published_by_keyboard(
    chromium: Browser, office: Office
) -> None:
    path = f"/board/ACT/{office.empty_week}"
    async with opened_page(chromium, office.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto(path)
        await assert_well_made(page)
        await tab_to(page, page.get_by_role("button", name="Plan this week"))
        await page.keyboard.press("Enter")
        await expect(page.locator("#run")).to_contain_text("Waiting for its turn")
        await assert_well_made(page)
        async with office.site.database():
            await run_worker(wait=False)
        await expect(page.locator(".week [data-visit]").first).to_be_visible()
        await expect(page.locator(".capacity")).to_contain_text("of 8 asked")
        await assert_well_made(page)

        first = page.locator(".week [data-visit]").first
        await tab_to(page, first)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowUp")
        await expect(first).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel-title")).to_be_focused()
        await expect(page).to_have_url(re.compile(r"\?visit=\d+$"))
        await assert_well_made(page)
        await tab_to(page, page.locator("#panel").get_by_role("button", name="Pin", exact=True))
        await page.keyboard.press("Enter")
        await expect(page.locator("[data-said]")).to_be_focused()
        await expect(page.locator("[data-said]")).to_contain_text("Pinned")
        await page.keyboard.press("Escape")
        await expect(page.locator("#panel")).to_have_count(0)
        await expect(page).to_have_url(re.compile(rf"{path}(\?day=.*)?$"))

        await tab_to(page, page.get_by_role("link", name="Publish week"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Publish the week")
        await expect(page.locator(".changes li")).to_have_count(8)
        await assert_well_made(page)
        await tab_to(page, page.get_by_role("button", name="Publish 8 changes"))
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_contain_text("The week is published")
        await expect(page.locator(".board-state")).to_contain_text("revision 1")


async def test_a_visit_is_moved_undone_and_saved_from_a_colleagues_change(
    chromium: Browser, office: Office
) -> None:
    async with opened_page(chromium, office.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto(office.path)
        await page.locator(".week [data-visit]").first.click()
        await expect(page.locator("#panel")).to_be_visible()
        before = await page.locator("#move-time").input_value()
        await page.locator("#move-day").select_option(index=3)
        await page.locator("#move-time").fill("15:10")
        await page.get_by_role("button", name="Move and pin").click()
        await expect(page.locator("[data-said]")).to_contain_text("Placed by hand")
        await page.locator(".notice").get_by_role("button", name="Undo").click()
        await expect(page.locator("#move-time")).to_have_value(before)
        await page.evaluate("document.querySelector('.move [name=version]').value = 1")
        await page.locator("#move-time").fill("16:20")
        await page.get_by_role("button", name="Move and pin").click()
        await expect(page.locator(".notice")).to_contain_text("nothing was done")
        await expect(page.locator("#move-time")).to_have_value("16:20")
        await assert_well_made(page)
        await page.go_back()
        await expect(page.locator("#panel")).to_have_count(0)
        await page.go_forward()
        await expect(page.locator("#panel")).to_be_visible()


@in_both_looks("fr")
async def test_every_page_is_well_made(
    chromium: Browser, office: Office, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    async with opened_page(chromium, office.site, **look) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        await page.goto(office.path)
        visit = await page.locator("[data-visit]").first.get_attribute("data-visit")
        for path in (
            office.path,
            f"{office.path}?visit={visit}",
            "/board?every=true",
            f"/workers/W-01/week/{office.week}",
        ):
            answer = await page.goto(path)
            assert answer is not None
            assert answer.status == 200
            assert await page.locator("html").get_attribute("lang") == language
            await assert_well_made(page, phone=phone)
    async with opened_page(chromium, office.site, **look) as page:
        await sign_in(page, f"worker-{language}", PASSWORD)
        for path in (f"/my-week/{office.week}", "/my-week/2024-01-01", office.path):
            await page.goto(path)
            await assert_well_made(page, phone=phone)


async def test_a_housing_officer_starts_with_the_tenants(chromium: Browser, office: Office) -> None:
    async with opened_page(chromium, office.site, language="nl", phone=True) as page:
        await sign_in(page, "housing", PASSWORD)
        await expect(page).to_have_url(re.compile("/tenants$"))
        await assert_well_made(page, phone=True)
        await page.goto("/tenants/T-008")
        await assert_well_made(page, phone=True)


async def test_the_board_prints_on_one_landscape_sheet(chromium: Browser, office: Office) -> None:
    async with opened_page(chromium, office.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto(office.path)
        sheet = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet)
    assert box is not None
    assert float(box[1]) > float(box[2])


async def test_pages_are_light(chromium: Browser, office: Office) -> None:
    """Everything a first visit of the board fetches, as it goes over the wire."""
    async with opened_page(chromium, office.site) as page:
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        received: list[int] = []
        session.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto(office.path, wait_until="load")
        seen = -1
        while seen < len(received):  # the stream of changes stays open: the network is never idle
            seen = len(received)
            await page.wait_for_timeout(500)
    assert sum(received) < 250_000


async def test_without_javascript_forms_and_links_do_it_all(
    chromium: Browser, office: Office
) -> None:
    context = await chromium.new_context(
        base_url=office.site.address, java_script_enabled=False, locale="en"
    )
    page = await context.new_page()
    await sign_in(page, "lead-en", PASSWORD)
    await page.goto(office.path)
    await page.locator(".week [data-visit]").first.click()
    await expect(page.locator("#panel")).to_be_visible()
    await page.locator("#panel").get_by_role("button", name="Promise", exact=True).click()
    await expect(page.get_by_role("button", name="Drop promise")).to_be_visible()
    await context.close()
