"""A visit is dragged, carried by keys, pinned, promised, taken back; two leads see each other."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from service import clock
from tests.e2e.conftest import Site, assert_well_made, opened_page, sign_in
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

WORDS = {
    "en": ("fits", "costs", "cannot be"),
    "nl": ("past", "kost", "kan niet"),
    "fr": ("convient", "coûte", "impossible"),
}


@dataclass(frozen=True)
class Office:
    """Team ICM with a draft: each visit of its three workers is on a day of its own."""

    site: Site
    week: date
    visits: tuple[int, ...]

    @property
    def path(self) -> str:
        return f"/board/ICM/{self.week}"


@pytest.fixture(scope="module")
async def office(anyio_backend: str, site: Site) -> Office:
    """Monday to Thursday are W-01's, one visit is W-02's; W-03 must not go to T-001."""
    week = next_monday()
    async with site.database():
        team = await make.team("ICM", kind="icm", policy={"first_visit_pairs": False})
        workers = [
            await make.worker(f"W-{n:02d}", team=team, first_name=name)
            for n, name in enumerate(("Amina", "Karim", "Lies"), start=1)
        ]
        draft = await roster(team, week)
        visits = []
        for n in range(1, 6):
            place = await make.place(lat=50.84 + n / 400, lon=4.34 + n / 500)
            tenant = await make.tenant(
                f"T-{n:03d}", team=team, place=place, primary=workers[0 if n < 5 else 1]
            )
            await make.agreement(tenant=tenant)
            await make.encounter(
                tenant=tenant,
                team=team,
                starts_at=clock.now() - timedelta(days=9),
                workers=(workers[0],),
            )
            if n == 1:
                await make.exclusion(worker=workers[2], tenant=tenant)
            worker = workers[0] if n < 5 else workers[1]
            weekday = n if n < 5 else 2
            visits.append(
                await visit(draft, tenant, workers=(worker,), starts_at=at(week, weekday))
            )
        for language, number in (("en", 0), ("nl", 1), ("fr", 2)):
            await person(f"lead-{language}", ("team_lead", team), language=language)
            await person(
                f"worker-{language}", ("worker", team), worker=workers[number], language=language
            )
    return Office(site, week, tuple(visits))


def card(page: Page, number: int) -> Locator:
    return page.locator(f".week [data-visit='{number}']")


def cell(page: Page, office: Office, worker: str, day: int) -> Locator:
    on = office.week + timedelta(days=day)
    return page.locator(f".week td[data-worker='{worker}'][data-day='{on}']")


async def carried_over(page: Page, link: Locator, target: Locator) -> None:
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


async def test_a_visit_is_dragged_with_its_price_and_undone(
    chromium: Browser, office: Office
) -> None:
    first = office.visits[0]
    async with opened_page(chromium, office.site) as page:
        await sign_in(page, "lead-en", PASSWORD)
        await page.goto(office.path)
        await carried_over(page, card(page, first), cell(page, office, "W-03", 0))
        await expect(page.locator("#carry")).to_contain_text("cannot be")
        await expect(page.locator("#carry")).to_contain_text("Lies")
        await expect(cell(page, office, "W-03", 0)).to_have_class(re.compile("over-refused"))
        await page.mouse.up()
        await expect(page.locator("#toasts")).to_contain_text("cannot be")
        await expect(cell(page, office, "W-01", 0).locator("[data-visit]")).to_have_count(1)

        await carried_over(page, card(page, first), cell(page, office, "W-02", 0))
        await expect(cell(page, office, "W-02", 0)).to_have_class(re.compile("over-(free|costs)"))
        await expect(page.locator("#carry")).to_contain_text("Karim")
        await page.mouse.up()
        moved = cell(page, office, "W-02", 0).locator(f"[data-visit='{first}']")
        await expect(moved).to_be_focused()
        await expect(moved.locator("[title='Pinned']")).to_have_count(1)
        await expect(page.locator("#panel")).to_have_count(0)
        await assert_well_made(page)
        await page.get_by_role("button", name="Undo").last.click()
        back = cell(page, office, "W-01", 0).locator(f"[data-visit='{first}']")
        await expect(back).to_contain_text("09:30")
        await expect(back.locator("[title='Pinned']")).to_have_count(0)


@pytest.mark.parametrize(("language", "phone"), [("nl", False), ("fr", True)])
async def test_a_visit_is_carried_by_keys_and_by_a_finger(
    chromium: Browser, office: Office, language: str, phone: bool
) -> None:
    """On the desktop by keys; on the phone held with a finger and let go on another day's tab."""
    second, (_, _, refused) = office.visits[1], WORDS[language]
    async with opened_page(chromium, office.site, language=language, phone=phone) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        tuesday = office.week + timedelta(days=1)
        await page.goto(f"{office.path}?day={tuesday}")
        if phone:
            tab = page.locator(f".day-tab[data-day='{office.week + timedelta(days=4)}']")
            await _held(page, card(page, second), tab)
            await expect(card(page, second)).to_have_attribute(
                "data-day", str(office.week + timedelta(days=4))
            )
            await page.locator("#toasts button").last.click()
            await expect(card(page, second)).to_have_attribute("data-day", str(tuesday))
            return
        await card(page, second).focus()
        await page.keyboard.press("Alt+Shift+ArrowUp")
        for _ in range(2):
            await page.keyboard.press("Alt+Shift+ArrowUp")
        await expect(page.locator("#carry")).to_contain_text(refused)
        await page.keyboard.press("Escape")
        await expect(page.locator("#carry")).to_be_hidden()
        await page.keyboard.press("Alt+ArrowRight")
        await page.keyboard.press("Alt+ArrowDown")
        await expect(cell(page, office, "W-02", 2)).to_have_class(re.compile("over-(free|costs)"))
        await expect(page.locator("#carry-said")).to_contain_text("Enter")
        await page.keyboard.press("Enter")
        moved = cell(page, office, "W-02", 2).locator(f"[data-visit='{second}']")
        await expect(moved).to_be_focused()
        await page.keyboard.press("Control+z")
        back = cell(page, office, "W-01", 1).locator(f"[data-visit='{second}']")
        await expect(back).to_be_visible()
        await page.keyboard.press("/")
        await page.keyboard.type("t-003")
        await expect(card(page, office.visits[3])).to_have_class(re.compile("not-found"))
        await page.keyboard.press("Enter")
        await expect(card(page, office.visits[2])).to_be_focused()


