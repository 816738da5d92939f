"""What a lead sees of the board at once: the first visits, whole codes, and what was opened."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from service.database.sql import execute
from tests.e2e.board_office import card, office
from tests.e2e.conftest import PHONE, Site, assert_well_made, in_each_look, opened_page

pytestmark = pytest.mark.e2e
BOTTOM_BAR = 64


@in_each_look
async def test_the_first_visits_are_in_sight(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """With an overdue visit that waits, so that the line warns; on a phone it opens."""
    at_work = await office(site, language=language)
    async with site.database():
        await execute(
            "update visits set state = 'waiting', starts_at = null, ends_at = null,"
            " overdue_days = 9 where id = $1",
            at_work.visits[1],
        )
        await execute("delete from visit_workers where visit = $1", at_work.visits[1])
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "lead")
        await page.goto(f"{at_work.path}?day={at_work.day(0)}")
        await expect(page.locator("[data-first-look-seen]")).to_be_visible()
        first = await card(page, at_work.visits[0]).bounding_box()
        assert first is not None
        assert first["y"] + first["height"] < PHONE["height"] - BOTTOM_BAR
        await assert_well_made(page, phone=phone, axe=language == "en")
        fold, short = page.locator("#capacity-fold"), page.locator("#capacity-short")
        if not phone:
            await expect(fold).to_be_hidden()
            await expect(short).to_be_visible()
            return
        await expect(short).to_be_hidden()
        await fold.locator("summary").click()
        await expect(short).to_be_visible()
        await expect(page.locator(".capacity-line")).to_be_visible()
        await assert_well_made(page, phone=phone, axe=language == "en")


async def test_what_was_opened_stays_open_when_the_board_is_read_again(
    chromium: Browser, site: Site
) -> None:
    at_work = await office(site, language="en")
    async with (
        opened_page(chromium, site) as one,
        opened_page(chromium, site) as other,
    ):
        for page, who in ((one, "lead"), (other, "second")):
            await at_work.enter(page, who)
            await page.goto(at_work.path)
        details = one.locator("#capacity-details")
        await details.locator("summary").click()
        await expect(_time_of(one)).to_contain_text("3 h")
        await one.locator(".legend summary").click()

        await other.goto(f"{at_work.path}?visit={at_work.visits[0]}")
        await other.locator("form[action$='/unplace'] button").click()
        await expect(card(other, at_work.visits[0])).to_have_count(0)
        await expect(card(one, at_work.visits[0])).to_have_count(0)
        await expect(details).to_have_attribute("open", "")
        await expect(one.locator(".legend")).to_have_attribute("open", "")
        await expect(_time_of(one)).to_contain_text("2 h 15")

        await one.goto(f"{at_work.path}?visit={at_work.visits[2]}")
        await details.locator("summary").click()
        await one.locator("form[action$='/pin'] button").click()
        await expect(card(one, at_work.visits[2])).to_have_attribute("data-pinned", "")
        await expect(details).to_have_attribute("open", "")
        await expect(_time_of(one)).to_be_visible()


def _time_of(page: Page) -> Locator:
    """Amina's visiting time in the details."""
    return page.locator("#balance tbody tr").first.locator("td").first


async def test_a_short_visit_shows_its_code_on_the_day_to_scale(
    chromium: Browser, site: Site
) -> None:
    at_work = await office(site, language="en")
    async with site.database():
        for number, minutes in enumerate((10, 20, 30)):
            await execute(
                "update visits set minutes = $2, ends_at = starts_at + $3 where id = $1",
                at_work.visits[number],
                minutes,
                timedelta(minutes=minutes),
            )
    async with opened_page(chromium, site) as page:
        await at_work.enter(page, "lead")
        for number in range(3):
            await page.goto(f"{at_work.path}/day/{at_work.day(number)}")
            for media in ("print", "screen"):
                await page.emulate_media(media=media)  # type: ignore[arg-type]
                assert await page.evaluate(_CUT) == []
            who = page.locator(".scale-visit .scale-who").first
            await expect(who).to_have_text(at_work.tenants[number])
            await assert_well_made(page)


_CUT = """
() => [...document.querySelectorAll('.scale-visit')].filter(visit => {
    const box = visit.querySelector('.scale-box').getBoundingClientRect();
    const text = visit.querySelector('.scale-who').getBoundingClientRect();
    // The letters of 10 minutes may touch their box; the height of a line is more than theirs.
    const spare = text.height > text.width ? 4 : 0;
    return text.left < box.left - spare || text.right > box.right + spare
        || text.top < box.top || text.bottom > box.bottom;
}).map(visit => visit.textContent.trim())
"""
