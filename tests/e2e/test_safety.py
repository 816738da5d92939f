"""The morning meeting, the lone-worker check and the no-contact alert, in a real browser."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_value
from service.safety.rounds import judge_everybody, take_steps
from tests.e2e.conftest import Site, assert_well_made, opened_page, sign_in
from tests.service import factories as make
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

WALL = {"width": 1920, "height": 1080}
LOOKS = pytest.mark.parametrize(
    ("language", "dark", "phone"),
    [
        pytest.param("nl", False, True, id="nl-light-phone"),
        pytest.param("fr", True, False, id="fr-dark-desktop"),
        pytest.param("en", False, False, id="en-light-desktop"),
    ],
)
SAFE = {"nl": "Ik ben veilig", "fr": "Je suis en sécurité", "en": "I am safe"}
LONGER = {"nl": "15 min langer", "fr": "15 min de plus", "en": "15 min longer"}
DUE = {"nl": "Bent u veilig?", "fr": "Êtes-vous en sécurité ?", "en": "Are you safe?"}
HOSPITALS = {
    "nl": "Gevraagd aan de ziekenhuizen",
    "fr": "Hôpitaux contactés",
    "en": "Asked the hospitals",
}
GO = {"nl": "Vandaag gaan", "fr": "Y aller aujourd’hui", "en": "Go today"}


@dataclass(frozen=True)
class Team:
    """A running service with team ACT, its forty tenants and people of each language."""

    site: Site


@pytest.fixture(scope="module")
async def team(anyio_backend: str, site: Site) -> Team:
    """Forty tenants; a lead, a worker and their buddies; three tenants nobody met for weeks."""
    async with site.database():
        act = await make.team("ACT")
        lead = await make.worker("W-01", team=act, first_name="Lies")
        on_call = await make.worker("W-09", first_name="Paula", discipline="coordinator")
        await make.insert("safety_settings", team=act, on_call=on_call, updated_at=clock.now())
        for n, language in enumerate(("nl", "fr", "en"), start=2):
            worker = await make.worker(f"W-{n:02d}", team=act, first_name=f"Amina {language}")
            await person(f"worker-{language}", ("worker", act), worker=worker, language=language)
            values = {"worker": lead} if language == "nl" else {}
            await person(f"lead-{language}", ("team_lead", act), language=language, **values)
        await person("on-call", "coordinator", worker=on_call)
        place = await make.place()
        for n in range(1, 41):
            tenant = await make.tenant(f"T-{n:03d}", team=act, place=place, primary=lead)
            await make.agreement(tenant=tenant)
            days = 30 if n <= 3 else n % 9
            await make.encounter(
                tenant=tenant,
                team=act,
                starts_at=clock.now() - timedelta(days=days, minutes=5),
                workers=(lead,),
            )
        await make.safety_flag(tenant=tenant)
        await judge_everybody()
    return Team(site=site)


async def _later(page: Page, check: str, minutes: int) -> None:
    """Let the check's end be `minutes` ago, take the steps, and load the page again."""
    await execute(
        "update lone_checks set ends_at = $2 where id = $1",
        int(check),
        clock.now() - timedelta(minutes=minutes),
    )
    await take_steps()
    await page.reload()


