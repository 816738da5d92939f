"""Two people at one board: each sees what the other does, and neither overwrites it unseen."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.board_office import Office, card, cell, office
from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page

pytestmark = pytest.mark.e2e


async def _carry(page: Page, visit: int, *keys: str) -> None:
    """Take a visit up with the keyboard, and hold it where a price is told."""
    await card(page, visit).focus()
    for key in keys:
        await page.keyboard.press(f"Alt+{key}")
    await expect(page.locator("#carry .carry-sign")).not_to_be_empty()


@in_each_look
async def test_two_leads_see_each_other_and_lose_nothing(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    at_work = await office(site, language=language)
    async with (
        opened_page(chromium, site, language=language) as one,
        opened_page(chromium, site, language=language, dark=dark, phone=phone) as other,
    ):
        for page, who in ((one, "lead"), (other, "second")):
            await at_work.enter(page, who)
        await _typed_words_stay(one, other, at_work)
        await assert_well_made(other, phone=phone, axe=language == "en")
        await _both_drag(one, other, at_work)
        await assert_well_made(other, phone=phone, axe=language == "en")


async def _typed_words_stay(one: Page, other: Page, at_work: Office) -> None:
    """The second types into a visit's form; changes of it and of another visit come in."""
    third, fourth = at_work.visits[2:4]
    await one.goto(f"{at_work.path}?visit={fourth}")
    await other.goto(f"{at_work.path}?visit={third}")
    await other.locator("#move-time").fill("11:45")
    await one.locator("form[action$='/promise'] button").click()
    await expect(card(other, fourth).locator(".sign")).to_have_count(1)
    await expect(other.locator("#move-time")).to_have_value("11:45")
    await expect(other.locator("#panel-changed")).not_to_have_class(re.compile("panel-stale"))

    await one.goto(f"{at_work.path}?visit={third}")
    await one.locator("form[action$='/pin'] button").click()
    await expect(other.locator("#panel-changed")).to_have_class(re.compile("panel-stale"))
    await expect(other.locator("#move-time")).to_have_value("11:45")
    await other.locator(".move button").click()
    await expect(other.locator(".notice")).to_contain_text(at_work.tenants[2])
    await expect(other.locator("#move-time")).to_have_value("11:45")
    assert await at_work.stands(2) == (at_work.day(2), "09:30", at_work.workers[:1])


async def _both_drag(one: Page, other: Page, at_work: Office) -> None:
    """Both hold one visit; who lets go second is told, and it stays where the first put it."""
    first = at_work.visits[0]
    for page in (one, other):
        await page.goto(f"{at_work.path}?day={at_work.day(0)}")
    await _carry(other, first, "ArrowDown")
    await _carry(one, first, "Shift+ArrowRight")
    await one.keyboard.press("Enter")
    await expect(card(one, first)).to_have_attribute("data-pinned", "")
    stands = await at_work.stands(0)
    assert stands == (at_work.day(0), "09:45", at_work.workers[:1])

    await other.keyboard.press("Enter")
    await expect(other.locator("#toasts")).to_contain_text(at_work.tenants[0])
    await expect(cell(other, at_work, 0, 0).locator(f"[data-visit='{first}']")).to_contain_text(
        "09:45"
    )
    assert await at_work.stands(0) == stands, "nothing was overwritten"

    # It is as the second sees it now: so it may be moved.
    await _carry(other, first, "ArrowDown")
    await other.keyboard.press("Enter")
    await expect(cell(other, at_work, 1, 0).locator(f"[data-visit='{first}']")).to_be_focused()
    await expect(cell(one, at_work, 1, 0).locator(f"[data-visit='{first}']")).to_be_attached()
    assert (await at_work.stands(0))[2] == at_work.workers[1:2]
