"""A visit is dragged, carried by keys, pinned, promised, moved by a form, and taken back."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from service.access.states import Language
from service.web.i18n import gettext, speaking
from tests.e2e.board_office import card, cell, office
from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page

pytestmark = pytest.mark.e2e

MOVES = re.compile("over-(free|costs)")
LOOKED_AT = "en"
"""The language whose two looks, light and dark, are looked at with axe as well."""


def said(language: str, message: str) -> str:
    """A text as a page in that language has it, up to what is filled in."""
    with speaking(Language(language)):
        return gettext(message).partition("%(")[0]


LetGo = Callable[[], Awaitable[object]]


async def _by_mouse(page: Page, link: Locator, target: Locator) -> LetGo:
    """Take a card with the mouse and hold it over a cell."""
    await link.scroll_into_view_if_needed()
    box = await link.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 30, box["y"] + 12)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 60, box["y"] + 30, steps=3)
    there = await target.bounding_box()
    assert there is not None
    await page.mouse.move(there["x"] + 60, there["y"] + 25, steps=4)
    return page.mouse.up


async def _by_finger(page: Page, link: Locator, target: Locator) -> LetGo:
    """A finger: down, held, moved; as the browser's own input, not as script events."""
    client = await page.context.new_cdp_session(page)
    await target.scroll_into_view_if_needed()
    await link.scroll_into_view_if_needed()
    box, there = await link.bounding_box(), await target.bounding_box()
    assert box is not None
    assert there is not None
    start = {"x": box["x"] + 40, "y": box["y"] + 15}
    end = {"x": there["x"] + 20, "y": there["y"] + 20}

    async def touch(kind: str, *points: dict[str, float]) -> None:
        await client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    await touch("touchStart", start)
    await expect(link).to_have_class(re.compile("is-carried"))
    for part in (0.3, 0.7, 1.0):
        point = {side: start[side] + (end[side] - start[side]) * part for side in ("x", "y")}
        await touch("touchMove", point)
    return lambda: touch("touchEnd")


@in_each_look
async def test_a_visit_is_dragged_with_its_price_and_undone(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """To a colleague who must not go it is refused; to another worker or day it goes, and back."""
    at_work, carry = await office(site, language=language), _by_finger if phone else _by_mouse
    first = at_work.visits[0]
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "lead")
        await page.goto(f"{at_work.path}?day={at_work.day(0)}")
        await page.locator("[data-first-look-seen]").click()
        refused = cell(page, at_work, 2, 0)
        let_go = await carry(page, card(page, first), refused)
        await expect(page.locator("#carry")).to_contain_text(said(language, "cannot be"))
        await expect(page.locator("#carry")).to_contain_text("Lies")
        await expect(refused).to_have_class(re.compile("over-refused"))
        await assert_well_made(page, axe=language == LOOKED_AT)
        await let_go()
        await expect(page.locator("#toasts")).to_contain_text(said(language, "cannot be"))
        assert await at_work.stands(0) == (at_work.day(0), "09:30", at_work.workers[:1])

        there = page.locator(f".day-tab[data-day='{at_work.day(1)}']")
        target = there if phone else cell(page, at_work, 1, 0)
        let_go = await carry(page, card(page, first), target)
        await expect(target).to_have_class(MOVES)
        await expect(page.locator("#carry")).to_contain_text("Amina" if phone else "Karim")
        await let_go()
        moved = cell(page, at_work, 0 if phone else 1, 1 if phone else 0)
        link = moved.locator(f"[data-visit='{first}']")
        await expect(link).to_have_attribute("data-pinned", "")
        if not phone:
            await expect(link).to_be_focused()
        await expect(page.locator("#panel")).to_have_count(0)
        await assert_well_made(page, phone=phone, axe=language == LOOKED_AT)
        await page.locator("#toasts button").last.click()
        back = cell(page, at_work, 0, 0).locator(f"[data-visit='{first}']")
        await expect(back).to_contain_text("09:30")
        await expect(back).not_to_have_attribute("data-pinned", "")
    assert await at_work.stands(0) == (at_work.day(0), "09:30", at_work.workers[:1])


