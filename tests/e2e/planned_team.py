"""A team of a look's own for the stories of planning: workers, tenants, a lead, drafted weeks."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from service import clock
from service.access.policy import Viewer
from service.access.queries import account_by_login
from service.database.sql import fetch_value
from service.jobs.worker import run_worker
from service.rounds.actions import publish_roster, unplace_visit
from tests.e2e.conftest import Site
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.web import person

NAMES = ("Amina", "Karim", "Lies")


@dataclass(frozen=True)
class PlannedTeam:
    """A team that is planned from nothing: `login` leads it and is one of its workers."""

    site: Site
    code: str
    login: str
    ids: tuple[int, ...]
    tenants: tuple[int, ...]
    week: date

    @property
    def path(self) -> str:
        return f"/board/{self.code}/{self.week}"

    async def lead(self) -> Viewer:
        """The lead as a viewer; the database must be open."""
        found = await account_by_login(self.login)
        assert found is not None
        return found.viewer()

    async def work(self) -> None:
        """Let the planner work on what waits in the queue."""
        async with self.site.database():
            await run_worker(wait=False)

    async def unplace_one(self) -> None:
        """Take one visit of the week off it, as a lead does."""
        async with self.site.database():
            one = await fetch_value(
                "select min(v.id) from visits v join rosters r on r.id = v.roster"
                " join teams t on t.id = r.team"
                " where t.code = $1 and r.week = $2 and v.state = 'placed'",
                self.code,
                self.week,
            )
            await unplace_visit(
                await self.lead(), one, expected_version=await self.version(self.week)
            )

    async def version(self, week: date) -> int:
        """The version of a week's draft; the database must be open."""
        found: int = await fetch_value(
            "select r.version from rosters r join teams t on t.id = r.team"
            " where t.code = $1 and r.week = $2",
            self.code,
            week,
        )
        return found

    async def draft(self, team: int, week: date) -> None:
        """Two visits for each worker, morning and afternoon; the morning ones are promised."""
        made = await roster(team, week)
        for n, tenant in enumerate(self.tenants):
            afternoon, worker = divmod(n, len(self.ids))
            await visit(
                made,
                tenant,
                workers=(self.ids[worker],),
                starts_at=at(week, 3 + worker, time(14 if afternoon else 10, 30)),
                promised=not afternoon,
            )


async def made_team(site: Site, code: str, *, language: str, drafted: int = 0) -> PlannedTeam:
    """Three workers and six tenants; the next week published and more `drafted`, if any."""
    week = next_monday()
    async with site.database():
        team = await make.team(code, kind="icm", policy={"first_visit_pairs": False})
        ids = [
            await make.worker(f"{code}-{n}", team=team, first_name=name)
            for n, name in enumerate(NAMES, start=1)
        ]
        tenants = []
        for n in range(1, 7):
            place = await make.place(lat=50.84 + n / 400, lon=4.34 + n / 500)
            tenant = await make.tenant(f"{code}T{n}", team=team, place=place, primary=ids[n % 3])
            await make.agreement(tenant=tenant)
            seen = clock.now() - timedelta(days=9)
            await make.encounter(tenant=tenant, team=team, starts_at=seen, workers=(ids[0],))
            tenants.append(tenant)
        login = f"lead-{code.lower()}"
        await person(login, ("team_lead", team), worker=ids[0], language=language)
        made = PlannedTeam(site, code, login, tuple(ids), tuple(tenants), week)
        for n in range(drafted):
            await made.draft(team, week + timedelta(weeks=n))
        if drafted:
            await publish_roster(
                await made.lead(), team=code, week=week, expected_version=await made.version(week)
            )
    return made
