"""A look's own team for stories of notices and feeds: one worker, next week published for them."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.rounds.actions import cancel_visit, publish_roster
from tests.e2e.conftest import Site
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.web import person

LANGUAGES = ("nl", "fr", "en")
VISIT_DAYS = (4, 5)


@dataclass(frozen=True)
class Office:
    """A team with a worker who visits on Thursday and Friday of a published week.

    Both are more than two days ahead whenever a test runs: called off, they leave feeds at once.
    """

    site: Site
    lead: Viewer
    worker: Viewer
    worker_code: str
    login: str
    team: str
    week: date

    async def call_off(self) -> None:
        """Call off the worker's next visit and publish: whoever is touched is told."""
        async with self.site.database():
            found = await fetch_value(
                "select v.id from visits v join visit_workers k on k.visit = v.id"
                " where k.worker = $1 and v.state = 'placed' order by v.starts_at limit 1",
                self.worker.worker,
            )
            await cancel_visit(self.lead, found, expected_version=await self._version())
            await self._publish()

    async def _publish(self) -> None:
        await publish_roster(
            self.lead, team=self.team, week=self.week, expected_version=await self._version()
        )

    async def _version(self) -> int:
        version: int = await fetch_value(
            "select r.version from rosters r join teams t on t.id = r.team where t.code = $1",
            self.team,
        )
        return version


async def opened_office(site: Site, *, language: str, dark: bool, first: int = 1) -> Office:
    """Make a look's team and publish its next week; codes are numbered from `first` on."""
    number = first + 2 * LANGUAGES.index(language) + dark
    code, team_code, week = f"W-{number:02d}", f"ACT{number}", next_monday()
    async with site.database():
        team = await make.team(team_code)
        drafted = await roster(team, week)
        worker = await make.worker(code, team=team, first_name="Amina", last_name="Benali")
        for weekday in VISIT_DAYS:
            place = await make.place(lat=50.84 + number / 400, lon=4.34 + weekday / 500)
            tenant = await make.tenant(
                f"T-{10 * number + weekday:03d}",
                team=team,
                place=place,
                primary=worker,
                first_name="Zebulon",
                last_name="Quatrebarbes",
            )
            await make.agreement(tenant=tenant)
            seen_at = clock.now() - timedelta(days=9)
            await make.encounter(tenant=tenant, team=team, starts_at=seen_at, workers=(worker,))
            await visit(drafted, tenant, workers=(worker,), starts_at=at(week, weekday, time(11)))
        login = f"amina.{number}"
        office = Office(
            site=site,
            lead=await person(f"lead.{number}", ("team_lead", team)),
            worker=await person(login, ("worker", team), worker=worker, language=language),
            worker_code=code,
            login=login,
            team=team_code,
            week=week,
        )
        await office._publish()
    return office
