"""A worker's day in a real browser: two taps between two doors, with and without a connection."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Locator, Page, expect

from scheduling.weeks import monday_of
from service import clock
from service.access.states import Language
from service.database.sql import execute, fetch_all, fetch_value
from service.web.i18n import gettext, speaking
from tests.e2e.conftest import (
    Site,
    assert_well_made,
    in_each_look,
    opened_page,
    sign_in,
)
from tests.e2e.outage import Wire, wired
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

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
WAITING = """() => new Promise((resolve) => {
    const asked = indexedDB.open("thuisronde", 1);
    asked.onsuccess = () => {
        const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
        all.onsuccess = () => resolve(JSON.stringify(all.result));
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
    """A team, its hospital and its prison; each test brings its own workers and tenants."""

    site: Site
    team: int

    async def worker(self, name: str, *, language: str = "en") -> str:
        """Somebody who visits T-NAMEa and T-NAMEb today and visited T-NAMEc yesterday."""
        noon = datetime.combine(clock.today(), time(12), tzinfo=clock.BRUSSELS)
        starts = (noon, noon + timedelta(hours=2), noon - timedelta(days=1))
        async with self.site.database():
            worker = await make.worker(f"W-{name}", team=self.team, first_name=f"Worker{name}")
            await person(name, ("worker", self.team), worker=worker, language=language)
            for letter, starts_at in zip("abc", starts, strict=True):
                place = await make.place(street_nl="Geheimstraat", street_fr="Rue du Secret")
                tenant = await make.tenant(f"T-{name}{letter}", team=self.team, place=place)
                await make.agreement(tenant=tenant)
                await publish(
                    team=self.team,
                    workers=(worker,),
                    starts_at=starts_at,
                    tenant=tenant,
                    place=place,
                    week=monday_of(starts_at.date()),
                )
            await execute("update rosters set revision = 1")
        return name

    async def said(self, tenant: str) -> list[tuple[str, str]]:
        """What was recorded of a tenant: (kind, outcome), in the order in which it arrived."""
        async with self.site.database():
            rows = await fetch_all(
                "select e.kind, e.outcome from encounters e join tenants t on t.id = e.tenant"
                " where t.code = $1 order by e.id",
                tenant,
            )
        return [(row["kind"], row["outcome"]) for row in rows]


@pytest.fixture(scope="module")
async def town(anyio_backend: str, site: Site) -> Town:
    async with site.database():
        team = await make.team("ACT", policy={"open_on_holidays": True})
        for kind in ("hospital", "prison"):
            await make.place(kind=kind, name_fr=f"Lieu {kind}", name_nl=f"Plaats {kind}")
    return Town(site=site, team=team)


@dataclass(frozen=True)
class Look:
    """How a test goes about it: a thumb taps, a mouse clicks, and in French at the desk there is
    only a keyboard."""

    page: Page
    language: str
    phone: bool

    async def press(self, what: str | Locator) -> None:
        """Tap, click, or go there and press the key for it."""
        place = (self.page.locator(what) if isinstance(what, str) else what).first
        if self.phone:
            await place.tap()
        elif self.language != "fr":
            await place.click()
        elif await place.evaluate("place => place.matches('label')"):
            await place.locator("input").press("Space")
        else:
            await place.press("Enter")

    async def well_made(self) -> None:
        """axe looks in Dutch, light on the phone and dark on the desktop; sizes count in all."""
        await assert_well_made(self.page, phone=self.phone, axe=self.language == "nl")

    def words(self, text: str) -> str:
        """A text of the page in its language."""
        with speaking(Language(self.language)):
            return gettext(text)


async def keeps(page: Page, *, rounds: int, waiting: int | None = None) -> None:
    """Wait until the phone keeps so many rounds, and so many things to be sent."""
    found: list[int] = []
    for _ in range(100):
        with suppress(Error):  # the page was just reloading
            found = await page.evaluate(KEPT)
            if found[0] == rounds and waiting in (None, found[1]):
                return
        await page.wait_for_timeout(50)
    pytest.fail(f"the phone keeps {found}, not {[rounds, waiting]}")


async def opened_day(page: Page, login: str) -> None:
    """Sign in and wait until the phone could do without a connection."""
    await sign_in(page, login, PASSWORD)
    await page.goto("/today")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await keeps(page, rounds=1)


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


@in_each_look
async def test_what_is_said_without_a_connection_is_sent_once_for_who_said_it(
    chromium: Browser, town: Town, language: str, dark: bool, phone: bool
) -> None:
    name = await town.worker(f"off{language}{phone:d}", language=language)
    other = await town.worker(f"oth{language}{phone:d}", language=language)
    options: Any = {"language": language, "dark": dark, "phone": phone}
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, loses_connection=True, **options) as page:
            look = Look(page=page, language=language, phone=phone)
            await opened_day(page, name)
            await _say_it_offline(look, wire, name, other)
            assert await town.said(f"T-{name}a") == []

            await page.evaluate(YESTERDAYS)  # midnight
            await page.goto("/today")
            await expect(page.locator("#nothing")).to_be_visible()
            await look.well_made()
            await keeps(page, rounds=0, waiting=2)

            wire.mend()
            await page.context.clear_cookies()
            await opened_day(page, other)
            await keeps(page, rounds=1, waiting=2)
            assert f"T-{name}" not in await page.content()
            await expect(page.locator("[data-said-here]:visible")).to_have_count(0)

            await page.goto("/account")
            await page.locator("form[action='/sign-out'] button").first.click()
            await page.wait_for_url(re.compile("/sign-in"))
            await keeps(page, rounds=0, waiting=2)
            wire.cut()
            await page.goto("/today")
            await expect(page.locator("#nothing")).to_be_visible()
            for secret in (f"T-{name}", f"T-{other}", "Secret", "Geheim"):
                assert secret not in await page.content()
            assert await town.said(f"T-{name}a") == []

            wire.mend()
            await sign_in(page, name, PASSWORD)
            sent = look.words("Sent: what had waited on this phone.")
            await expect(page.locator("#connection")).to_have_text(sent)
            await keeps(page, rounds=1, waiting=0)
            assert await town.said(f"T-{name}a") == [("home_visit", "refused")]
            assert await town.said(f"T-{name}b") == [("at_door", "done")]


async def _say_it_offline(look: Look, wire: Wire, name: str, other: str) -> None:
    """An outcome, a contact at the door, and a call that is taken back."""
    page = look.page
    wire.cut()
    await look.press(".next [data-how]")
    await look.press("#how [value=refused]")
    kept = look.words("Kept on this phone; it is sent as soon as there is a connection.")
    await expect(page.locator("#connection")).to_have_text(kept)
    await page.goto("/today")  # the page that the phone keeps
    await expect(page.locator("#stops [data-stop]")).to_have_count(2)
    await expect(page.locator("[data-said-here]").first).to_contain_text(
        look.words("did not wish it")
    )
    await look.well_made()
    for way in ("door", "phone"):
        await look.press("[data-contact]")
        await look.press(f"label:has([data-code='T-{name}b'])")
        await look.press(f"#contact label:has([value={way}])")
        if way == "door":
            await look.well_made()
        await look.press("#contact [value=done]")
        await expect(page.locator("#contact")).to_be_hidden()
    said = page.locator("[data-said-here]").nth(1)
    await expect(said.locator("span")).to_have_count(2)
    await expect(said).to_contain_text(look.words("At the door"))
    await look.press(said.locator("[data-takes-back]").nth(1))
    await expect(said.locator("span")).to_have_count(1)
    assert await page.evaluate(KEPT) == [1, 2]
    waiting = await page.evaluate(WAITING)
    for secret in ("T-", "Secret", "Geheim", "Worker"):
        assert secret not in waiting

    await page.goto(f"/today/contact/T-{other}a")  # whom this phone does not know
    needs = await page.locator("#spoken").get_attribute("data-needs")
    await expect(page.locator("#connection")).to_have_text(needs or "?")
    await expect(page.locator("#contact")).to_be_hidden()
    await page.goto("/today/contact")
    await expect(page.locator("#contact")).to_be_visible()


async def test_a_contact_page_that_lost_its_connection_loses_nothing(
    chromium: Browser, town: Town
) -> None:
    name, other = await town.worker("lost"), await town.worker("unknown")
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            look = Look(page=page, language="en", phone=True)
            await opened_day(page, name)
            await page.goto(f"/today/contact/T-{other}a")
            await look.press("label:has([value=phone])")
            wire.cut()
            await look.press("button[value=done]")
            await expect(page.locator("#connection")).to_contain_text("This needs a connection")
            await expect(page.locator("[value=phone]")).to_be_checked()
            await keeps(page, rounds=1, waiting=0)
            wire.mend()
            await look.press("button[value=done]")
            await expect(page).to_have_url(re.compile(r"/today/encounters/\d+\?new"))
            assert await town.said(f"T-{other}a") == [("phone", "done")]

            await page.goto(f"/today/contact/T-{name}a")
            await look.press("label:has([value=office])")
            wire.cut()
            await look.press("button[value=done]")
            await expect(page.locator("[data-said-here]").first).to_contain_text("At the office")
            await keeps(page, rounds=1, waiting=1)

            wire.mend()  # unseen by the page that the phone keeps: what is said now goes out too
            await look.press("[data-how]")
            await look.press("#how [value=shortened]")
            await expect(page.locator("#connection")).to_contain_text("Sent")
            await keeps(page, rounds=1, waiting=0)
            assert await town.said(f"T-{name}a") == [
                ("consultation", "done"),
                ("home_visit", "shortened"),
            ]


async def test_the_last_word_counts(chromium: Browser, town: Town) -> None:
    name = await town.worker("twice")
    async with wired(town.site.address) as wire:
        site = Site(address=wire.address, database_url=town.site.database_url)
        async with opened_page(chromium, site, phone=True, loses_connection=True) as page:
            look = Look(page=page, language="en", phone=True)
            await opened_day(page, name)
            for outcome, lose in (("shortened", wire.stall), ("done", wire.cut)):
                lose()  # nobody waits in front of an open sheet for what a cellar swallows
                await look.press(".my-stops [data-how]")
                await look.press(f"#how [value={outcome}]")
                await expect(page.locator(".my-stops [data-said-here] span:visible")).to_have_text(
                    f"waits to be sent: {outcome}"
                )
            wire.mend()
            await page.goto("/today")
            await keeps(page, rounds=1, waiting=0)
            assert await town.said(f"T-{name}b") == [("home_visit", "done")]


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
