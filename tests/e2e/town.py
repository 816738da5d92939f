"""A town whose workers have a day, for browser tests, and how a test goes about their pages."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from playwright.async_api import Locator, Page

from scheduling.weeks import monday_of
from service import clock
from service.access.states import Language
from service.database.sql import execute, fetch_all
from service.web.i18n import gettext, speaking
from tests.e2e.conftest import Site, assert_well_made
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.support.web import person


@dataclass(frozen=True)
class Town:
    """A team, its hospital and its prison; each test brings its own workers and tenants."""

    site: Site
    team: int

    async def worker(self, name: str, *, language: str = "en") -> str:
        """Somebody with short visits to T-NAMEa and T-NAMEb today, and to T-NAMEc yesterday.

        Right after midnight: at whatever time the test runs, T-NAMEa comes first.
        """
        first = datetime.combine(clock.today(), time(0), tzinfo=clock.BRUSSELS)
        starts = (first, first + timedelta(minutes=5), first - timedelta(hours=12))
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
                    minutes=5,
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
