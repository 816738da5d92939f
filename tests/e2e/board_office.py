"""A team of a test's own in the database of the browser tests: three workers, five tenants."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from playwright.async_api import Locator, Page

from service import clock
from service.access.queries import account_by_login
from service.access.sessions import open_session
from service.database.sql import fetch_one
from tests.e2e.conftest import Site
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.web import person

_numbers = count(1)


@dataclass(frozen=True)
class Office:
    """A team with a draft of next week, in order: Amina's visits of Monday to Thursday, at 9:30,
    and Karim's of Tuesday. Lies must not go to the first tenant.

    `lead`, `second` (a lead as well) and `worker` (Karim, who plans his own) are logins.
    """

    site: Site
    code: str
    week: date
    workers: tuple[str, ...]
    tenants: tuple[str, ...]
    visits: tuple[int, ...]

    @property
    def path(self) -> str:
        return f"/board/{self.code}/{self.week}"

    def day(self, number: int) -> date:
        return self.week + timedelta(days=number)

    def login(self, who: str) -> str:
        return f"{who}-{self.code}".lower()

    async def enter(self, page: Page, who: str) -> None:
        """Give the page's browser a session of somebody of this team."""
        async with self.site.database():
            account = await account_by_login(self.login(who))
            assert account is not None
            session = await open_session(account.id, browser="Chromium")
        assert session.token is not None
        await page.context.add_cookies(
            [{"name": "thuisronde", "value": session.token, "url": self.site.address}]
        )

    async def stands(self, number: int) -> tuple[date, str, tuple[str, ...]]:
        """Where a visit stands in the database: day, time, workers."""
        async with self.site.database():
            row = await fetch_one(
                "select v.starts_at at time zone 'Europe/Brussels' as at, array(select w.code from"
                " visit_workers x join workers w on w.id = x.worker where x.visit = v.id"
                " order by x.seat) as workers from visits v where v.id = $1",
                self.visits[number],
            )
        assert row is not None
        return row["at"].date(), f"{row['at']:%H:%M}", tuple(row["workers"])


async def office(site: Site, *, language: str) -> Office:
    """Make a team whose codes no other test has; its people read `language`."""
    number, week = next(_numbers), next_monday()
    policy = {"first_visit_pairs": False, "open_on_holidays": True}
    workers = tuple(f"W-{number}{n}" for n in range(1, 4))
    tenants = tuple(f"T-{number}{n}" for n in range(1, 6))
    async with site.database():
        team = await make.team(f"M{number}", kind="icm", policy=policy)
        people = [
            await make.worker(code, team=team, first_name=name)
            for code, name in zip(workers, ("Amina", "Karim", "Lies"), strict=True)
        ]
        draft = await roster(team, week)
        visits = []
        for n, code in enumerate(tenants):
            place = await make.place(lat=50.8425 + n / 400, lon=4.342 + n / 500)
            own = people[0 if n < 4 else 1]
            tenant = await make.tenant(code, team=team, place=place, primary=own)
            await make.agreement(tenant=tenant)
            await make.encounter(
                tenant=tenant,
                team=team,
                starts_at=clock.now() - timedelta(days=9),
                workers=(people[0],),
            )
            if n == 0:
                await make.exclusion(worker=people[2], tenant=tenant)
            weekday = n + 1 if n < 4 else 2
            visits.append(await visit(draft, tenant, workers=(own,), starts_at=at(week, weekday)))
        made = Office(site, f"M{number}", week, workers, tenants, tuple(visits))
        for who in ("lead", "second"):
            await person(made.login(who), ("team_lead", team), language=language)
        await person(made.login("worker"), ("worker", team), worker=people[1], language=language)
    return made


def card(page: Page, number: int) -> Locator:
    """A visit where it stands in the week."""
    return page.locator(f".week [data-visit='{number}']")


def cell(page: Page, at_work: Office, worker: int, day: int) -> Locator:
    """A worker's day."""
    code, on = at_work.workers[worker], at_work.day(day)
    return page.locator(f".week td[data-worker='{code}'][data-day='{on}']")
