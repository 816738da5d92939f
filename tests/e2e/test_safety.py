"""The lone-worker check and the no-contact alert in a real browser, in each look."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from service.access.policy import Viewer
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.safety.actions import start_check
from service.safety.alerting import judge_tenants
from service.safety.rounds import take_steps
from tests.e2e.conftest import Site, assert_well_made, in_both_looks, opened_page, sign_in
from tests.service import factories as make
from tests.service.safety.alone import published_alone
from tests.support.passwords import PASSWORD
from tests.support.web import person

pytestmark = pytest.mark.e2e
LANGUAGES = ("nl", "fr", "en")


@dataclass(frozen=True)
class Team:
    """A running service with team ACT; workers and tenants are made by each look for itself."""

    site: Site
    act: int
    buddy: int

    async def alone(self, code: str, language: str) -> Viewer:
        """One more worker, who signs in with the code in lower case."""
        worker = await make.worker(code, team=self.act, first_name=f"Amina {code}")
        return await person(code.lower(), ("worker", self.act), worker=worker, language=language)

    async def silent(self, code: str, *, days: int = 30) -> int:
        """One more tenant, met so many days ago."""
        tenant = await make.tenant(code, team=self.act, first_name="Özgür", last_name="Hidden")
        await make.agreement(tenant=tenant)
        await make.encounter(
            tenant=tenant, team=self.act, starts_at=clock.now() - timedelta(days=days, minutes=5)
        )
        return tenant


@pytest.fixture(scope="module")
async def team(anyio_backend: str, site: Site) -> Team:
    """A lead, a buddy and somebody on call, and a lead who signs in, in each language."""
    async with site.database():
        act = await make.team("ACT")
        lead = await make.worker("W-01", team=act, first_name="Lies")
        buddy = await make.worker("W-02", team=act, first_name="Karim")
        on_call = await make.worker("W-09", first_name="Paula", discipline="coordinator")
        await make.insert(
            "safety_settings",
            team=act,
            on_call=on_call,
            on_call_phone="02 555 01 12",
            updated_at=clock.now(),
        )
        await person("ladder-lead", ("team_lead", act), worker=lead)
        await person("on-call", "coordinator", worker=on_call)
        for language in LANGUAGES:
            await person(f"lead-{language}", ("team_lead", act), language=language)
        await person("buddy", ("worker", act), worker=buddy)
    return Team(site=site, act=act, buddy=buddy)


def _in(minutes: int) -> str:
    return (datetime.now(BRUSSELS) + timedelta(minutes=minutes)).strftime("%H:%M")


async def _later(page: Page, check: str, minutes: int) -> None:
    """Let the check's end be `minutes` ago, take the steps, and load the page again."""
    await execute(
        "update lone_checks set ends_at = $2 where id = $1",
        int(check),
        clock.now() - timedelta(minutes=minutes),
    )
    await take_steps()
    await page.reload()


