"""A worker's day in a real browser: two taps between two doors."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect

from service import clock
from service.database.sql import fetch_all, fetch_value
from tests.e2e.conftest import assert_well_made, in_each_look, opened_page, sign_in
from tests.e2e.town import Look, Town, town
from tests.support.passwords import PASSWORD

__all__ = ["town"]
pytestmark = pytest.mark.e2e


@in_each_look
async def test_a_day_is_said_in_a_few_taps(
    chromium: Browser, town: Town, language: str, dark: bool, phone: bool
) -> None:
    name = await town.worker(f"{language}{phone:d}", language=language)
    async with opened_page(chromium, town.site, language=language, dark=dark, phone=phone) as page:
        look = Look(page=page, language=language, phone=phone)
        await sign_in(page, name, PASSWORD)
        await expect(page).to_have_url(re.compile("/today$"))
        await look.well_made()
        assert await page.locator("a[href^='geo:']").count() == 1

        await look.press(".next button[value=arrived]")
        await expect(page.locator(".next button[name=undo]")).to_be_visible()
        await look.press(".next [data-how]")  # the first tap
        await expect(page.locator("#how")).to_be_visible()
        await look.well_made()
        await look.press("#how [value=not_home]")  # the second
        await expect(page).to_have_url(re.compile(r"/today/encounters/\d+\?new"))
        assert await town.said(f"T-{name}a") == [("home_visit", "not_home")]
        await look.well_made()
        await _try_again(look, town, f"T-{name}a")
        await _away(look, town, f"T-{name}b", "in_prison" if dark else "in_hospital")
        await _late(look, town, f"T-{name}c")
        await _at_the_door(look, town, f"T-{name}c")

        yesterday, tomorrow = (clock.today() + timedelta(days=n) for n in (-1, 1))
        for path in (f"/today/{yesterday}", f"/today/{tomorrow}", "/my-week"):
            await page.goto(path)
            await look.well_made()


async def _try_again(look: Look, town: Town, tenant: str) -> None:
    """Not home: another time and a call are proposed; reasons, minutes and supplies follow."""
    page = look.page
    await look.press("label:has([name=part][value=afternoon])")
    await expect(page.locator("[name=call_first]")).to_be_checked()
    await look.press("form[action$='/again'] button")
    await expect(page.locator(".notice-good")).to_be_visible()
    async with town.site.database():
        waiting = await fetch_value(
            "select v.reasons::text from visits v join tenants t on t.id = v.tenant"
            " where t.code = $1 and v.state = 'waiting'",
            tenant,
        )
    assert "afternoon" in waiting
    await look.press("label:has([value=crisis])")
    await look.press("[data-step='5'][data-for=minutes]")
    await look.press("summary")
    await look.press("[data-step='1'][data-for=condoms]")
    await look.press("form button.button-wide")
    await expect(page).to_have_url(re.compile(r"/today\?saved=\d+$"))


async def _away(look: Look, town: Town, tenant: str, outcome: str) -> None:
    """In hospital or prison: a stay is proposed, and written down once it is confirmed."""
    page = look.page
    await look.press(".next [data-how]")
    await look.press(f"#how [value={outcome}]")
    await expect(page.locator("form[action$='/stay']")).to_be_visible()
    await look.well_made()
    await page.locator("#place").select_option(index=1)
    await look.press("form[action$='/stay'] button")
    await expect(page).to_have_url(re.compile("done=stay"))
    async with town.site.database():
        stays = await fetch_all(
            "select s.kind from stays s join tenants t on t.id = s.tenant"
            " where t.code = $1 and s.kind <> 'home' order by s.id desc limit 1",
            tenant,
        )
    assert [row["kind"] for row in stays] == [outcome.removeprefix("in_")]
    await page.goto("/today")  # nothing of it is left to be said
    await expect(page.locator(".next")).to_have_count(0)
    await look.well_made()


async def _late(look: Look, town: Town, tenant: str) -> None:
    """What was forgotten yesterday is said today, and marked as late."""
    page = look.page
    await look.press("a[href='/today/unrecorded']")
    await page.wait_for_url("**/today/unrecorded")
    await look.well_made()
    await look.press("[data-how]")
    await look.press("#how [value=done]")
    await expect(page.locator("header .tag")).to_have_text(look.words("late"))
    assert await town.said(tenant) == [("home_visit", "done")]
    await page.goto("/today/unrecorded")
    await expect(page.locator(".state")).to_be_visible()
    await look.well_made()


async def _at_the_door(look: Look, town: Town, tenant: str) -> None:
    """A contact that nobody had planned; a time that is to come is refused, nothing typed lost."""
    page = look.page
    await page.goto("/today/contact")
    await look.well_made()
    await page.locator("#filter").fill(tenant.lower())
    await look.press(page.locator(f"a[href='/today/contact/{tenant}']:visible"))
    await expect(page.locator("[name=way]")).to_have_count(4)
    await look.well_made()
    await look.press("label:has([value=door])")
    await look.press("summary")
    await page.locator("#time").fill("23:59")
    await look.press("button[value=done]")
    await expect(page.locator("#time")).to_have_value("23:59")
    await expect(page.locator(".field-error")).to_be_visible()
    await look.well_made()
    await page.locator("#time").fill("")
    await look.press("button[value=done]")
    await expect(page).to_have_url(re.compile(r"/today/encounters/\d+\?new"))
    assert (await town.said(tenant))[-1] == ("at_door", "done")


async def test_the_day_fits_on_one_sheet_of_paper(chromium: Browser, town: Town) -> None:
    name = await town.worker("paper")
    async with opened_page(chromium, town.site) as page:
        await sign_in(page, name, PASSWORD)
        await page.goto(f"/workers/W-{name}/day/{clock.today()}")
        await assert_well_made(page)
        sheet = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


async def test_it_can_be_installed(chromium: Browser, town: Town) -> None:
    async with opened_page(chromium, town.site, phone=True) as page:
        await page.goto("/sign-in")
        session = await page.context.new_cdp_session(page)
        found = await session.send("Page.getAppManifest")
        assert found["errors"] == []
        assert '"start_url":"/today"' in found["data"]
        problems = await session.send("Page.getInstallabilityErrors")
        assert [one["errorId"] for one in problems["installabilityErrors"]] in (
            [],
            ["in-incognito"],
        )
