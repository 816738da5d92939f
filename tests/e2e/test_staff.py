"""Workers, a team's settings, accounts and the audit trail, in each look."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from tests.e2e.conftest import Site, in_both_looks, opened_page, sign_in
from tests.e2e.own_house import House, own_house, refused, saved, undone

pytestmark = pytest.mark.e2e
FORTY_DAYS = (clock.today() + timedelta(days=40)).isoformat()


@in_both_looks("nl")
async def test_a_lead_edits_a_worker_and_the_team(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    house = await own_house(site, language=language, dark=dark, phone=phone)
    async with house.page(chromium, "lead") as page:
        await page.goto("/workers")
        await house.well_made(page)
        await page.locator(f"a[href='/workers/{house.colleague}']").click()
        await house.well_made(page)
        await _absence(page, house)
        await _hours(page, house)
        await _keep_out(page, house)
        await _settings(page, house)
        await _duty(page, house)
        await page.goto(f"/teams/{house.team}/settings/preset/crisis")
        await page.locator("#must").fill("9")
        await refused(page, "must")
        await house.well_made(page)


async def _absence(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/absence/new']").click()
    await page.locator("#first_day").fill(FORTY_DAYS)
    await refused(page, "last_day")
    await expect(page.locator("#first_day")).to_have_value(FORTY_DAYS)
    await house.well_made(page)
    await page.locator("#last_day").fill(FORTY_DAYS)
    await saved(page)
    await expect(page.locator("a[href*='/edit/absence/']")).to_have_count(2)
    await undone(page)
    await expect(page.locator("a[href*='/edit/absence/']")).to_have_count(1)


async def _hours(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/hours/new']").click()
    await page.locator("a.preset[href$='choice=2']").click()
    await page.locator("#week_1_day_5").fill("14-10")
    await refused(page, "week_1_day_5")
    await house.well_made(page)
    await page.locator("#week_1_day_5").fill("10-14")
    await saved(page)
    await expect(page.locator("main")).to_contain_text("10:00–14:00")


async def _keep_out(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/exclusion/new']").click()
    await page.locator("#reason").fill("A neighbour there threatened him")
    await refused(page, "place")
    await house.well_made(page)
    await page.locator("#place").select_option(index=1)
    await saved(page)
    await expect(page.locator("main")).to_contain_text("A neighbour there threatened him")
    await house.well_made(page)


async def _settings(page: Page, house: House) -> None:
    await page.goto(f"/teams/{house.team}/settings")
    await house.well_made(page)
    await page.locator("#lunch").fill("12-11")
    await page.locator("#reserve_minutes").fill("-5")
    await refused(page, "reserve_minutes")
    await page.locator("#reserve_minutes").fill("60")
    await refused(page, "lunch")
    await house.well_made(page)
    await page.locator("#lunch").fill("12-13")
    await page.locator("button[value=preview]").click()
    await expect(page.locator("#preview .differs")).to_contain_text("60")
    await house.well_made(page)
    await saved(page)
    await expect(page.locator("#lunch")).to_have_value("12:00–13:00")
    await undone(page)
    await expect(page.locator("#reserve_minutes")).to_have_value("120")


async def _duty(page: Page, house: House) -> None:
    await page.locator("a[href$='/settings/duty/new']").click()
    for number in range(1, 6):
        await page.locator(f"[name=weekdays][value='{number}']").uncheck()
    await refused(page, "weekdays")
    await house.well_made(page)
    await page.locator("[name=kind][value=evening]").check()
    await page.locator("[name=weekdays][value='2']").check()
    await page.locator("#from_time").fill("17:00")
    await page.locator("#to_time").fill("22:00")
    await page.locator("button[value=preview]").click()
    await expect(page.locator("#preview li")).to_have_count(2)
    await house.well_made(page)
    await saved(page)
    await page.locator("a[href$='/settings/duty/1']").click()
    await page.locator("form[action$='/remove'] button").click()
    await expect(page.locator(".notice-good")).to_be_visible()
    await undone(page)
    await expect(page.locator("a[href$='/settings/duty/1']")).to_be_visible()
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    await page.goto(f"/board/{house.team}/{monday}/duties")
    await house.well_made(page)


@in_both_looks("nl")
async def test_an_account_is_made_used_and_found_in_the_trail(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    house = await own_house(site, language=language, dark=dark, phone=phone)
    login = house.login("karim")
    async with house.page(chromium, "admin") as page:
        await expect(page).to_have_url(re.compile("/accounts$"))
        await house.well_made(page)
        await page.locator("main a[href='/accounts/new']").click()
        await refused(page, "login")
        await house.well_made(page)
        await page.locator("#login").fill(login)
        await page.locator("#worker").select_option(house.colleague)
        await page.locator(f"main [name=language][value={language}]").check()
        await page.locator(f"[name=roles][value='worker:{house.team}']").check()
        await page.locator("main form.edit-form button.button-main").click()
        password = await page.locator("#password").inner_text()
        await house.well_made(page)
        await page.locator("main a.button-main").click()
        await house.well_made(page)
        await _trail(page, house)
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await sign_in(page, login, password)
        await page.goto(f"/workers/{house.colleague}")
        await expect(page.locator("a[href$='/edit/absence/new']")).to_be_visible()
        await page.goto(f"/workers/{house.worker}/edit/absence/new")
        await expect(page.locator(".state")).to_be_visible()
        await house.well_made(page)


async def _trail(page: Page, house: House) -> None:
    await page.goto("/audit?kind=account&action=create")
    await expect(page.locator("tbody tr")).not_to_have_count(0)
    await house.well_made(page)
    await page.goto("/audit?first=2020-01-01&last=2020-01-02")
    await expect(page.locator(".state")).to_be_visible()
    await house.well_made(page)
    await page.goto("/audit?first=31/02/2026")
    await expect(page.locator("#first-error")).to_be_visible()
    await house.well_made(page)