@in_both_looks("fr")
async def test_a_check_is_started_extended_and_ended(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    """From an empty page by way of a slip of the finger to 'safe', with what each step shows."""
    well = {"phone": phone, "axe": language == "fr"}
    code = f"W-{language}-{dark:d}"
    async with team.site.database():
        await team.alone(code, language)
    async with opened_page(chromium, team.site, language=language, dark=dark, phone=phone) as page:
        await sign_in(page, code.lower(), PASSWORD)
        await page.goto("/lone")
        await assert_well_made(page, **well)
        await page.locator("#ends-free").fill("soon")
        await page.locator(".check-start button").click()
        await expect(page.locator("#ends-free-error")).to_be_visible()
        await expect(page.locator("#ends-free")).to_have_value("soon")
        await assert_well_made(page, **well)
        ends = _in(50)
        await page.locator("#ends-free").fill(ends)
        await page.locator(".check-start button").click()
        card = page.locator(".check")
        await expect(card).to_contain_text(ends)
        address = await card.locator("a[href^='/lone/']").get_attribute("href")
        assert address is not None
        async with team.site.database():
            await _later(page, address.rpartition("/")[2], 21)
        await expect(page.locator(".check-due")).to_be_visible()
        await assert_well_made(page, **well)
        await card.locator("form[action$='/extend'] button").click()
        await expect(page.locator(".check-due")).to_have_count(0)
        await page.goto(address)
        log = page.locator("ol.list").last.locator("li")
        await expect(log).to_have_count(4)  # started, due, buddy, extended
        await expect(log.nth(2)).to_contain_text("Karim")
        await assert_well_made(page, **well)
        await page.goto("/lone")
        await page.locator("button[value=safe]").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice-good")).to_be_visible()
        await expect(page.locator(".check")).to_have_count(0)
        await assert_well_made(page, **well)


@in_both_looks("fr")
async def test_the_buddy_sees_no_signal_and_checks_out_whoever_called(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    well = {"phone": phone, "axe": language == "fr"}
    code = f"B-{language}-{dark:d}"
    async with team.site.database():
        await execute("update accounts set language = $1 where login = 'buddy'", language)
        viewer = await team.alone(code, language)
        now = clock.now()
        check = await start_check(
            viewer, visit=None, ends_at=now + timedelta(minutes=30), buddy="W-02"
        )
        await execute(
            "update lone_checks set started_at = $2, ends_at = $3 where id = $1",
            check,
            now - timedelta(minutes=40),
            now - timedelta(minutes=32),
        )
        await take_steps()
    async with opened_page(chromium, team.site, language=language, dark=dark, phone=phone) as page:
        await sign_in(page, "buddy", PASSWORD)
        await page.goto("/lone")
        line = page.locator("#others ~ ul li", has_text=f"Amina {code}")
        await expect(line.locator(".tag-warn")).to_be_visible()  # no signal since
        await expect(line.locator(".tag-bad")).to_be_visible()  # contact overdue
        await assert_well_made(page, **well)
        await line.locator("a").click()
        await expect(page.locator("ol.list").first.locator(".tag")).to_have_count(3)
        await assert_well_made(page, **well)
        await page.locator("button[value=by_text]").click()
        await page.wait_for_url(re.compile("/lone$"))
        await expect(page.locator("#others ~ ul li", has_text=f"Amina {code}")).to_have_count(0)
    async with team.site.database():
        kinds = "select string_agg(kind, ' ' order by id) from lone_check_steps where lone_check=$1"
        assert await fetch_value(kinds, check) == "started due buddy lead by_text"


async def test_the_open_page_is_the_sign_of_life(chromium: Browser, team: Team) -> None:
    async with team.site.database():
        await team.alone("W-signal", "en")
    async with opened_page(chromium, team.site) as page:
        await sign_in(page, "w-signal", PASSWORD)
        await page.goto("/lone")
        await page.locator("#ends-free").fill(_in(50))
        async with page.expect_response(re.compile("/signal$")) as heard:
            await page.locator(".check-start button").click()
        assert (await heard.value).status == 204


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_without_a_ladder_the_page_says_who_is_missing(
    chromium: Browser, team: Team, dark: bool
) -> None:
    login = f"w-nobody-{dark:d}"
    async with team.site.database():
        icm = await make.team(f"ICM-{dark:d}", kind="icm")
        worker = await make.worker(login.upper(), team=icm)
        await person(login, ("worker", icm), worker=worker, language="fr")
    async with opened_page(chromium, team.site, dark=dark, phone=dark) as page:
        await sign_in(page, login, PASSWORD)
        await page.goto("/lone")
        await expect(page.locator(".notice-warn li")).to_have_count(3)
        await expect(page.locator(".check-start")).to_have_count(0)
        await assert_well_made(page, phone=dark)


@in_both_looks("fr")
async def test_an_alert_is_opened_logged_and_closed(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    """An alert beside one that waits for a visit's record; a slip, what was done, the reason."""
    well = {"phone": phone, "axe": language == "fr"}
    code, waits = f"T-{language}{dark:d}", f"U-{language}{dark:d}"
    async with team.site.database():
        alarmed, waiting = await team.silent(code), await team.silent(waits, days=17)
        look = 2 * LANGUAGES.index(language) + dark
        at = clock.now().replace(microsecond=0) - timedelta(days=1, hours=look)
        visit = await published_alone(team.act, waiting, await make.place(), team.buddy, at=at)
        async with unit_of_work() as uow:
            await judge_tenants(uow, tenants=(alarmed, waiting))
    async with opened_page(chromium, team.site, language=language, dark=dark, phone=phone) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        await page.goto("/alerts")
        awaited = page.locator(".awaited li", has_text=waits)
        await expect(awaited.locator(f"a[href='/today/visits/{visit}']")).to_be_visible()
        await assert_well_made(page, **well)
        await page.locator("main .list a", has_text=code).click()
        close = page.locator("form[action$='/close'] button")
        await close.click()
        await expect(page.locator(".field-error").first).to_be_visible()
        await assert_well_made(page, **well)
        await page.locator("button[value=hospitals]").click()
        await page.locator("button[value=welfare_check]").click()
        await expect(page.locator("ol.list li")).to_have_count(3)
        await page.locator("input[value=in_hospital]").check()
        await close.click()
        await expect(page.locator(".tag-good")).to_be_visible()
        await expect(page.locator("ol.list li")).to_have_count(4)
        await assert_well_made(page, **well)
        await page.goto("/alerts")
        await expect(page.locator("main .list a", has_text=code)).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_what_a_team_sets_says_what_is_wrong_beside_the_field(
    chromium: Browser, team: Team, dark: bool
) -> None:
    async with opened_page(chromium, team.site, dark=dark, phone=dark, language="nl") as page:
        await sign_in(page, "lead-nl", PASSWORD)
        await page.goto("/safety/ACT")
        await assert_well_made(page, phone=dark)
        await page.locator("#lead_minutes").fill("10")
        await page.locator(".safety-form button").last.click()
        await expect(page.locator("#lead_minutes")).to_have_attribute("aria-invalid", "true")
        await expect(page.locator("#lead_minutes")).to_have_value("10")
        await assert_well_made(page, phone=dark)
        await page.locator("#lead_minutes").fill("30")
        await page.locator(".safety-form button").last.click()
        await expect(page.locator(".notice-good")).to_be_visible()