async def _held(page: Page, link: Locator, target: Locator) -> None:
    """A finger: down, held, moved, up; as the browser's own input, not as script events."""
    client = await page.context.new_cdp_session(page)
    box, there = await link.bounding_box(), await target.bounding_box()
    assert box is not None
    assert there is not None
    start = {"x": box["x"] + 40, "y": box["y"] + 15}
    end = {"x": there["x"] + 20, "y": there["y"] + 20}
    await client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    await page.wait_for_timeout(600)
    for part in (0.3, 0.7, 1.0):
        point = {side: start[side] + (end[side] - start[side]) * part for side in ("x", "y")}
        await client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    await expect(page.locator("#carry-title, .carry-title")).to_be_visible()
    await expect(target).to_have_class(re.compile("over-(free|costs)"))
    await client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_two_leads_see_each_other_and_lose_nothing(chromium: Browser, office: Office) -> None:
    third, fourth = office.visits[2], office.visits[3]
    async with (
        opened_page(chromium, office.site) as one,
        opened_page(chromium, office.site, language="fr") as other,
    ):
        for page, login in ((one, "lead-en"), (other, "lead-fr")):
            await sign_in(page, login, PASSWORD)
            await page.goto(f"{office.path}?visit={third}")
        await expect(other.locator("#move-time")).to_have_value("09:30")
        await other.locator("#move-time").fill("11:45")

        await one.goto(f"{office.path}?visit={fourth}")
        await one.locator("#panel .button", has_text="Promise").first.click()
        await expect(card(other, fourth).locator(".sign")).to_have_count(1)
        await expect(other.locator("#move-time")).to_have_value("11:45")
        await expect(other.locator("#panel-changed")).not_to_have_class(re.compile("panel-stale"))

        await one.goto(f"{office.path}?visit={third}")
        await one.locator("#panel .button", has_text="Pin").first.click()
        await expect(other.locator("#panel-changed")).to_have_class(re.compile("panel-stale"))
        await expect(other.locator("#move-time")).to_have_value("11:45")
        await other.locator(".move button").click()
        await expect(other.locator(".notice")).to_contain_text("T-003")
        await expect(other.locator("#move-time")).to_have_value("11:45")
        await assert_well_made(other)


async def test_a_worker_plans_their_own_and_nobody_elses(chromium: Browser, office: Office) -> None:
    async with opened_page(chromium, office.site, language="nl", phone=True) as page:
        await sign_in(page, "worker-nl", PASSWORD)
        tuesday = office.week + timedelta(days=1)
        await page.goto(f"{office.path}?day={tuesday}")
        await expect(page.locator(".week [data-moves]:visible")).to_have_count(1)
        await page.goto(f"{office.path}/add")
        await assert_well_made(page, phone=True)
        await page.locator("#tenant").select_option("T-005")
        await page.locator("#day").select_option(str(office.week + timedelta(days=3)))
        await page.locator("#time").fill("23:00")
        await page.locator("main button[type=submit]").click()
        await expect(page.locator(".notice")).to_be_visible()
        await expect(page.locator("#time")).to_have_value("23:00")
        await page.locator("#time").fill("")
        await page.locator("main button[type=submit]").click()
        await expect(page.locator("#panel")).to_contain_text("T-005")
        await assert_well_made(page, phone=True)


@pytest.mark.parametrize(
    ("language", "dark", "phone"), [("nl", False, True), ("fr", True, False), ("en", False, False)]
)
async def test_a_day_is_opened_to_scale(
    chromium: Browser, office: Office, language: str, dark: bool, phone: bool
) -> None:
    async with opened_page(
        chromium, office.site, language=language, dark=dark, phone=phone
    ) as page:
        await sign_in(page, f"lead-{language}", PASSWORD)
        tuesday = office.week + timedelta(days=1)
        await page.goto(f"{office.path}/day/{tuesday}")
        await expect(page.locator(".scale-visit")).to_have_count(2)
        await expect(page.locator(".map .map-round")).not_to_have_count(0)
        await assert_well_made(page, phone=phone)
        await page.locator(".map-link").first.click()
        await expect(page.locator(".map-number")).not_to_have_count(0)
        await assert_well_made(page, phone=phone)
        await page.locator(".scale-visit").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#panel")).to_be_visible()
