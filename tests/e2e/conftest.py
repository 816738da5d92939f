"""A real browser in front of a real server on a database of its own."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request, async_playwright

from service.database.opening import opened_pool
from tests.support.database import Server

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_THERE = CHROMIUM.exists()
# What Playwright leaves out of Chromium, since only the last such list counts; and two windows of
# the address bar that each page would have of its own, and that take as long to load as the page.
_LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
ARGUMENTS = [
    f"--disable-features={','.join(_LEFT_OUT)}",
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")

_LOOKS = {
    "nl-light-phone": ("nl", False, True),
    "nl-dark-desktop": ("nl", True, False),
    "fr-dark-phone": ("fr", True, True),
    "fr-light-desktop": ("fr", False, False),
    "en-light-desktop": ("en", False, False),
    "en-dark-phone": ("en", True, True),
}


def _looks(names: Iterable[str]) -> pytest.MarkDecorator:
    looks = [pytest.param(*_LOOKS[name], id=name) for name in names]
    return pytest.mark.parametrize(("language", "dark", "phone"), looks)


in_each_look = _looks(_LOOKS)
"""Six looks in which every two of language, light and size meet."""


def in_both_looks(language: str) -> pytest.MarkDecorator:
    """The two looks of a language: light and dark, a phone and a desktop."""
    return _looks(name for name in _LOOKS if name.startswith(language))


_pictures = count(1)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Told in the page: all that axe looked at would take longer to fetch than it took to look. From its
# top: further down the bar that stays lies over whatever happens to be below it.
_AXE_FINDS = """
async tags => {
  const only = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  const { scrollX, scrollY } = globalThis;
  scrollTo({ top: 0, left: 0, behavior: 'instant' });
  const { violations } = await axe.run(document, only);
  scrollTo({ top: scrollY, left: scrollX, behavior: 'instant' });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}
"""
_SMALL_TARGETS = """
() => [...document.querySelectorAll('button, input, select, summary, a')]
    .filter(e => e.type !== 'hidden' && e.checkVisibility() && !e.matches('.skip-link'))
    .filter(e => !e.closest('p, dd, td') && !e.closest('label'))
    .filter(e => e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 120))
"""


@dataclass(frozen=True)
class Site:
    """The running service: where it answers, and its database for rows of a test's own."""

    address: str
    database_url: str

    @asynccontextmanager
    async def database(self) -> AsyncIterator[None]:
        """Open the service's database in the test process."""
        async with opened_pool(self.database_url, most_connections=2):
            yield


@pytest.fixture(scope="module")
async def chromium(anyio_backend: str, server: Server) -> AsyncIterator[Browser]:
    """Debian's Chromium; a test that needs it is skipped where it is missing.

    Not for the whole session, and after the server: while an asynchronous fixture is open,
    synchronous tests and fixtures of the same process cannot call `anyio.run`.
    """
    if not CHROMIUM_THERE:
        pytest.skip(f"{CHROMIUM} is not installed: the browser tests are left out")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
def site(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service on an empty, migrated database, one for each file of tests."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    addresses = server.cloned_database(f"e2e_{worker}")
    with served(addresses.app, tmp_path_factory.mktemp("data")) as address:
        yield Site(address=address, database_url=addresses.app)


@contextmanager
def served(url: str, data_dir: Path, *, moved: timedelta = timedelta()) -> Iterator[str]:
    """The service in a process of its own, with its clock moved; yields its address."""
    environment = {**os.environ, "THUISRONDE_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.serve", url, str(moved.total_seconds())],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), "the service did not start: see its error above"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@asynccontextmanager
async def opened_page(
    chromium: Browser,
    site: Site,
    *,
    language: str = "en",
    dark: bool = False,
    phone: bool = False,
    loses_connection: bool = False,
) -> AsyncIterator[Page]:
    """A page of a fresh browser; afterwards no error on its console and no foreign request.

    With `loses_connection` the console may say that something could not be fetched.
    """
    context = await chromium.new_context(
        base_url=site.address,
        locale=language,
        color_scheme="dark" if dark else "light",
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        has_touch=phone,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(20_000)
    noise: list[str] = []
    foreign: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            foreign.append(request.url)

    page.on("console", lambda line: noise.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", note)
    try:
        yield page
        # Chromium calls every 4xx page an error of the console: expected answers are none.
        assert [
            line
            for line in noise
            if not line.startswith("Failed to load resource")
            and not (loses_connection and "Failed to fetch" in line)
        ] == []
        assert foreign == []
    finally:
        await context.close()


async def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: rule, element, and what to do."""
    if not await page.evaluate("'axe' in globalThis"):
        await page.evaluate(AXE)
    found: list[str] = await page.evaluate(_AXE_FINDS, AXE_TAGS)
    return found


async def assert_well_made(page: Page, *, phone: bool = False, axe: bool = True) -> None:
    """Nothing axe complains of, nothing wider than the window, targets for thumbs.

    Without `axe` only what is quickly looked at, for looks in which axe would find nothing new.
    With SCREENSHOTS=folder in the environment a picture of each page is left there, to look at.
    """
    await page.wait_for_load_state("load")  # style sheets included
    if SCREENSHOTS:
        name = os.environ["PYTEST_CURRENT_TEST"].rpartition("::")[2].partition(" ")[0]
        await page.screenshot(path=f"{SCREENSHOTS}/{name}-{next(_pictures)}.png", full_page=True)
    if axe:
        assert await axe_violations(page) == []
    width = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width == 0, f"the page is {width} pixels wider than its window"
    if phone:
        assert await page.evaluate(_SMALL_TARGETS) == []


async def sign_in(page: Page, login: str, password: str) -> None:
    """Sign in through the page, in whatever language it is."""
    await page.goto("/sign-in")
    await page.locator("#login").fill(login)
    await page.locator("#password").fill(password)
    await page.locator("main button[type=submit]").click()
    await page.wait_for_url(lambda url: "/sign-in" not in url)
