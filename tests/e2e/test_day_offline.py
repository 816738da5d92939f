"""A worker's day without a connection: kept on the phone, sent once, forgotten in time."""

import re
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Page, expect

from tests.e2e.conftest import Site, in_each_look, opened_page, sign_in
from tests.e2e.outage import Wire, wired
from tests.e2e.town import Look, Town, town
from tests.support.passwords import PASSWORD

__all__ = ["town"]
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
