"""Signing in as people see it: three languages, light and dark, phone and desktop."""

import re

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.conftest import (
    ARGUMENTS,
    CHROMIUM,
    DESKTOP,
    PHONE,
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

WORDS = {
    "nl": ("Aanmelden", "Gebruikersnaam", "Wachtwoord", "klopt niet"),
    "fr": ("Se connecter", "Identifiant", "Mot de passe", "incorrect"),
    "en": ("Sign in", "Login", "Password", "is not right"),
}


@pytest.fixture(scope="module")
async def people(anyio_backend: str, site: Site) -> Site:
    """Somebody with an account in each language."""
    async with site.database():
        team = await factories.team()
        for language in WORDS:
            await person(
                f"lead-{language}", ("team_lead", team), "administrator", language=language
            )
    return site


@in_both_looks("nl")
async def test_a_person_signs_in(
    chromium: Browser, people: Site, language: str, dark: bool, phone: bool
) -> None:
    heading, login, password, wrong = WORDS[language]
    async with opened_page(chromium, people, language=language, dark=dark, phone=phone) as page:
        await page.goto("/account")
        await expect(page).to_have_url(re.compile(r"/sign-in\?next=/account$"))
        await expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        await assert_well_made(page, phone=phone)

        await page.get_by_label(login, exact=True).fill(f"lead-{language}")
        await page.get_by_label(password, exact=True).fill("wrong but long enough")
        await page.get_by_role("button", name=heading).click()
        await expect(page.get_by_role("alert")).to_contain_text(wrong)
        await expect(page.get_by_label(login, exact=True)).to_have_value(f"lead-{language}")
        await assert_well_made(page, phone=phone)

        await page.get_by_label(password, exact=True).fill(PASSWORD)
        await page.get_by_role("button", name=heading).click()
        await expect(page).to_have_url(re.compile("/account$"))
        await expect(page.get_by_role("navigation").first).to_be_visible()
        await assert_well_made(page, phone=phone)


async def test_a_missing_page_says_so_and_leads_on(chromium: Browser, people: Site) -> None:
    async with opened_page(chromium, people, language="nl", dark=False, phone=True) as page:
        await page.goto("/nowhere")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Hier is niets")
        await assert_well_made(page, phone=True)
        await page.get_by_role("link", name="Naar de startpagina").click()
        await expect(page).to_have_url(re.compile("/sign-in"))


async def test_the_language_can_be_chosen_before_and_after_signing_in(
    chromium: Browser, people: Site
) -> None:
    async with opened_page(chromium, people, language="en", dark=False, phone=False) as page:
        await page.goto("/about")
        await page.get_by_role("button", name="Nederlands").click()
        await expect(page).to_have_url(re.compile("/about$"))
        await expect(page.get_by_role("heading", level=1)).to_have_text("Over Thuisronde")
        await assert_well_made(page, phone=False)
        await page.goto("/sign-in")
        await page.get_by_label("Gebruikersnaam").fill("lead-en")
        await page.get_by_label("Wachtwoord").fill(PASSWORD)
        await page.get_by_role("button", name="Aanmelden").click()
        await page.goto("/account")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Account")
        await page.get_by_role("main").get_by_role("button", name="Français").click()
        await expect(page.get_by_role("status").first).to_contain_text("La langue est modifiée.")
        await expect(page.locator("html")).to_have_attribute("lang", "fr")


async def test_changing_the_password_shows_all_errors_and_then_works(
    chromium: Browser, people: Site
) -> None:
    async with opened_page(chromium, people, language="nl", dark=True, phone=True) as page:
        await sign_in(page, "lead-nl", PASSWORD)
        await page.goto("/account")
        await page.get_by_label("Huidig wachtwoord").fill(PASSWORD)
        await page.get_by_label("Nieuw wachtwoord", exact=True).fill("short")
        await page.get_by_label("Nieuw wachtwoord nog eens").fill("short")
        await page.get_by_role("button", name="Wachtwoord wijzigen").click()
        await expect(page.get_by_text("Gebruik minstens 12 tekens")).to_be_visible()
        await assert_well_made(page, phone=True)
        await page.get_by_label("Huidig wachtwoord").fill(PASSWORD)
        await page.get_by_label("Nieuw wachtwoord", exact=True).fill(f"{PASSWORD} too")
        await page.get_by_label("Nieuw wachtwoord nog eens").fill(f"{PASSWORD} too")
        await page.get_by_role("button", name="Wachtwoord wijzigen").click()
        await expect(page.get_by_text("Uw wachtwoord is gewijzigd")).to_be_visible()


async def test_htmx_carries_the_token_by_itself(chromium: Browser, people: Site) -> None:
    async with opened_page(chromium, people, language="fr") as page:
        await sign_in(page, "lead-fr", PASSWORD)
        await page.goto("/account")
        async with page.expect_response("**/language") as answered:
            await page.evaluate(
                "htmx.ajax('POST', '/language',"
                " {source: '#main', values: {language: 'en', next: '/account'}})"
            )
        answer = await answered.value
        assert (answer.status, answer.headers["hx-redirect"]) == (204, "/account")
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await page.get_by_role("contentinfo").get_by_role("button", name="Français").click()
        await expect(page.locator("html")).to_have_attribute("lang", "fr")


async def test_what_the_service_says_reaches_screen_and_screen_reader(
    chromium: Browser, people: Site
) -> None:
    async with opened_page(chromium, people) as page:
        await page.goto("/sign-in")
        await page.evaluate(
            "document.dispatchEvent(new CustomEvent('say', {detail: {text: 'Said once'}}))"
        )
        await expect(page.get_by_role("status").get_by_text("Said once")).to_be_visible()
        await assert_well_made(page)


async def test_nothing_is_left_on_the_screen_once_signed_out(
    chromium: Browser, people: Site
) -> None:
    """Back after signing out, and another session of the same browser: neither shows a page.

    Playwright's own Chromium forgets pages at once; this one keeps them to go back to, as
    people's do.
    """
    async with people.database():
        team = await factories.team("GONE")
        worker = await factories.worker("W-88", team=team)
        await factories.tenant("T-88", team=team, place=await factories.place())
        await person("leaver", ("team_lead", team), ("worker", team), worker=worker)
    pages = ("/board/GONE", "/tenants/T-88", "/today", "/tenants")
    async with async_playwright() as playwright:
        keeping = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        for size in (DESKTOP, PHONE):
            context = await keeping.new_context(
                base_url=people.address,
                viewport=size,  # type: ignore[arg-type]
            )
            page = await context.new_page()
            await sign_in(page, "leaver", PASSWORD)
            for path in pages:
                await page.goto(path)
            await expect(page.get_by_text("FamilyT-88").first).to_be_visible()
            await page.goto("/account")
            await page.locator("main form[action='/sign-out'] button").click()
            await page.wait_for_url("**/sign-in")
            for _ in ("/account", *pages):
                await page.go_back(wait_until="commit")
                await expect(page.locator("#login")).to_be_visible()
                assert "FamilyT-88" not in await page.content()
            other = await (await keeping.new_context(base_url=people.address)).new_page()
            for path in pages:
                await other.goto(path)
                await expect(other.locator("#login")).to_be_visible()
            await context.close()
        await keeping.close()