@in_each_look
async def test_a_visit_is_carried_by_keys(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """Also on a phone with a keyboard: where a visit goes, the shown day and the focus follow."""
    at_work = await office(site, language=language)
    second = at_work.visits[1]
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "lead")
        await page.goto(f"{at_work.path}?day={at_work.day(1)}")
        press = page.keyboard.press
        await press("?")
        await expect(page.locator(".legend-keys")).to_be_visible()
        await page.evaluate("scrollTo(0, 0)")
        await assert_well_made(page, phone=phone, axe=language == LOOKED_AT)
        await card(page, second).focus()
        for _ in range(3):
            await press("Alt+Shift+ArrowUp")
        await expect(page.locator("#carry")).to_contain_text(said(language, "cannot be"))
        await press("Escape")
        await expect(page.locator("#carry")).to_be_hidden()
        await press("Alt+ArrowRight")
        await press("Alt+ArrowDown")
        await expect(cell(page, at_work, 1, 2)).to_have_class(MOVES)
        told = await page.locator("#board").get_attribute("data-word-keys")
        await expect(page.locator("#carry-said")).to_contain_text(told or "?")
        await press("Enter")
        moved = cell(page, at_work, 1, 2).locator(f"[data-visit='{second}']")
        await expect(moved).to_be_focused()
        await press("Control+z")
        await expect(cell(page, at_work, 0, 1).locator(f"[data-visit='{second}']")).to_be_attached()
        await page.goto(f"{at_work.path}?day={at_work.day(2)}")
        await press("/")
        await page.keyboard.type(at_work.tenants[2].lower())
        await expect(card(page, at_work.visits[3])).to_have_class(re.compile("not-found"))
        await press("Enter")
        await expect(card(page, at_work.visits[2])).to_be_focused()
        await press("Enter")
        await expect(page.locator("#panel-title")).to_be_focused()
        await press("Escape")
        await expect(card(page, at_work.visits[2])).to_be_focused()
    assert await at_work.stands(1) == (at_work.day(1), "09:30", at_work.workers[:1])


@in_each_look
async def test_a_visit_is_pinned_promised_and_moved_in_its_panel(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """What cannot be is said beside its field and nothing typed is lost; each step has its undo."""
    at_work = await office(site, language=language)
    first, look = at_work.visits[0], {"phone": phone, "axe": language == LOOKED_AT}
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await at_work.enter(page, "lead")
        await page.goto(f"{at_work.path}?day={at_work.day(0)}")
        link, panel = card(page, first), page.locator("#panel")
        await link.click()
        await expect(panel).to_contain_text("Amina")
        await page.wait_for_url(f"**?visit={first}")
        await panel.locator("form[action$='/pin'] button").click()
        await expect(link).to_have_attribute("data-pinned", "")
        await panel.locator("form[action$='/promise'] button").click()
        await expect(
            link.locator(f"[title='{said(language, 'Promised to the tenant')}']")
        ).to_have_count(1)
        await assert_well_made(page, **look)
        await page.locator(".done form button").click()
        await expect(link.locator(".sign")).to_have_count(1)

        await page.locator("#move-time").fill("25:99")
        await panel.locator(".move button").click()
        await expect(page.locator("#move-time-error")).to_be_visible()
        await expect(page.locator("#move-time")).to_have_value("25:99")
        await assert_well_made(page, **look)
        await page.locator("#move-day").select_option(str(at_work.day(3)))
        await page.locator("#move-worker-0").select_option(at_work.workers[1])
        await page.locator("#move-time").fill("14:15")
        await expect(page.locator("#move-price")).to_have_class(re.compile("carry-(free|costs)"))
        await panel.locator(".move button").click()
        await expect(cell(page, at_work, 1, 3).locator(f"[data-visit='{first}']")).to_be_attached()
        await panel.locator("#others a").click()
        await expect(panel.locator(".others h3")).to_be_visible()
        await assert_well_made(page, **look)
        await panel.locator("[data-closes-panel]").click()
        await expect(panel).to_have_count(0)
    assert await at_work.stands(0) == (at_work.day(3), "14:15", at_work.workers[1:2])
