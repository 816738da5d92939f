"""Every part of the look: well made in light and dark, on a phone and on a desk."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import Site, assert_well_made, opened_page

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_part_is_well_made(
    chromium: Browser, site: Site, dark: bool, phone: bool
) -> None:
    async with opened_page(chromium, site, dark=dark, phone=phone) as page:
        await page.goto("/gallery")
        await assert_well_made(page, phone=phone)
        await page.get_by_role("button", name="Open the dialog").click()
        dialog = page.get_by_role("dialog", name="Publish this week?")
        await expect(dialog).to_be_visible()
        await assert_well_made(page, phone=phone)
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_role("button", name="Open the dialog")).to_be_focused()
        await page.get_by_role("button", name="Open the dialog").click()
        await dialog.get_by_role("button", name="Close").click()
        await expect(dialog).to_be_hidden()


async def test_the_keyboard_reaches_the_page_first(chromium: Browser, site: Site) -> None:
    async with opened_page(chromium, site) as page:
        await page.goto("/gallery")
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the page")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()


async def test_a_broken_part_would_be_found(chromium: Browser, site: Site) -> None:
    """The checks themselves can fail: pale text, a small target, a page too wide."""
    async with opened_page(chromium, site, phone=True) as page:
        for spoil in (
            "document.querySelector('h1').setAttribute('class', 'spoilt')",
            "document.querySelector('.button').textContent = ''",
            "document.querySelector('h1').textContent = 'wide'.repeat(300)",
        ):
            await page.goto("/gallery")
            await assert_well_made(page, phone=True)
            await page.evaluate(
                "() => { const sheet = new CSSStyleSheet();"
                " sheet.replaceSync('.spoilt { color: #ddd }');"
                " document.adoptedStyleSheets.push(sheet); }"
            )
            await page.evaluate(spoil)
            with pytest.raises(AssertionError):
                await assert_well_made(page, phone=True)
