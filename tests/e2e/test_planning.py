"""Levers, planning again, a sick call, publishing and who has seen it, in a real browser."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from service.access.policy import Viewer
from service.access.queries import account_by_login
from service.database.sql import fetch_value
from service.jobs.worker import run_worker
from service.rounds.actions import publish_roster, start_plan_run, unplace_visit
from service.rounds.states import Effort
from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page, sign_in
from tests.service import factories as make
from tests.service.rounds.drafted import next_monday
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

LANGUAGES = ("nl", "fr", "en")


@dataclass(frozen=True)
class Office:
    """Teams ACT, BIS and TER with a published week each: one for each story that changes it."""

    site: Site
    week: date

    def path(self, team: str) -> str:
        return f"/board/{team}/{self.week}"


@pytest.fixture(scope="module")
async def office(anyio_backend: str, site: Site) -> Office:
    """Three workers and six tenants a team; in each, one visit was taken off by its lead."""
    week = next_monday()
    async with site.database():
        for code in ("ACT", "BIS", "TER"):
            await _team(code, week)
        await run_worker(wait=False)
        for code in ("ACT", "BIS", "TER"):
            await _published(code, week)
    return Office(site=site, week=week)


async def _team(code: str, week: date) -> None:
    team = await make.team(code, kind="icm", policy={"first_visit_pairs": False})
    workers = [
        await make.worker(f"{code[0]}-{n}", team=team, first_name=name)
        for n, name in enumerate(("Amina", "Karim", "Lies"), start=1)
    ]
    for n in range(1, 7):
        place = await make.place(lat=50.84 + n / 400, lon=4.34 + n / 500)
        tenant = await make.tenant(f"{code}-{n}", team=team, place=place, primary=workers[n % 3])
        await make.agreement(tenant=tenant)
        starts = clock.now() - timedelta(days=9)
        await make.encounter(tenant=tenant, team=team, starts_at=starts, workers=(workers[0],))
    for language, worker in zip(LANGUAGES, workers, strict=True):
        login = f"{code.lower()}-{language}"
        await person(login, ("team_lead", team), worker=worker, language=language)
    await start_plan_run(await _lead(code), team=code, week=week, effort=Effort.QUICK)


async def _lead(code: str) -> Viewer:
    found = await account_by_login(f"{code.lower()}-en")
    assert found is not None
    return found.viewer()


async def _published(code: str, week: date) -> None:
    lead = await _lead(code)
    seen = await _version(code)
    await publish_roster(lead, team=code, week=week, expected_version=seen)
    one = await fetch_value(
        "select min(v.id) from visits v join rosters r on r.id = v.roster"
        " join teams t on t.id = r.team where t.code = $1",
        code,
    )
    await unplace_visit(lead, one, expected_version=await _version(code))


async def _version(code: str) -> int:
    found: int = await fetch_value(
        "select r.version from rosters r join teams t on t.id = r.team where t.code = $1", code
    )
    return found


async def _work(office: Office) -> None:
    """Let the planner work on what waits in the queue."""
    async with office.site.database():
        await run_worker(wait=False)


async def test_a_lever_places_a_visit_and_a_day_is_planned_again(
    chromium: Browser, office: Office
) -> None:
    async with opened_page(chromium, office.site, language="en") as page:
        await sign_in(page, "act-en", PASSWORD)
        await page.goto(office.path("ACT"))
        await expect(page.locator(".waiting-list > li")).to_have_count(1)
        await page.locator(".lever-ask").click()
        lever = page.locator(".lever").first
        await expect(lever).to_contain_text("There is room")
        await assert_well_made(page)
        await lever.click()
        await expect(page.locator("[data-said]")).to_contain_text("Placed, and pinned there.")
        await expect(page.locator(".waiting-list > li")).to_have_count(0)
        await page.locator("[data-said]").get_by_role("button", name="Undo").click()
        await expect(page.locator(".waiting-list > li")).to_have_count(1)

        await page.goto(office.path("ACT"))
        await page.locator("summary", has_text="Plan again").click()
        await page.locator("select[name=day]").select_option(index=1)
        await expect(page.locator("input[name=scope][value=day]")).to_be_checked()
        await page.locator("input[name=effort][value=quick]").check()
        await assert_well_made(page)
        await page.locator("form[action$='/plan'] button[type=submit]").click()
        await expect(page.locator("#run")).to_contain_text("Waiting for its turn")
        await _work(office)
        await page.locator("#run a", has_text="See what would change").click()
        await expect(page.locator(".proposal-line")).to_have_count(1)
        await expect(page.get_by_text("was planned again")).to_be_visible()
        await page.get_by_role("button", name="Put it away").click()
        await expect(page.locator(".waiting-list > li")).to_have_count(1)

        await page.locator("summary", has_text="Plan again").click()
        await page.locator("input[name=effort][value=quick]").check()
        await page.locator("form[action$='/plan'] button[type=submit]").click()
        await _work(office)
        await page.locator("#run a", has_text="See what would change").click()
        await page.get_by_role("button", name="Take what is ticked").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Publish the week")
        await page.goto(office.path("ACT"))
        await expect(page.locator(".waiting-list > li")).to_have_count(0)


async def test_a_sick_call_is_taken_one_by_one_published_and_seen(
    chromium: Browser, office: Office
) -> None:
    """On a telephone, in Dutch: from the row to the proposal in two taps."""
    async with opened_page(chromium, office.site, language="nl", phone=True) as page:
        await sign_in(page, "bis-nl", PASSWORD)
        await page.goto(office.path("BIS"))
        await page.locator(".worker-act").nth(1).click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Karim")
        await assert_well_made(page, phone=True)
        await page.locator(".away-choices button").last.click()
        await page.wait_for_url(re.compile(r"/runs/\d+$"))
        await _work(office)
        await expect(page.locator(".proposal-line").first).to_be_visible()
        await assert_well_made(page, phone=True)
        lines = await page.locator(".proposal-line").count()
        assert lines > 1
        for n in range(1, lines):
            await page.locator("input[name=needs]").nth(n).uncheck()
        await page.locator(".proposal-foot button").click()
        await expect(page.locator(".proposal-line")).to_have_count(lines - 1)
        await page.locator(".proposal-foot button").click()
        await page.wait_for_url(re.compile("/publish$"))
        await page.locator(".publish-parts summary").first.click()
        await expect(page.locator(".publish-part li").first).to_be_visible()
        await assert_well_made(page, phone=True)
        await page.locator(".publish-foot button").click()
        await page.wait_for_url(re.compile(r"\?published=\d+$"))
        await page.locator(".board-seen").click()
        await expect(page.locator(".seen")).to_have_count(3)
        await _expect_seen(page, opened=0)
        await page.goto(f"/my-week/{office.week}")
        await page.goto(f"{office.path('BIS')}/seen")
        await _expect_seen(page, opened=1)
        await assert_well_made(page, phone=True)


async def _expect_seen(page: Page, *, opened: int) -> None:
    await expect(page.locator(".seen .tag-good")).to_have_count(opened)
    await expect(page.locator(".seen .tag-warn")).to_have_count(3 - opened)


@in_each_look
async def test_every_page_of_planning_is_well_made(
    chromium: Browser, office: Office, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    async with opened_page(chromium, office.site, **look) as page:
        await sign_in(page, f"ter-{language}", PASSWORD)
        await page.goto(f"{office.path('TER')}?day=waiting")
        await page.locator(".lever-ask").first.click()
        await expect(page.locator(".lever").first).to_be_visible()
        await page.locator(".capacity-details summary").click()
        await expect(page.locator("#balance")).to_be_visible()
        await assert_well_made(page, phone=phone)
        for path in ("/workers/T-1/away", "/publish", "/seen"):
            answer = await page.goto(office.path("TER") + path)
            assert answer is not None
            assert answer.status == 200
            assert await page.locator("html").get_attribute("lang") == language
            await assert_well_made(page, phone=phone)


async def test_the_week_is_one_landscape_sheet(chromium: Browser, office: Office) -> None:
    """Printed by the browser: a single page, wider than high."""
    async with opened_page(chromium, office.site, language="fr") as page:
        await sign_in(page, "ter-fr", PASSWORD)
        await page.goto(office.path("TER"))
        printed = await page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box is not None
    assert float(box[1]) > float(box[2])
