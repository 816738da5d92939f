"""A token made, used by a program and ended, in each look; and the reference for programs."""

import httpx
import pytest
from playwright.async_api import Browser

from tests.e2e.conftest import (
    Site,
    assert_well_made,
    in_each_look,
    opened_page,
    sign_in,
)
from tests.service import factories
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e


@in_each_look
async def test_a_token_is_made_used_and_ended(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    login = f"lead.{language}.{dark}.{phone}".lower()
    async with site.database():
        team = await factories.team(f"{language}{int(dark)}".upper())
        await person(login, ("team_lead", team), language=language)
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await sign_in(page, login, PASSWORD)
        await page.goto("/account")
        await page.locator("a[href='/account/tokens']").click()
        await assert_well_made(page, phone=phone)
        await page.locator("#name").fill("timesheet")
        await page.locator("#tenants").select_option("read")
        await page.locator("#new-token button").click()
        secret = await page.locator("#token-secret").input_value()
        await assert_well_made(page, phone=phone)
        async with httpx.AsyncClient(base_url=site.address) as program:
            headers = {"Authorization": f"Bearer {secret}"}
            said = await program.get("/api/v1/me", headers=headers)
            assert (said.json()["login"], said.json()["scopes"]) == (login, ["tenants:read"])
            await page.goto("/account/tokens")
            assert secret not in await page.content()
            await assert_well_made(page, phone=phone)
            await page.locator("a[href$='/revoke']").click()
            await page.locator("main form button").click()
            await page.wait_for_url("**/account/tokens?notice=ended")
            assert (await program.get("/api/v1/me", headers=headers)).status_code == 401


@pytest.mark.parametrize(("dark", "phone"), [(False, True), (True, False)])
async def test_the_reference_reads_well(
    chromium: Browser, site: Site, dark: bool, phone: bool
) -> None:
    """It is in English for everybody; what stands around it is in the reader's language."""
    async with opened_page(chromium, site, language="fr", dark=dark, phone=phone) as page:
        await page.goto("/api/v1")
        await assert_well_made(page, phone=phone)
        await page.goto("/api/v1#problem-outdated")
        assert await page.locator("#problem-outdated").is_visible()
