"""A tenant found, edited with errors, previews and a way back, in each look."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from tests.e2e.conftest import Site, in_both_looks
from tests.e2e.own_house import House, own_house, refused, save, saved, undone

pytestmark = pytest.mark.e2e
TODAY = clock.today()


def day(after: int) -> str:
    return (TODAY + timedelta(days=after)).isoformat()


@in_both_looks("nl")
async def test_a_tenant_is_found_and_agreed_with(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    house = await own_house(site, language=language, dark=dark, phone=phone)
    async with house.page(chromium, "lead") as page:
        await _find(page, house)
        await _agree(page, house)
        await _series(page, house)
        await _two_tabs(page, house)
        await _exclude(page, house)
        await _flag(page, house)
    async with house.page(chromium, "worker") as page:
        await _hospital(page, house)
        await page.goto(f"{house.tenant}/history")
        await expect(page.locator(".timeline li")).not_to_have_count(0)
        await house.well_made(page)


async def _find(page: Page, house: House) -> None:
    await page.goto("/tenants")
    await house.well_made(page)
    await page.locator("#q").fill("nobody of that name")
    await page.keyboard.press("Enter")
    await expect(page.locator(".state")).to_be_visible()
    await house.well_made(page)
    await page.locator("#q").fill("ozgur")
    await page.keyboard.press("Enter")
    await page.locator(f"a[href='{house.tenant}']").click()
    await expect(page.locator("h1")).to_contain_text("Özgür Aydın")
    await house.well_made(page)


async def _agree(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/agreement/new']").click()
    await page.locator("a.preset[href$='choice=crisis']").click()
    await expect(page.locator("#contacts")).to_have_value("7")
    await expect(page.locator("#preview dd")).not_to_have_count(0)
    await page.locator("#day_1").fill("🕛 noon")
    await page.locator("#minutes").fill("")
    await refused(page, "minutes")
    await page.locator("#minutes").fill("30")
    await page.locator("button[value=preview]").click()
    await expect(page.locator("#day_1-error")).to_be_visible()
    await expect(page.locator("#day_1")).to_have_value("🕛 noon")
    await house.well_made(page)
    await page.locator("#day_1").fill("9-12")
    await page.locator("button[value=preview]").click()
    await expect(page.locator("#preview")).to_contain_text("30 min")
    await house.well_made(page)
    await saved(page)
    await expect(page.locator("main")).to_contain_text("30 min")
    await undone(page)
    await expect(page.locator("main .facts").first).not_to_contain_text("30 min")


async def _series(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/series/new']").click()
    await page.locator("#interval_days").fill("14")
    await page.locator("[name=weekdays][value='1']").check()
    await page.locator("#ends_on").fill(day(-1))
    await refused(page, "weekdays", "ends_on")
    await expect(page.locator("#interval_days")).to_have_value("14")
    await house.well_made(page)
    await page.locator("[name=weekdays][value='1']").uncheck()
    await page.locator("#ends_on").fill("")
    await page.locator("#tolerance_days").fill("2")
    await saved(page)


async def _two_tabs(page: Page, house: House) -> None:
    """The same part in another tab: told who changed what; one press more saves."""
    agreement = f"{house.tenant}/edit/agreement/new"
    other = await page.context.new_page()
    await page.goto(agreement)
    await other.goto(agreement)
    await other.locator("#contacts").fill("4")
    await saved(other)
    await other.close()
    await page.locator("#contacts").fill("5")
    await save(page)
    await expect(page.locator(".notice-warn .differs dd")).to_contain_text("4")
    await expect(page.locator(".notice-warn .since")).to_contain_text(house.login("lead"))
    await expect(page.locator("#contacts")).to_have_value("5")
    await house.well_made(page)
    await saved(page)


async def _exclude(page: Page, house: House) -> None:
    await page.goto(house.tenant)
    await page.locator("a[href$='/edit/exclusion/new']").click()
    await page.locator("#reason").fill("no")
    await refused(page, "reason")
    await page.locator("#reason").fill("They must not meet")
    await refused(page, "worker")
    await house.well_made(page)
    await page.locator("#worker").select_option(house.worker)
    await page.locator("#review_on").fill(day(-5))
    await refused(page, "review_on")
    await page.locator("#review_on").fill(day(30))
    await saved(page)
    await expect(page.locator(".safety")).to_contain_text("They must not meet")
    await undone(page)


async def _flag(page: Page, house: House) -> None:
    await page.locator("a[href$='/edit/flag/new']").click()
    await page.locator("#reason").fill("Threats on the phone")
    await page.locator("#review_on").fill(day(0))
    await refused(page, "review_on")
    await house.well_made(page)
    await page.locator("#review_on").fill(day(60))
    await saved(page)
    await page.locator("a[href$='/edit/flag/own']").click()
    await page.locator("form[action$='/remove'] button").click()
    await expect(page.locator("#lift_reason-error")).to_be_visible()
    await house.well_made(page)
    await page.locator("#review_on").fill(day(90))
    await saved(page)


async def _hospital(page: Page, house: House) -> None:
    await page.goto(house.tenant)
    await page.locator("main details[data-menu] summary").click()
    await house.well_made(page)
    await page.locator("a[href$='/edit/stay/new?choice=hospital']").click()
    await page.locator("#ends_on").fill(day(-2))
    await refused(page, "ends_on")
    await house.well_made(page)
    await page.locator("#ends_on").fill("")
    await refused(page, "place")
    await page.locator("#place").select_option(index=1)
    await page.locator("#unsafe_persons").fill("a visitor")
    await saved(page)
    await expect(page.locator("main")).to_contain_text("a visitor")
    await house.well_made(page)
