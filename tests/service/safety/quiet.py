"""A tenant met once, whom nobody meets after that, and a clock to move."""

from datetime import UTC, datetime, timedelta

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.safety import rounds
from service.safety.actions import after_encounter
from tests.service import factories as make

START = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # noon in Brussels, a Monday
DAY = timedelta(days=1)


class Quiet:
    """Team ACT and its tenant T-001, met on day 0 (`start`), with a gap of ten days agreed."""

    start: datetime
    team: int
    tenant: int
    lead: Viewer
    worker: Viewer
    worker_id: int
    people: dict[str, Viewer]

    async def visit(self, day: float, outcome: str, *, kind: str = "home_visit") -> None:
        """Record an encounter on that day, at once, as the product does."""
        at = self.start + day * DAY
        with clock.stopped(at):
            await make.encounter(
                tenant=self.tenant, team=self.team, starts_at=at, outcome=outcome, kind=kind
            )
            async with unit_of_work() as uow:
                await after_encounter(uow, tenant=self.tenant, visit=None, workers=(), by=None)

    async def morning(self, day: float) -> bool:
        """Let the clock judge on the morning of a day; whether an alert is open then."""
        with clock.stopped(self.start + day * DAY - timedelta(hours=5)):
            await rounds.judge_everybody()
        return await self.alert() is not None

    async def opens_on(self, *, first: int = 1, last: int = 40) -> int | None:
        """The first day on whose morning an alert is open."""
        for day in range(first, last):
            if await self.morning(day):
                return day
        return None

    async def alert(self) -> int | None:
        found: int | None = await fetch_value(
            "select id from contact_alerts where closed_at is null"
        )
        return found

    async def ends(self) -> list[str]:
        rows = await fetch_all("select end_kind from contact_alerts order by id")
        return [row["end_kind"] for row in rows]


async def somebody_quiet(*, start: datetime = START) -> Quiet:
    """Make the team, its people and the one contact."""
    made = Quiet()
    made.start = start
    made.team, other = await make.team("ACT"), await make.team("ICM", kind="icm")
    worker = await make.worker("W-01", team=made.team)
    made.tenant = await make.tenant("T-001", team=made.team, primary=worker)
    await make.agreement(tenant=made.tenant)
    await make.encounter(tenant=made.tenant, team=made.team, starts_at=start)
    made.worker_id = worker
    made.lead = await make.account("lead", role="team_lead", team=made.team)
    made.worker = await make.account("worker", role="worker", team=made.team, worker=worker)
    made.people = {
        "stranger": await make.account("stranger", role="team_lead", team=other),
        "housing": await make.account("housing", role="housing_officer"),
        "coordinator": await make.account("coordinator", role="coordinator"),
    }
    return made
