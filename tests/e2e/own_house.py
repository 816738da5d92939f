"""A look's own team for stories of tenants and workers: Özgür, Amina, Karim and their lead."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from playwright.async_api import Browser, Page, expect

from service import clock
from service.people.names import name_key
from tests.e2e.conftest import Site, assert_well_made, opened_page, sign_in
from tests.service import factories as make
from tests.support.passwords import PASSWORD
from tests.support.web import person

_numbers = count(10)


@dataclass(frozen=True)
class House:
    """A look, and the codes of its own people; logins are `lead-…`, `worker-…`, `admin-…`."""

    site: Site
    language: str
    dark: bool
    phone: bool
    number: int

    @property
    def team(self) -> str:
        return f"ACT{self.number}"

    @property
    def tenant(self) -> str:
        return f"/tenants/T-{self.number:03d}"

    @property
    def worker(self) -> str:
        return f"W-{self.number}1"

    @property
    def colleague(self) -> str:
        return f"W-{self.number}2"

    def login(self, who: str) -> str:
        """The login of this look's 'lead', 'worker' or 'admin'."""
        return f"{who}-{self.number}"

    @asynccontextmanager
    async def page(self, chromium: Browser, who: str) -> AsyncIterator[Page]:
        """A browser in this look, in which somebody is signed in."""
        async with opened_page(
            chromium, self.site, language=self.language, dark=self.dark, phone=self.phone
        ) as page:
            await sign_in(page, self.login(who), PASSWORD)
            yield page

    async def well_made(self, page: Page) -> None:
        """As `assert_well_made`; axe once in the light on a phone, once in the dark on a desktop.

        The other looks differ from these in words and colours that the first page of a story shows.
        """
        assert await page.locator("html").get_attribute("lang") == self.language
        await assert_well_made(page, phone=self.phone, axe=self.language == "nl")


async def own_house(site: Site, *, language: str, dark: bool, phone: bool) -> House:
    """Fill the database with one look's people."""
    house = House(site, language, dark, phone, next(_numbers))
    async with site.database():
        team = await make.team(house.team)
        amina = await make.worker(house.worker, team=team, first_name="Amina")
        karim = await make.worker(house.colleague, team=team, first_name="Karim")
        names = {"first": "Özgür", "last": "Aydın"}
        tenant = await make.tenant(
            f"T-{house.number:03d}",
            team=team,
            place=await make.place(street_fr="Rue du Nid", street_nl="Neststraat"),
            primary=amina,
            first_name=names["first"],
            last_name=names["last"],
            name_key=name_key(**names),
        )
        await make.agreement(tenant=tenant)
        await make.exclusion(tenant=tenant, worker=karim, review_on=clock.today())
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=clock.now() - timedelta(days=3),
            workers=(amina,),
        )
        await make.place(kind="hospital", name_fr="Clinique", name_nl="Ziekenhuis")
        await person(house.login("lead"), ("team_lead", team), language=language)
        await person(house.login("worker"), ("worker", team), worker=amina, language=language)
        await person(house.login("admin"), "administrator", language=language)
    return house


async def save(page: Page) -> None:
    """Press the form's main button."""
    await page.locator("main form.edit-form button.button-main").first.click()


async def saved(page: Page) -> None:
    """Save, and see that it was."""
    await save(page)
    await expect(page.locator(".notice-good")).to_be_visible()


async def refused(page: Page, *fields: str) -> None:
    """Save, and see an error beside each of these fields."""
    await save(page)
    for field in fields:
        await expect(page.locator(f"#{field}-error")).to_be_visible()


async def undone(page: Page) -> None:
    """Take back what was just done."""
    await page.locator(".notice-good form button").click()
    await expect(page.locator(".notice-good")).to_be_visible()
    await expect(page.locator(".notice-good form")).to_have_count(0)
