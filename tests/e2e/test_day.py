"""A worker's day in a real browser: two taps between two doors, with and without a connection."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from playwright.async_api import Browser, Error, Page, expect

from scheduling.weeks import monday_of
from service import clock
from service.database.sql import execute, fetch_value
from tests.e2e.conftest import Site, assert_well_made, opened_page, sign_in
from tests.e2e.outage import Wire, wired
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

LANGUAGES = ("nl", "fr", "en")
KEPT = """() => new Promise((resolve) => {
    const asked = indexedDB.open("thuisronde", 1);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve([0, 0]);
    asked.onsuccess = () => {
        const transaction = asked.result.transaction(["round", "waiting"]);
        const counts = ["round", "waiting"].map((name) => transaction.objectStore(name).count());
        transaction.oncomplete = () => resolve(counts.map((count) => count.result));
    };
})"""
YESTERDAYS = """() => new Promise((resolve) => {
    const asked = indexedDB.open("thuisronde", 1);
    asked.onsuccess = () => {
        const transaction = asked.result.transaction("round", "readwrite");
        const store = transaction.objectStore("round");
        store.get("round").onsuccess = (event) =>
            store.put({...event.target.result, until: "2020-01-01T23:00:00Z"}, "round");
        transaction.oncomplete = resolve;
    };
})"""


@dataclass(frozen=True)
class Town:
    """A team whose workers each have two visits today and one of yesterday; `tenants` by code."""

    site: Site
    team: int

    async def outcomes(self, tenant: str) -> list[str]:
        """What was recorded of a tenant."""
        async with self.site.database():
            found: list[str] | None = await fetch_value(
                "select array_agg(e.outcome::text order by e.id) from encounters e"
                " join tenants t on t.id = e.tenant where t.code = $1",
                tenant,
            )
        return found or []


@pytest.fixture(scope="module")
async def town(anyio_backend: str, site: Site) -> Town:
    """Workers W-nl, W-fr, W-en and, for the lost connections, W-1 to W-4."""
    today = clock.today()
    noon = datetime.combine(today, time(12), tzinfo=clock.BRUSSELS)
    async with site.database():
        team = await make.team("ACT", policy={"open_on_holidays": True})
        for name in (*LANGUAGES, "1", "2", "3", "4"):
            worker = await make.worker(f"W-{name}", team=team, first_name=f"Worker{name}")
            await person(
                f"worker-{name}",
                ("worker", team),
                worker=worker,
                language=name if name in LANGUAGES else "en",
            )
            starts = (noon, noon + timedelta(hours=2), noon - timedelta(days=1))
            for letter, starts_at in zip("abc", starts, strict=True):
                place = await make.place(street_nl="Geheimstraat", street_fr="Rue du Secret")
                tenant = await make.tenant(f"T-{name}{letter}", team=team, place=place)
                await make.agreement(tenant=tenant)
                await publish(
                    team=team,
                    workers=(worker,),
                    starts_at=starts_at,
                    tenant=tenant,
                    place=place,
                    week=monday_of(starts_at.date()),
                )
        await execute("update rosters set revision = 1")
    return Town(site=site, team=team)


@pytest.mark.parametrize(
    ("language", "phone", "dark"),
    [("nl", True, False), ("fr", False, True), ("en", True, True)],
)
async def test_a_day_is_said_in_a_few_taps(
    chromium: Browser, town: Town, language: str, phone: bool, dark: bool
) -> None:
    look = {"language": language, "phone": phone, "dark": dark}
    async with opened_page(chromium, town.site, **look) as page:  # type: ignore[arg-type]
        await sign_in(page, f"worker-{language}", PASSWORD)
        await expect(page).to_have_url(re.compile("/today$"))
        await assert_well_made(page, phone=phone)
        assert await page.locator("a[href^='geo:']").count() == 1

        await page.locator(".next button[value=arrived]").click()
        await expect(page.locator(".next button[name=undo]")).to_be_visible()
        await page.locator(".next [data-how]").click()  # the first tap
        await expect(page.locator("#how")).to_be_visible()
        await assert_well_made(page, phone=phone)
        await page.locator("#how [value=not_home]").click()  # the second
        await expect(page).to_have_url(re.compile(r"/today/encounters/\d+\?new"))
        assert await town.outcomes(f"T-{language}a") == ["not_home"]
        await assert_well_made(page, phone=phone)

        await page.locator("label:has([name=part][value=afternoon])").click()
        await page.locator("form[action$='/again'] button").click()
        await expect(page.locator(".notice-good")).to_be_visible()
        async with town.site.database():
            waiting = await fetch_value(
                "select v.reasons::text from visits v join tenants t on t.id = v.tenant"
                " where t.code = $1 and v.state = 'waiting'",
                f"T-{language}a",
            )
        assert "afternoon" in waiting
        await page.locator("label:has([value=crisis])").click()
        await page.locator("[data-step='5'][data-for=minutes]").click()
        await page.locator("summary").nth(0).click()
        await page.locator("[data-step='1'][data-for=condoms]").click()
        await page.locator("form button.button-wide").click()
        await expect(page).to_have_url(re.compile(r"/today\?saved=\d+$"))

        await page.goto("/today/unrecorded")
        await assert_well_made(page, phone=phone)
        await page.locator("[data-how]").last.click()
        await page.locator("#how [value=done]").click()
        await expect(page.locator("header .tag")).to_be_visible()  # late
        assert await town.outcomes(f"T-{language}c") == ["done"]

        await page.goto("/today/contact")
        await assert_well_made(page, phone=phone)
        await page.locator(f"a[href='/today/contact/T-{language}b']").first.click()
        await assert_well_made(page, phone=phone)
        await page.locator("label:has([value=phone])").click()
        await page.locator("button[value=done]").click()
        await expect(page).to_have_url(re.compile(r"/today/encounters/\d+\?new"))
        assert await town.outcomes(f"T-{language}b") == ["done"]

        yesterday = clock.today() - timedelta(days=1)
        for path in (f"/today/{yesterday}", f"/workers/W-{language}/day/{clock.today()}"):
            await page.goto(path)
            await assert_well_made(page, phone=phone)
        sheet = await page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


async def keeps(page: Page, *, rounds: int, waiting: int | None = None) -> None:
    """Wait until the phone keeps so many rounds, and so many things to be sent."""
    found: list[int] = []
    for _ in range(100):
        with suppress(Error):  # the page was just reloading
            found = await page.evaluate(KEPT)
            if found[0] == rounds and waiting in (None, found[1]):
                return
        await page.wait_for_timeout(100)
    pytest.fail(f"the phone keeps {found}, not {[rounds, waiting]}")


async def opened_day(page: Page, login: str) -> None:
    """Sign in and wait until the phone could do without a connection."""
    await sign_in(page, login, PASSWORD)
    await page.goto("/today")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await keeps(page, rounds=1)


async def say_offline(page: Page, wire: Wire, outcome: str) -> None:
    """Cut the wire and say how the next visit went."""
    wire.cut()
    await page.locator("[data-how]").first.click()
    await page.locator(f"#how [value={outcome}]").click()
    await expect(page.locator("#connection")).to_contain_text("Kept on this phone")


async def test_an_outcome_without_a_connection_is_sent_once(chromium: Browser, town: Town) -> None:
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            await opened_day(page, "worker-1")
            await say_offline(page, wire, "refused")
            assert await page.evaluate(KEPT) == [1, 1]
            await page.goto("/today")  # the page that the phone keeps
            await expect(page.locator("#stops")).to_contain_text("T-1b")
            await expect(page.locator("[data-said-here]").first).to_contain_text("did not wish it")
            await assert_well_made(page, phone=True)
            assert await town.outcomes("T-1a") == []

            for outcome, label in (("shortened", "shortened"), ("done", "done")):  # thought better
                await page.locator("[data-how]").nth(1).click()
                await page.locator(f"#how [value={outcome}]").click()
                await expect(page.locator("[data-said-here]").nth(1)).to_have_text(
                    f"waits to be sent: {label}"
                )
            wire.mend()
            await page.goto("/today")
            await expect(page.locator("#connection")).to_contain_text("Sent")
            assert await page.evaluate(KEPT) == [1, 0]
            await page.goto("/today")
            assert await town.outcomes("T-1a") == ["refused"]
            assert await town.outcomes("T-1b") == ["done"]


async def test_a_signed_out_phone_shows_nothing(chromium: Browser, town: Town) -> None:
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            await opened_day(page, "worker-2")
            await page.goto("/account")
            await page.locator("form[action='/sign-out'] button").first.click()
            await page.wait_for_url(re.compile("/sign-in"))
            await keeps(page, rounds=0)
            wire.cut()
            await page.goto("/today")
            await expect(page.locator("#nothing")).to_be_visible()
            assert "T-2" not in await page.content()
            assert "Secret" not in await page.content()


async def test_midnight_ends_what_is_kept(chromium: Browser, town: Town) -> None:
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            await opened_day(page, "worker-2")
            await page.evaluate(YESTERDAYS)
            wire.cut()
            await page.goto("/today")
            await expect(page.locator("#nothing")).to_be_visible()
            assert await page.evaluate(KEPT) == [0, 0]


async def test_what_waits_never_crosses_accounts(chromium: Browser, town: Town) -> None:
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            await opened_day(page, "worker-3")
            await say_offline(page, wire, "done")
            wire.mend()
            await page.context.clear_cookies()
            await opened_day(page, "worker-4")
            assert await page.evaluate(KEPT) == [1, 1]
            assert "T-3" not in await page.content()
            await expect(page.locator("[data-said-here]:visible")).to_have_count(0)
            assert await town.outcomes("T-3a") == []

            await page.context.clear_cookies()
            await opened_day(page, "worker-3")
            await keeps(page, rounds=1, waiting=0)
            assert await town.outcomes("T-3a") == ["done"]


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
