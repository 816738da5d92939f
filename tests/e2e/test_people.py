"""Tenants, workers, settings and accounts in a real browser: edited, undone, in each look."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from service.people.names import name_key
from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page, sign_in
from tests.service import factories as make
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

LANGUAGES = ("nl", "fr", "en")
DUTIES = {
    "duties": [
        {"kind": "evening", "weekdays": [1, 3], "from_minute": 1020, "to_minute": 1320},
    ]
}

PAGES = (
    "/tenants/T-001",
    "/tenants/T-001/history",
    "/tenants/T-001/edit/agreement/new",
    "/tenants/T-001/edit/appointment/new",
    "/tenants/T-001/edit/flag/own",
    "/workers",
    "/workers/W-01",
    "/teams/ACT/settings",
    f"/board/ACT/{clock.today() - timedelta(days=clock.today().weekday())}/duties",
)
"""Each is looked at in half of the looks: economy, in every language all the same."""


@dataclass(frozen=True)
class House:
    """A running service with team ACT, Özgür and Amina in it."""

    site: Site


@pytest.fixture(scope="module")
async def house(anyio_backend: str, site: Site) -> House:
    async with site.database():
        team = await make.team("ACT", policy=DUTIES)
        amina = await make.worker("W-01", team=team, first_name="Amina")
        await make.worker("W-02", team=team, first_name="Karim")
        names = {"first": "Özgür", "last": "Aydın"}
        tenant = await make.tenant(
            "T-001",
            team=team,
            place=await make.place(kind="shelter", name_fr="Abri", name_nl="Opvang"),
            primary=amina,
            first_name=names["first"],
            last_name=names["last"],
            name_key=name_key(**names),
        )
        await make.agreement(tenant=tenant)
        await make.series(tenant=tenant, weekdays=[1, 4], kind="medication")
        await make.safety_flag(tenant=tenant)
        await make.exclusion(tenant=tenant, worker=amina + 1, review_on=clock.today())
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=clock.now() - timedelta(days=3),
            workers=(amina,),
        )
        for language in LANGUAGES:
            await person(f"lead-{language}", ("team_lead", team), language=language)
            await person(f"admin-{language}", "administrator", language=language)
        await person("amina", ("worker", team), worker=amina, language="en")
    return House(site)


async def _saved(page: Page) -> None:
    await page.locator("main form.edit-form button.button-main").click()
    await expect(page.locator(".notice-good")).to_be_visible()


async def test_a_lead_searches_edits_is_corrected_and_undoes(
    chromium: Browser, house: House
) -> None:
    async with opened_page(chromium, house.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto("/tenants")
        await page.get_by_label("Name or code").fill("ozgur")
        await page.keyboard.press("Enter")
        await page.get_by_role("link", name="Özgür Aydın").click()
        await page.get_by_role("link", name="New agreement").click()
        await page.get_by_role("link", name="crisis").click()
        await page.get_by_label("Monday").fill("at noon")
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator("#day_1-error")).to_be_visible()
        await expect(page.get_by_label("Monday")).to_have_value("at noon")
        await assert_well_made(page)
        await page.get_by_label("Monday").fill("9-12")
        await page.get_by_role("button", name="Show what it asks").click()
        await expect(page.locator("#preview")).to_contain_text("must take place")
        await assert_well_made(page)
        await _saved(page)
        await expect(page.locator("main")).to_contain_text("7 times a week")
        await page.get_by_role("button", name="Undo").click()
        await expect(page.locator(".notice")).to_contain_text("Undone")
        await expect(page.locator("main")).to_contain_text("once a week")


async def test_a_worker_notes_a_hospital_on_the_phone(chromium: Browser, house: House) -> None:
    async with opened_page(chromium, house.site, phone=True) as page:
        await sign_in(page, "amina", PASSWORD)
        await page.goto("/tenants/T-001")
        await page.get_by_text("Stays elsewhere").click()
        await page.get_by_role("link", name="In hospital").click()
        await page.get_by_label("Place", exact=True).select_option(index=1)
        await page.get_by_label("Whom to look out for").fill("a visitor")
        await assert_well_made(page, phone=True)
        await _saved(page)
        await expect(page.locator("main")).to_contain_text("In hospital")
        await expect(page.locator("main")).to_contain_text("a visitor")
        await page.goto("/tenants/T-001/history")
        await expect(page.locator(".timeline").first).to_contain_text("In hospital")
        await assert_well_made(page, phone=True)


async def test_a_lead_enters_an_absence_and_new_hours(chromium: Browser, house: House) -> None:
    async with opened_page(chromium, house.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto("/workers")
        await page.get_by_role("link", name=re.compile("^Karim")).click()
        await page.get_by_role("link", name="New absence").click()
        day = (clock.today() + timedelta(days=40)).isoformat()
        await page.get_by_label("First day away").fill(day)
        await page.get_by_label("Last day away").fill(clock.today().isoformat())
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator("#last_day-error")).to_be_visible()
        await page.get_by_label("Last day away").fill(day)
        await _saved(page)
        await page.get_by_role("link", name="New working hours").click()
        await page.get_by_role("link", name="2 weeks").click()
        await page.locator("#week_1_day_5").fill("10-14")
        await assert_well_made(page)
        await _saved(page)
        await expect(page.locator("main")).to_contain_text("10:00–14:00")


async def test_an_account_is_made_and_used(chromium: Browser, house: House) -> None:
    async with opened_page(chromium, house.site) as page:
        await sign_in(page, "admin-en", PASSWORD)
        await expect(page).to_have_url(re.compile("/accounts$"))
        await page.get_by_role("link", name="New account").click()
        await page.get_by_label("Login").fill("karim")
        await page.get_by_label("Worker", exact=True).select_option("W-02")
        await page.get_by_label("English").check()
        await page.get_by_label("Worker, Team ACT").check()
        await page.get_by_role("button", name="Make the account").click()
        password = await page.locator("#password").inner_text()
        await assert_well_made(page)
    async with opened_page(chromium, house.site) as page:
        await sign_in(page, "karim", password)
        await page.goto("/workers/W-02")
        await expect(page.get_by_role("link", name="New absence")).to_be_visible()


@in_each_look
async def test_every_page_is_well_made(
    chromium: Browser, house: House, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    async with opened_page(chromium, house.site, **look) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        for path in PAGES[(LANGUAGES.index(language) + phone) % 2 :: 2]:
            await page.goto(path)
            assert await page.locator("html").get_attribute("lang") == language
            await assert_well_made(page, phone=phone)
    async with opened_page(chromium, house.site, **look) as page:
        await sign_in(page, f"admin-{language}", PASSWORD)
        for path in ("/accounts", "/accounts/1", "/audit"):
            await page.goto(path)
            await assert_well_made(page, phone=phone)