@LOOKS
async def test_a_check_is_started_extended_and_ended(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    ends = (datetime.now(BRUSSELS) + timedelta(minutes=50)).strftime("%H:%M")
    async with opened_page(chromium, team.site, **look) as page:
        await sign_in(page, f"worker-{language}", PASSWORD)
        await page.goto("/lone")
        await assert_well_made(page, phone=phone)
        await page.locator("#ends-free").fill(ends)
        await page.locator(".check-start button").click()
        card = page.locator(".check")
        await expect(card).to_contain_text(ends)
        address = await card.locator("a[href^='/lone/']").get_attribute("href")
        assert address is not None
        async with team.site.database():
            await _later(page, address.rpartition("/")[2], 21)
            told = await fetch_value("select count(*) from lone_check_steps where kind = 'buddy'")
            assert told >= 1
        await expect(card).to_contain_text(DUE[language])
        await assert_well_made(page, phone=phone)
        await page.get_by_role("button", name=LONGER[language]).click()
        await expect(card).not_to_contain_text(DUE[language])
        await page.goto(address)
        await assert_well_made(page, phone=phone)
        await page.goto("/lone")
        await page.get_by_role("button", name=SAFE[language]).click()
        await expect(page.locator(".notice-good")).to_be_visible()
        await expect(page.locator(".check")).to_have_count(0)


@LOOKS
async def test_an_alert_is_logged_and_closed(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    async with opened_page(chromium, team.site, **look) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        await page.goto("/alerts")
        await assert_well_made(page, phone=phone)
        count = await page.locator("main .list li").count()
        await page.locator("main .list a").first.click()
        await page.get_by_role("button", name=HOSPITALS[language]).click()
        await expect(page.locator("ol.list")).to_contain_text(HOSPITALS[language])
        await assert_well_made(page, phone=phone)
        await page.locator("input[value=in_hospital]").check()
        await page.locator("form[action$='/close'] button").click()
        await expect(page.locator(".tag-good")).to_be_visible()
        await page.goto("/alerts")
        await expect(page.locator("main .list li")).to_have_count(count - 1)
        await page.goto("/safety/ACT")
        await assert_well_made(page, phone=phone)


@LOOKS
async def test_the_meeting_goes_through_everybody(
    chromium: Browser, team: Team, language: str, dark: bool, phone: bool
) -> None:
    look: dict[str, Any] = {"language": language, "dark": dark, "phone": phone}
    async with opened_page(chromium, team.site, **look) as page:
        if not phone:
            await page.set_viewport_size(WALL)  # type: ignore[arg-type]
        await sign_in(page, f"lead-{language}", PASSWORD)
        await page.goto("/morning/ACT")
        await expect(page.locator("[data-row]")).to_have_count(40)
        await expect(page.locator("body")).not_to_contain_text("FamilyT-001")
        await assert_well_made(page, phone=phone)
        shown = page.locator(".turn:visible")
        seen = set()
        for _ in range(40 if language == "en" else 2):
            await expect(shown).to_have_count(1)
            seen.add(await shown.get_attribute("id"))
            await page.keyboard.press("ArrowRight")
        assert len(seen) == (40 if language == "en" else 2)
        await page.keyboard.press("Home")
        await page.keyboard.press("ArrowLeft")
        await expect(shown.locator(".turn-nav .number")).to_have_text("40 / 40")
        code = str(await shown.get_attribute("id"))
        await page.get_by_role("button", name=GO[language], exact=True).click()
        await page.wait_for_url(re.compile(f"#{code}$"))
        await expect(shown).to_have_id(code)
        await expect(shown.locator(".turn-today .tag-accent")).to_be_visible()
        await page.locator("form[action$='/names'] button").click()
        await expect(page.locator("main")).to_contain_text("FamilyT-001")
        await assert_well_made(page, phone=phone)


async def test_the_meeting_prints_on_one_sheet(chromium: Browser, team: Team) -> None:
    async with opened_page(chromium, team.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto("/morning/ACT")
        sheet = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


async def test_the_buddy_sees_it_without_looking_and_checks_out(
    chromium: Browser, team: Team
) -> None:
    """The open page of the worker is the sign of life; the buddy's page changes by itself."""
    ends = (datetime.now(BRUSSELS) + timedelta(minutes=50)).strftime("%H:%M")
    async with (
        opened_page(chromium, team.site) as alone,
        opened_page(chromium, team.site) as buddy,
    ):
        await sign_in(alone, "worker-en", PASSWORD)
        await alone.goto("/lone")
        await alone.locator("#ends-free").fill(ends)
        await alone.locator("#buddy-free").select_option("W-03")
        async with alone.expect_response(re.compile("/signal$")) as heard:
            await alone.locator(".check-start button").click()
        assert (await heard.value).status == 204
        await sign_in(buddy, "worker-fr", PASSWORD)
        await buddy.goto("/lone")
        await expect(buddy.locator("#others").locator("..")).to_contain_text("Amina en")
        await buddy.locator("#others ~ ul a", has_text="Amina en").click()
        await buddy.locator("button[value=by_call]").click()
        await buddy.wait_for_url(re.compile("/lone$"))
        await alone.reload()
        await expect(alone.locator(".check")).to_have_count(0)
