"""A worker who plans their own adds, moves, swaps and promises; a day is opened to scale."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.board_office import card, cell, office
from tests.e2e.conftest import Site, assert_well_made, in_both_looks, opened_page

pytestmark = pytest.mark.e2e


@in_both_looks("en")
async def test_a_worker_plans_their_own_and_nobody_elses(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    at_work, look = await office(site, language=language), {"phone": phone, "axe": language == "en"}
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "worker")
        await page.goto(f"{at_work.path}/add")
        await assert_well_made(page, **look)
        await page.locator("#tenant").select_option(at_work.tenants[4])
        await page.locator("#day").select_option(str(at_work.day(3)))
        await page.locator("#time").fill("23:00")
        await page.locator("main button[type=submit]").click()
        await expect(page.locator(".notice")).to_be_visible()
        await expect(page.locator("#time")).to_have_value("23:00")
        await assert_well_made(page, **look)
        await page.locator("#time").fill("")
        await page.locator("main button[type=submit]").click()
        panel = page.locator("#panel")
        await expect(panel).to_contain_text(at_work.tenants[4])
        await expect(page.locator(".week [data-moves]")).to_have_count(2)
        await page.wait_for_load_state()

        await panel.locator("form[action$='/promise'] button").click()
        await expect(page.locator(".notice form button")).to_be_visible()
        await assert_well_made(page, **look)
        own = cell(page, at_work, 1, 3).locator("[data-moves]")
        await panel.locator(".swap > summary").click()
        await expect(panel.locator("#swap-other option")).to_have_count(1)
        await panel.locator(".swap button").click()
        await expect(own).to_have_attribute("data-visit", str(at_work.visits[4]))

        await page.goto(f"{at_work.path}?visit={at_work.visits[4]}")
        await page.locator("#move-time").fill("15:00")
        await panel.locator(".move button").click()
        await expect(own).to_contain_text("15:00")
        await page.goto(f"{at_work.path}?visit={at_work.visits[0]}")
        await expect(panel).to_be_visible()
        await expect(panel.locator("form")).to_have_count(0)
    assert await at_work.stands(4) == (at_work.day(3), "15:00", at_work.workers[1:2])


@in_both_looks("en")
async def test_a_day_is_opened_to_scale_with_its_map(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    at_work, look = await office(site, language=language), {"phone": phone, "axe": language == "en"}
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "lead")
        await page.goto(f"{at_work.path}/day/{at_work.day(1)}")
        await expect(page.locator(".scale-visit")).to_have_count(2)
        await expect(page.locator(".map .map-round")).to_have_count(2)
        await page.locator(".map-link").first.click()
        await expect(page.locator(".map-number")).to_have_count(1)
        await assert_well_made(page, **look)
        await page.locator(".scale-visit").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel")).to_be_visible()
        await expect(card(page, at_work.visits[1])).to_have_attribute("aria-current", "true")
