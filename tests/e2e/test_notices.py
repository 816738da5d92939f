"""Notices in each look: told, read, chosen; by e-mail to a confirmed address; by push."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from service import clock
from service.access.states import Language
from service.database.sql import fetch_value
from service.database.unit_of_work import unit_of_work
from service.jobs.worker import run_worker
from service.notices.actions import notify
from service.notices.states import LoneStep, NoticeKind
from service.notices.types import ChangedToday, LoneWorkerStep, Message, NoContact, Recipients
from service.notices.words import PUSH_TEXTS
from service.settings import current_settings
from service.web.i18n import gettext, speaking
from tests.e2e.conftest import Site, assert_well_made, in_both_looks, opened_page, served, sign_in
from tests.e2e.office import Office, opened_office
from tests.service import factories as make
from tests.support.database import Server
from tests.support.passwords import PASSWORD
from tests.support.push_service import PushService, TestBrowser, push_service
from tests.support.smtp import MailServer, mail_server
from tests.support.web import person

pytestmark = pytest.mark.e2e

STAND_IN = (Path(__file__).parent / "push_stand_in.js").read_text(encoding="utf-8")
NAMES = re.compile("Amina|Benali|Zebulon|Quatrebarbes|T-0|W-0")


@pytest.fixture(scope="module")
def pushes() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture(scope="module")
def site(
    server: Server, pushes: PushService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The service with a mail server, and with push to a push service on this machine."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    addresses = server.cloned_database(f"e2e_notices_{worker}")
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "DATA_DIR": str(folder),
            "PUSH": "yes",
            "PUSH_HOSTS": "127.0.0.1",
            "MAIL_HOST": "127.0.0.1",
            "MAIL_SECURITY": "none",
            "MAIL_SENDER": "rounds@example.be",
        }.items():
            patch.setenv(f"THUISRONDE_{name}", value)
        with served(addresses.app, folder) as address:
            yield Site(address=address, database_url=addresses.app)
    current_settings.cache_clear()


@in_both_looks("fr")
async def test_a_worker_hears_of_the_week_and_reads_it(
    chromium: Browser, site: Site, language: str, dark: bool, phone: bool
) -> None:
    office = await opened_office(site, language=language, dark=dark)
    axe = language == "fr"
    async with opened_page(chromium, site, language=language, dark=dark, phone=phone) as page:
        await page.clock.install()
        async with page.expect_response("**/lone/card"):  # what is under way would time out below
            await sign_in(page, office.login, PASSWORD)
        await expect(page.locator("#bell .bell-count")).to_have_text("1")
        await office.call_off()
        await _tell(office, ChangedToday(team=office.team, day=clock.today(), revision=2, moved=1))
        await page.clock.run_for(61_000)  # the bell looks by itself
        await expect(page.locator("#bell .bell-count")).to_have_text("3")
        await page.locator("#bell").click()
        lines = page.locator(".notice-line")
        await expect(lines).to_have_count(3)
        await _well_made(page, phone=phone, axe=axe)

        await lines.nth(1).locator(".notice-link").press("Enter")
        await expect(page).to_have_url(re.compile(rf"/my-week/{office.week}$"))
        await expect(page.locator("#bell .bell-count")).to_have_text("2")
        await page.goto("/notices")
        await page.locator("form[action='/notices/read'] button").click()
        await expect(page.locator(".bell-count")).to_have_count(0)
        await expect(page.locator(".notice-unread")).to_have_count(0)
        await _well_made(page, phone=phone, axe=axe)
        await lines.first.locator("form[action$='/unread'] button").click()
        await expect(page.locator(".notice-unread")).to_have_count(1)
        await lines.first.locator(".notice-link").click()
        await expect(page).to_have_url(re.compile(r"/today$"))


@in_both_looks("en")
async def test_each_person_chooses_how_they_are_told(
    chromium: Browser,
    site: Site,
    pushes: PushService,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    dark: bool,
    phone: bool,
) -> None:
    """By kind and way; by e-mail to an address whose code came back; by push to this browser."""
    office = await opened_office(site, language=language, dark=dark, first=11)
    axe = language == "en"
    async with (
        mail_server() as post,
        opened_page(chromium, site, language=language, dark=dark, phone=phone) as page,
    ):
        with monkeypatch.context() as patch:
            patch.setenv("THUISRONDE_MAIL_PORT", str(post.port))
            current_settings.cache_clear()
            await sign_in(page, office.login, PASSWORD)
            await page.goto("/account/notices")
            await _choose(page)
            await _well_made(page, phone=phone, axe=axe)

            await _confirm_address(page, office, post, phone=phone, axe=axe)
            await _tell(office, NoContact(alert=7, tenant="T-041", days=12))
            await _work(site)
            mail = post.taken[-1]
            assert mail["Content-Language"] == language
            assert not NAMES.search(f"{mail['Subject']} {mail.get_content()}")
            assert re.search(r"/notices/\d+", mail.get_content())

            await _push_to_this_browser(page, office, pushes, phone=phone, axe=axe)
            await page.locator("form[action$='/address/remove'] button").click()
            await expect(page.locator("form[action$='/address/remove']")).to_have_count(0)
        current_settings.cache_clear()


@pytest.mark.parametrize(("dark", "phone"), [(False, True), (True, False)], ids=["phone", "desk"])
async def test_nothing_to_say_and_what_did_not_go_out(
    chromium: Browser, site: Site, dark: bool, phone: bool
) -> None:
    login = f"admin.{dark}".lower()
    async with site.database():
        admin = await person(login, "administrator", language="nl")
        now = datetime.now(UTC)
        notice = await make.insert(
            "notices",
            account=admin.account,
            kind="absence",
            key="absence:1",
            object_kind="worker",
            object_ref="W01",
            path="/notices",
            message={"type": "absence", "worker": "W-01", "starts_on": "2026-11-30"},
            shown=False,
            created_at=now,
        )
        await make.insert(
            "notice_deliveries",
            notice=notice,
            channel="email",
            state="failed",
            problem="address_refused",
            attempts=1,
            due_at=now,
            ended_at=now - timedelta(minutes=1),
        )
        await make.insert(
            "notice_settings", account=admin.account, email="a@example.org", refused_at=now
        )
    async with opened_page(chromium, site, language="nl", dark=dark, phone=phone) as page:
        await sign_in(page, login, PASSWORD)
        await page.goto("/notices")
        await expect(page.locator("main .state")).to_be_visible()
        await assert_well_made(page, phone=phone)
        await page.goto("/account/notices")
        await expect(page.locator("main .wish")).to_have_count(0)
        await assert_well_made(page, phone=phone)
        await page.goto("/notices/failed")
        await expect(page.locator(".list li", has_text=login)).not_to_have_count(0)
        await expect(page.locator("main")).not_to_contain_text("a@example.org")
        await assert_well_made(page, phone=phone)


async def _well_made(page: Page, *, phone: bool, axe: bool) -> None:
    """Judge the page from its top: a target half under the top bar would count as a small one."""
    await page.evaluate("scrollTo(0, 0)")
    await assert_well_made(page, phone=phone, axe=axe)


async def _choose(page: Page) -> None:
    """Week by push alone, no quiet hours; what changes today cannot be turned off."""
    published = page.locator("input[value=week_published]")
    await published.and_(page.locator("[name=email]")).uncheck()
    await page.locator("input[name=email][value=no_contact]").check()
    await page.locator("input[name=quiet]").uncheck()
    await page.locator("form[action='/account/notices'] button").click()
    await expect(page.locator(".notice-good")).to_be_visible()
    await expect(published.and_(page.locator("[name=email]"))).not_to_be_checked()
    await expect(published.and_(page.locator("[name=in_app]"))).to_be_checked()
    await expect(page.locator("input[name=quiet]")).not_to_be_checked()
    always = page.locator("input[name=in_app][value=changed_today]")
    await expect(always).to_be_disabled()
    await expect(always).to_be_checked()


async def _confirm_address(
    page: Page, office: Office, post: MailServer, *, phone: bool, axe: bool
) -> None:
    await page.locator("#address input[type=email]").fill("somebody@example.org")
    await page.locator("form[action$='/notices/address'] button").click()
    await expect(page.locator("#code")).to_be_visible()
    await _work(office.site)
    found = re.search(r"\b\d{6}\b", post.taken[-1].get_content())
    assert found is not None
    await page.locator("#code").fill("12345")
    await page.locator("form[action$='/confirm'] button").click()
    await expect(page.locator("#code-error")).to_be_visible()
    await _well_made(page, phone=phone, axe=axe)
    await page.locator("#code").fill(found[0])
    await page.locator("#code").press("Enter")
    await expect(page.locator("#address .tag-good")).to_be_visible()


async def _push_to_this_browser(
    page: Page, office: Office, pushes: PushService, *, phone: bool, axe: bool
) -> None:
    """From the button to the line on the screen; only the vendor's push service is another one."""
    browser, name = TestBrowser(), office.login
    keys = {"key": list(browser.public_key), "secret": list(browser.secret)}
    await page.context.add_init_script(
        f"globalThis.standIn = {{endpoint: '{pushes.endpoint(name)}', ...{keys}}};\n{STAND_IN}"
    )
    await page.goto("/account/notices")
    add = page.locator("[data-push-add] button")
    await add.click()
    await expect(page.locator("[data-push-said]")).not_to_be_empty()
    await _well_made(page, phone=phone, axe=axe)
    await page.context.grant_permissions(["notifications"])
    await add.click()
    await expect(page.locator("#push .list .tag-good")).to_be_visible()
    await expect(add).to_be_hidden()
    await _well_made(page, phone=phone, axe=axe)

    await _tell(office, LoneWorkerStep(check=4, worker="W-99", step=LoneStep.BUDDY, minutes=20))
    await _work(office.site)
    (received,) = [one for one in pushes.received if name in one.path]
    told = browser.read(received.body).decode()
    shown = await _shown(page, office.site, told)
    with speaking(Language(office.worker.language)):
        expected = gettext(PUSH_TEXTS[NoticeKind.LONE_WORKER])
    async with office.site.database():
        notice = await fetch_value("select max(id) from notices")
    assert shown == [[expected, "", f"/notices/{notice}"]]
    await (
        page.locator("form[action$='/remove']", has=page.locator("button"))
        .last.locator("button")
        .click()
    )
    await expect(add).to_be_visible()


async def _shown(page: Page, site: Site, payload: str) -> list[list[str]]:
    """Deliver a push to the page's own service worker and return what it shows."""
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
    scope = await page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)")
    for turn in range(100):
        if scope in registrations and turn % 20 == 0:  # one that just starts may miss it
            await devtools.send(
                "ServiceWorker.deliverPushMessage",
                {
                    "origin": site.address,
                    "registrationId": registrations[scope],
                    "data": payload,
                },
            )
        shown: list[list[str]] = await page.evaluate(
            "async () => { const it = await navigator.serviceWorker.ready;"
            " const all = await it.getNotifications();"
            " return all.map(one => [one.title, one.body, one.data.path]); }"
        )
        if shown:
            return shown
        await page.wait_for_timeout(100)
    return []


async def _tell(office: Office, message: Message) -> None:
    """Tell the office's worker something, as its cause would."""
    async with office.site.database(), unit_of_work() as uow:
        to = Recipients(accounts=frozenset({office.worker.account}))
        await notify(uow, message, to=to, key=f"{message}"[:120])


async def _work(site: Site) -> None:
    """Do the jobs that are waiting."""
    async with site.database():
        await run_worker(wait=False)
