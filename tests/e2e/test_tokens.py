"""A token made, used by a program and ended, in each look; and the reference for programs."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import (
    Site,
    assert_well_made,
    in_both_looks,
    opened_page,
    sign_in,
)
from tests.service import factories
from tests.support.passwords import PASSWORD
from tests.support.web import person

pytestmark = pytest.mark.e2e

_THREE_OF_EACH = """
() => document.querySelectorAll("main section")
    .forEach(part => [...part.querySelectorAll(".card")].slice(3).forEach(card => card.remove()))
"""
"""All cards are made alike, and axe takes long over a hundred of them."""


@in_both_looks("en")
async def test_a_token_is_made_used_and_ended(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    login = f"lead.{language}.{dark}.{phone}".lower()
    async with site.database():
        team = await factories.team(f"{language}{int(dark)}".upper())
        await person(login, ("team_lead", team), language=language)
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:

        async def well_made() -> None:
            await assert_well_made(page, phone=phone, axe=language == "en")

        await sign_in(page, login, PASSWORD)
        await page.goto("/account")
        await page.locator("a[href='/account/tokens']").click()
        await expect(page.locator("main .state")).to_be_visible()
        await page.locator("#name").fill("a name that nobody would call short " * 2)
        await page.locator("#tenants").select_option("read")
        await page.locator("#new-token button").click()
        await expect(page.locator("#name-error")).to_be_visible()
        await expect(page.locator("#tenants")).to_have_value("read")
        await well_made()
        await page.locator("#name").fill("timesheet")
        await page.locator("#rosters").select_option("write")
        await page.locator("#name").press("Enter")
        secret = await page.locator("#token-secret").input_value()
        await well_made()
        async with httpx.AsyncClient(base_url=site.address) as program:
            headers = {"Authorization": f"Bearer {secret}"}
            said = await program.get("/api/v1/me", headers=headers)
            assert said.json()["login"] == login
            assert said.json()["scopes"] == ["tenants:read", "rosters:write"]
            assert (await program.get("/api/v1/workers", headers=headers)).status_code == 403
            await page.goto("/account/tokens")
            assert secret not in await page.content()
            await well_made()
            await page.locator("a[href$='/revoke']").press("Enter")
            await page.wait_for_url("**/revoke")
            await well_made()
            await page.locator("main form button").press("Enter")
            await page.wait_for_url("**/account/tokens?notice=ended")
            await expect(page.locator(".notice-good")).to_be_visible()
            assert (await program.get("/api/v1/me", headers=headers)).status_code == 401


@pytest.mark.parametrize(("dark", "phone"), [(False, True), (True, False)])
async def test_the_reference_reads_well(
    chromium: Browser, site: Site, dark: bool, phone: bool
) -> None:
    """It is in English for everybody; what stands around it is in the reader's language."""
    async with opened_page(chromium, site, language="fr", dark=dark, phone=phone) as page:
        await page.goto("/api/v1#problem-outdated")
        await expect(page.locator("#problem-outdated")).to_be_in_viewport()
        await assert_well_made(page, phone=phone, axe=False)
        await page.evaluate(_THREE_OF_EACH)
        await assert_well_made(page, phone=phone)
