"""A feed in each look: made, shown once, fetched, behind, given a new address and ended."""

import re

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page, sign_in
from tests.e2e.office import opened_office
from tests.service.feeds.reading import read_events
from tests.support.passwords import PASSWORD
from tests.support.web import person

pytestmark = pytest.mark.e2e

THUNDERBIRD = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Thunderbird/140.2.0"}


@in_each_look
async def test_a_feed_is_made_fetched_renewed_and_ended(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    office = await opened_office(site, language=language, dark=dark)
    axe = language == "nl"

    async def well_made() -> None:
        await assert_well_made(page, phone=phone, axe=axe)

    async with (
        opened_page(chromium, site, language=language, dark=dark, phone=phone) as page,
        httpx.AsyncClient(base_url=site.address, headers=THUNDERBIRD) as program,
    ):
        await sign_in(page, office.login, PASSWORD)
        await page.goto("/feeds")
        await expect(page.locator("main .state")).to_be_visible()
        await page.locator("#device").fill("a name that nobody would call short " * 2)
        await page.locator("#new-feed button[type=submit]").click()
        await expect(page.locator("#device-error")).to_be_visible()
        await well_made()

        path = await _made(page, "phone", level="minimal")
        await well_made()
        (first, second) = read_events((await program.get(path)).content)
        assert (first.status, second.status) == ("CONFIRMED", "CONFIRMED")
        assert re.fullmatch(r"T-\d{3} \w+", first.summary), "a code and a municipality"
        await page.goto("/feeds")
        line = page.locator(".list li", has_text="phone")
        await expect(page.locator("#feed-link")).to_have_count(0)
        await _shows(page, ".tag-good", "Thunderbird")
        await well_made()

        await office.call_off()
        await _shows(page, ".tag-warn", "Thunderbird")
        await expect(line).to_contain_text("1")
        await well_made()
        assert len(read_events((await program.get(path)).content)) == 1
        await _shows(page, ".tag-good", "Thunderbird")

        await line.locator("a[href$='/renew']").click()
        await well_made()
        await page.keyboard.press("Tab")
        await page.locator("form[action$='/renew'] button").press("Enter")
        renewed = await _shown_path(page)
        assert renewed != path
        assert _ended((await program.get(path)).text)
        assert len(read_events((await program.get(renewed)).content)) == 1

        await page.goto("/feeds")
        await expect(line).to_have_count(1)
        await line.locator("a[href$='/revoke']").click()
        await well_made()
        await page.locator("form[action$='/revoke'] button").click()
        await expect(page.locator(".notice-good")).to_be_visible()
        await expect(line).to_have_count(0)
        await well_made()
        assert _ended((await program.get(renewed)).text)


@pytest.mark.parametrize(("dark", "phone"), [(False, True), (True, False)], ids=["phone", "desk"])
async def test_a_feed_says_as_much_as_was_chosen_and_never_a_name(
    chromium: Browser, site: Site, dark: bool, phone: bool
) -> None:
    office = await opened_office(site, language="nl", dark=dark, first=7)
    said: dict[str, str] = {}
    async with opened_page(chromium, site, language="nl", dark=dark, phone=phone) as page:
        await sign_in(page, office.login, PASSWORD)
        async with httpx.AsyncClient(base_url=site.address) as program:
            for level in ("minimal", "street", "initials"):
                await page.goto("/feeds")
                await page.locator("input[name=scope][value^='team:']").check()
                said[level] = (await program.get(await _made(page, level, level=level))).text
    for text in said.values():
        assert text.count("BEGIN:VEVENT") == 2
        assert not re.search("Amina|Benali|Zebulon|Quatrebarbes", text)
    assert [level for level in said if "Verzonnenstraat" in said[level]] == ["street", "initials"]
    assert [level for level in said if "Z.Q." in said[level]] == ["initials"]
    assert [level for level in said if "A.B." in said[level]] == ["initials"]
    async with site.database():
        await person(f"admin.{dark}".lower(), "administrator", language="fr")
        await person(f"housing.{dark}".lower(), "housing_officer", language="fr")
    async with opened_page(chromium, site, language="fr", dark=dark, phone=phone) as page:
        await sign_in(page, f"housing.{dark}".lower(), PASSWORD)
        await page.goto("/feeds")
        await expect(page.locator("#new-feed")).to_have_count(0)
        await assert_well_made(page, phone=phone)
    async with opened_page(chromium, site, language="fr", dark=dark, phone=phone) as page:
        await sign_in(page, f"admin.{dark}".lower(), PASSWORD)
        await page.goto("/feeds")
        lines = page.locator(".list li", has_text=office.login)
        await expect(lines).to_have_count(3)
        await expect(lines.locator("a[href$='/renew']")).to_have_count(0)
        await assert_well_made(page, phone=phone)
        await lines.first.locator("a[href$='/revoke']").click()
        await assert_well_made(page, phone=phone)
        await page.locator("form[action$='/revoke'] button").click()
        await expect(lines).to_have_count(2)


async def _made(page: Page, device: str, *, level: str) -> str:
    """Make a feed of one's own round and return its path."""
    await page.locator("#device").fill(device)
    await page.locator(f"input[name=level][value={level}]").check()
    await page.locator("#new-feed button[type=submit]").click()
    return await _shown_path(page)


async def _shown_path(page: Page) -> str:
    address = await page.locator("#feed-link").input_value()
    webcal = await page.locator("a[href^='webcal:']").get_attribute("href")
    path = re.sub(r"^\w+://[^/]+", "", address)
    assert webcal is not None
    assert webcal.endswith(path)
    await expect(page.locator("figure svg.qr")).to_be_visible()
    return path


async def _shows(page: Page, tag: str, text: str) -> None:
    """Look again until the page has heard of a fetch: they are written in batches."""
    for _ in range(40):
        await page.goto("/feeds")
        if await page.locator(".list li", has_text=text).locator(tag).count():
            return
        await page.wait_for_timeout(100)
    raise AssertionError(f"no line with {text} and {tag}")


def _ended(feed: str) -> bool:
    return feed.count("BEGIN:VEVENT") == 1 and "TRANSP:TRANSPARENT" in feed
