"""Notices and feeds in a real browser: told once a week is published, chosen, made and revoked."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import httpx
import pytest
from playwright.async_api import Browser, expect

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.rounds.actions import cancel_visit, publish_roster
from tests.e2e.conftest import Site, assert_well_made, opened_page, served, sign_in
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.database import Server
from tests.support.web import PASSWORD, person

pytestmark = pytest.mark.e2e

LANGUAGES = ("nl", "fr", "en")
LOOKS = pytest.mark.parametrize(
    ("language", "dark", "phone"),
    [
        pytest.param("nl", False, True, id="nl-light-phone"),
        pytest.param("fr", True, False, id="fr-dark-desktop"),
        pytest.param("en", True, True, id="en-dark-phone"),
    ],
)
OUTGOING = {
    "THUISRONDE_PUSH": "yes",
    "THUISRONDE_MAIL_HOST": "127.0.0.1",
    "THUISRONDE_MAIL_SECURITY": "none",
    "THUISRONDE_MAIL_SENDER": "rounds@example.be",
}


@pytest.fixture(scope="module")
def site(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with a mail server and push, which nothing here reaches."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    addresses = server.cloned_database(f"e2e_notices_{worker}")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in OUTGOING.items():
            patch.setenv(name, value)
        with served(addresses.app, tmp_path_factory.mktemp("data")) as address:
            yield Site(address=address, database_url=addresses.app)


@dataclass(frozen=True)
class Office:
    """Team ACT with a worker per language; next week is published, two visits for each."""

    site: Site
    lead: Viewer
    week: date

    async def publish(self) -> None:
        """Publish what is drafted; whoever is touched is told."""
        async with self.site.database():
            version = await fetch_value("select version from rosters")
            await publish_roster(self.lead, team="ACT", week=self.week, expected_version=version)

    async def call_off(self, worker: str) -> None:
        """Call off one visit that a worker is to make."""
        async with self.site.database():
            found = await fetch_value(
                "select v.id from visits v join visit_workers k on k.visit = v.id"
                " join workers w on w.id = k.worker where w.code = $1 and v.state = 'placed'",
                worker,
            )
            version = await fetch_value("select version from rosters")
            await cancel_visit(self.lead, found, expected_version=version)


@pytest.fixture(scope="module")
async def office(anyio_backend: str, site: Site) -> Office:
    week = next_monday()
    async with site.database():
        team = await make.team("ACT")
        drafted = await roster(team, week)
        for n, language in enumerate(LANGUAGES, start=1):
            worker = await make.worker(f"W-{n:02d}", team=team)
            await person(f"worker-{language}", ("worker", team), worker=worker, language=language)
            for weekday in (2, 4):
                place = await make.place(lat=50.84 + n / 400, lon=4.34 + weekday / 500)
                tenant = await make.tenant(team=team, place=place, primary=worker)
                await make.agreement(tenant=tenant)
                seen_at = clock.now() - timedelta(days=9)
                await make.encounter(tenant=tenant, team=team, starts_at=seen_at, workers=(worker,))
                starts_at = at(week, weekday, time(11))
                await visit(drafted, tenant, workers=(worker,), starts_at=starts_at)
        lead = await person("lead", ("team_lead", team))
        office = Office(site=site, lead=lead, week=week)
    await office.publish()
    return office


@LOOKS
async def test_a_worker_hears_of_the_week_and_chooses_how(
    chromium: Browser, office: Office, language: str, dark: bool, phone: bool
) -> None:
    worker = f"W-{LANGUAGES.index(language) + 1:02d}"
    async with opened_page(
        chromium, office.site, language=language, dark=dark, phone=phone
    ) as page:
        await page.clock.install()
        await sign_in(page, f"worker-{language}", PASSWORD)
        await expect(page.locator("#bell .bell-count")).to_have_text("1")
        await office.call_off(worker)
        await office.publish()
        await page.clock.run_for(61_000)  # the bell looks by itself
        await expect(page.locator("#bell .bell-count")).to_have_text("2")
        await page.locator("#bell").click()
        lines = page.locator(".notice-line")
        await expect(lines).to_have_count(2)
        await assert_well_made(page, phone=phone)

        await lines.first.locator(".notice-link").click()
        await expect(page).to_have_url(re.compile(rf"/my-week/{office.week}$"))
        await expect(page.locator("#bell .bell-count")).to_have_text("1")
        await page.goto("/notices")
        await page.locator("form[action='/notices/read'] button").click()
        await expect(page.locator(".bell-count")).to_have_count(0)
        await expect(page.locator(".notice-unread")).to_have_count(0)

        await page.goto("/account/notices")
        await assert_well_made(page, phone=phone)
        published = page.locator("input[value=week_published]")
        await published.and_(page.locator("[name=email]")).uncheck()
        await page.locator("input[name=quiet]").uncheck()
        await page.locator("form[action='/account/notices'] button").click()
        await expect(page.locator(".notice-good")).to_be_visible()
        await expect(published.and_(page.locator("[name=email]"))).not_to_be_checked()
        await expect(published.and_(page.locator("[name=in_app]"))).to_be_checked()
        await expect(page.locator("input[name=quiet]")).not_to_be_checked()
        always = page.locator("input[name=in_app][value=changed_today]")
        await expect(always).to_be_disabled()
        await page.locator("#address input[type=email]").fill("somebody@example.org")
        await page.locator("#address button").click()
        await expect(page.locator("#code")).to_be_visible()
        await page.locator("#code").fill("12345")
        await page.locator("form[action$='/confirm'] button").click()
        await expect(page.locator("#code-error")).to_be_visible()
        await assert_well_made(page, phone=phone)


@LOOKS
async def test_a_feed_is_made_shown_once_and_revoked(
    chromium: Browser, office: Office, language: str, dark: bool, phone: bool
) -> None:
    async with opened_page(
        chromium, office.site, language=language, dark=dark, phone=phone
    ) as page:
        await sign_in(page, f"worker-{language}", PASSWORD)
        await page.goto("/feeds")
        await page.locator("#device").fill("phone")
        await page.locator("#new-feed button[type=submit]").click()
        address = await page.locator("#feed-link").input_value()
        await assert_well_made(page, phone=phone)
        path = re.sub(r"^\w+://[^/]+", "", address)
        async with httpx.AsyncClient(base_url=office.site.address) as client:
            fed = await client.get(path)
            assert fed.text.count("BEGIN:VEVENT") >= 1

            await page.goto("/feeds")
            line = page.locator(".list li", has_text="phone")
            await expect(line).to_have_count(1)
            await expect(page.locator("#feed-link")).to_have_count(0)
            await assert_well_made(page, phone=phone)
            await line.locator("a[href$='/revoke']").click()
            await page.locator("form[action$='/revoke'] button").click()
            await expect(page.locator(".notice-good")).to_be_visible()
            await expect(page.locator(".list li", has_text="phone")).to_have_count(0)
            ended = await client.get(path)
            assert ended.text.count("BEGIN:VEVENT") == 1
            assert "TRANSP:TRANSPARENT" in ended.text


async def test_a_push_shows_its_line_and_nothing_else(chromium: Browser, office: Office) -> None:
    """Delivered to the page's own service worker, as a push service would."""
    async with opened_page(chromium, office.site) as page:
        await page.context.grant_permissions(["notifications"])
        await sign_in(page, "worker-en", PASSWORD)
        await page.goto("/account/notices")
        await page.wait_for_function("navigator.serviceWorker.ready")
        devtools = await page.context.new_cdp_session(page)
        registrations: dict[str, str] = {}
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: registrations.update(
                {each["scopeURL"]: each["registrationId"] for each in event["registrations"]}
            ),
        )
        await devtools.send("ServiceWorker.enable")
        await page.wait_for_timeout(200)
        scope = await page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)")
        payload = '{"title": "Your round of today has changed", "path": "/notices/1", "tag": "x"}'
        await devtools.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": office.site.address,
                "registrationId": registrations[scope],
                "data": payload,
            },
        )
        shown: list[list[str]] = []
        for _ in range(100):
            shown = await page.evaluate(
                "async () => { const it = await navigator.serviceWorker.ready;"
                " const all = await it.getNotifications();"
                " return all.map(one => [one.title, one.body, one.data.path]); }"
            )
            if shown:
                break
            await page.wait_for_timeout(100)
        assert shown == [["Your round of today has changed", "", "/notices/1"]]
