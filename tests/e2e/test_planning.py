"""Planning, levers, planning again, a sick call, publishing and who has seen it, in each look."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from service.database.sql import execute
from tests.e2e.conftest import Site, assert_well_made, in_each_look, opened_page, sign_in
from tests.e2e.planned_team import PlannedTeam, made_team
from tests.support.passwords import PASSWORD

pytestmark = pytest.mark.e2e

AGAIN = "form[action$='/plan']"
SCOPES = {"nl": "day", "fr": "worker", "en": "week"}


async def looked_at(page: Page, *, language: str, phone: bool) -> None:
    """What is quickly looked at in each look; in Dutch, once light and once dark, axe as well."""
    assert await page.locator("html").get_attribute("lang") == language
    await assert_well_made(page, phone=phone, axe=language == "nl")


@in_each_look
async def test_a_week_is_planned_planned_again_published_and_seen(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """From an empty week on: plan, a lever, undo, planning again, publishing, who has seen it."""
    team = await made_team(site, f"A{language}{int(dark)}".upper(), language=language)
    look: dict[str, Any] = {"language": language, "phone": phone}
    async with opened_page(chromium, site, dark=dark, **look) as page:
        await sign_in(page, team.login, PASSWORD)
        await page.goto(team.path)
        await looked_at(page, **look)
        await page.locator(f"{AGAIN} button").click()
        await expect(page.locator("#run progress")).to_be_visible()
        await looked_at(page, **look)
        await team.work()
        await expect(page.locator(".week [data-visit]")).to_have_count(6, timeout=20_000)
        await page.goto(team.path)  # the board may still be reading itself again
        if phone:
            await page.locator("#capacity-fold summary").click()
        await page.locator("#capacity-details summary").click()
        await expect(page.locator("#balance")).to_be_visible()
        await looked_at(page, **look)

        await team.unplace_one()
        await page.goto(f"{team.path}?day=waiting")
        await _lever_and_back(page, **look)
        await _plan_again(page, team, SCOPES[language])
        await expect(page.locator(".proposal-line")).to_have_count(1)
        await looked_at(page, **look)
        if dark:  # put away in one half of the looks, taken in the other
            await page.locator("form[action$='/discard'] button").click()
            await page.wait_for_url(re.compile(rf"{team.path}$"))
            await expect(page.locator(".waiting-list > li")).to_have_count(1)
        else:
            await page.locator(".proposal-foot button").click()
            await page.wait_for_url(re.compile(rf"{team.path}$"))
            await expect(page.locator(".waiting-list > li")).to_have_count(0)

        await page.locator(".board-acts a[href$='/publish']").click()
        await page.wait_for_url(re.compile("/publish$"))
        await page.locator(".publish-parts summary").first.click()
        await expect(page.locator(".publish-part li").first).to_be_visible()
        await expect(page.locator(".changes li")).to_have_count(5 if dark else 6)
        await looked_at(page, **look)
        await page.locator(".publish-foot button").click()
        await page.wait_for_url(re.compile(r"\?published=1$"))
        await expect(page.locator(".notice").first).to_be_visible()
        await _look_at_who_has_seen_it(page, team, **look)


async def _lever_and_back(page: Page, *, language: str, phone: bool) -> None:
    """One click places what waits, another takes it back."""
    await expect(page.locator(".waiting-list > li")).to_have_count(1)
    await page.locator(".lever-ask").click()
    await expect(page.locator(".lever").first).to_be_visible()
    await looked_at(page, language=language, phone=phone)
    await page.locator(".lever").first.click()
    await expect(page.locator("[data-said]")).to_be_visible()
    await expect(page.locator(".waiting-list > li")).to_have_count(0)
    await page.locator("[data-said] form button").click()
    await expect(page.locator(".waiting-list > li")).to_have_count(1)


async def _plan_again(page: Page, team: PlannedTeam, scope: str) -> None:
    """Ask for the scope in the menu, stop the first run, let the second one work."""
    for stops in (True, False):
        await page.goto(team.path)
        await page.locator(f"details:has({AGAIN}) > summary").click()
        if scope != "week":
            await page.locator(f"select[name={scope}]").select_option(index=1)
        await expect(page.locator(f"input[name=scope][value={scope}]")).to_be_checked()
        await page.locator("input[name=effort][value=quick]").check()
        await page.locator(f"{AGAIN} button[type=submit]").click()
        await expect(page.locator("#run progress")).to_be_visible()
        if stops:
            await page.locator("form[action$='/cancel'] button").click()
            await expect(page.locator("#run progress")).to_have_count(0)
    await team.work()
    await page.locator("#run a.button-main").click()
    await page.wait_for_url(re.compile(r"/runs/\d+$"))


async def _look_at_who_has_seen_it(
    page: Page, team: PlannedTeam, *, language: str, phone: bool
) -> None:
    """Nobody at first; then the lead, who is a worker too, opens the own week."""
    await page.locator(".board-seen").click()
    await expect(page.locator(".seen .tag-warn").first).to_be_visible()
    await expect(page.locator(".seen .tag-good")).to_have_count(0)
    await looked_at(page, language=language, phone=phone)
    people = await page.locator(".seen").count()
    await page.goto(f"/my-week/{team.week}")
    await page.goto(f"{team.path}/seen")
    await expect(page.locator(".seen .tag-good")).to_have_count(1)
    await expect(page.locator(".seen .tag-warn")).to_have_count(people - 1)


@in_each_look
async def test_a_sick_call_is_taken_one_by_one_and_published(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    """From the row to the proposal in two taps; in Dutch the absence reaches into a second week."""
    weeks = 2 if language == "nl" else 1
    code = f"S{language}{int(dark)}".upper()
    team = await made_team(site, code, language=language, drafted=weeks)
    look: dict[str, Any] = {"language": language, "phone": phone}
    async with opened_page(chromium, site, dark=dark, **look) as page:
        await sign_in(page, team.login, PASSWORD)
        await page.goto(team.path)
        await page.locator(".worker-act").nth(1).click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Karim")
        await looked_at(page, **look)
        if weeks == 1:
            await page.locator(".away-choices button").last.click()
        else:
            await page.locator("#last").fill(str(team.week + timedelta(days=13)))
            await page.locator("form:has(#last) button").click()
        await page.wait_for_url(re.compile(rf"{team.path}/runs/\d+$"))
        await expect(page.locator("#proposal progress")).to_be_visible()
        await looked_at(page, **look)
        await team.work()
        await expect(page.locator(".proposal-line")).to_have_count(2)
        await expect(page.locator(".text-card").first).to_be_visible()
        await looked_at(page, **look)
        await page.locator("input[name=needs]").nth(1).uncheck()
        await page.locator(".proposal-foot button").click()
        await expect(page.locator(".proposal-line")).to_have_count(1)
        await page.locator(".proposal-foot button").click()
        await page.wait_for_url(re.compile("/publish$"))
        await expect(page.locator(".text-card").first).to_be_visible()
        await looked_at(page, **look)
        await page.locator(".publish-foot button").click()
        await page.wait_for_url(re.compile(r"\?published=2$"))
        if weeks == 2:
            await page.locator("[data-said] a").click()
            await page.wait_for_url(re.compile(r"/runs/\d+$"))
            await expect(page.locator(".away-weeks li")).to_have_count(2)
            await expect(page.locator(".proposal-line").first).to_be_visible()
            await looked_at(page, **look)
        else:
            await expect(page.locator("[data-said] a")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_state_of_a_run_is_well_made(chromium: Browser, site: Site, dark: bool) -> None:
    """In work, stopped with a plan so far, failed; and the warning with what would help most."""
    team = await made_team(site, f"R{int(dark)}", language="fr", drafted=1)
    progress = (
        '{"phase": "improve", "share": 40, "cost": 1234, "placed": 5, "asked": 6,'
        ' "iteration": 400, "iterations": 1200, "bound": 900}'
    )
    async with opened_page(chromium, site, language="fr", dark=dark, phone=dark) as page:
        await sign_in(page, team.login, PASSWORD)
        await page.goto(team.path)
        await page.locator(f"details:has({AGAIN}) > summary").click()
        await assert_well_made(page, phone=dark)
        await page.locator(f"{AGAIN} button[type=submit]").click()
        await expect(page.locator("#run progress")).to_be_visible()
        async with site.database():
            await _run(team, "state = 'running', heartbeat_at = now(), progress = $2", progress)
        await page.goto(team.path)
        await expect(page.locator("#run progress")).to_have_attribute("value", "40")
        await assert_well_made(page, phone=dark)
        async with site.database():
            await _run(team, "state = 'failed', error = $2, finished_at = now()", "timeout")
        await team.unplace_one()
        async with site.database():
            await _is_overdue(team)
        await page.goto(f"{team.path}?day=waiting")
        await expect(page.locator("#run [role=alert]")).to_be_visible()
        if dark:  # a phone
            await page.locator("#capacity-fold summary").click()
        await page.locator("#advice a").click()
        await expect(page.locator("#advice.advice")).to_be_visible()
        await assert_well_made(page, phone=dark)


async def _run(team: PlannedTeam, change: str, value: str) -> None:
    """Change the newest run of a team's week, as the planner does."""
    await execute(
        f"update plan_runs set {change} where id = (select max(p.id) from plan_runs p"
        " join teams t on t.id = p.team where t.code = $1)",
        team.code,
        value,
    )


async def _is_overdue(team: PlannedTeam) -> None:
    """What waits is eight days beyond its gap."""
    await execute(
        "update visits set overdue_days = 8 where state = 'waiting' and roster in"
        " (select r.id from rosters r join teams t on t.id = r.team where t.code = $1)",
        team.code,
    )
