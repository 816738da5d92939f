"""A small team's week for tests: three workers, a handful of tenants, around the middle of town."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from service.access.policy import Viewer
from tests.service import factories as make

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WEEK = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Scene:
    """Ids of what was made; codes are `W-001` .. and `T-001` .. in order."""

    team: int
    workers: tuple[int, ...]
    tenants: tuple[int, ...]
    places: tuple[int, ...]
    lead: Viewer
    code: str = "ICM"


async def small_team(*, tenants: int = 6, workers: int = 3, code: str = "ICM") -> Scene:
    """A team with a lead; tenants are known, seen ten days ago, once a week."""
    team = await make.team(code, kind="icm")
    people = tuple([await make.worker(team=team) for _ in range(workers)])
    housed, places = [], []
    for n in range(tenants):
        place = await make.place(lat=50.84 + n * 0.003, lon=4.34 + n * 0.002)
        tenant = await make.tenant(team=team, place=place, primary=people[n % workers])
        await make.agreement(tenant=tenant)
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=THURSDAY - timedelta(days=10),
            workers=(people[n % workers],),
        )
        housed.append(tenant)
        places.append(place)
    lead = await make.account(f"lead-{code.lower()}", role="team_lead", team=team)
    return Scene(
        team=team,
        workers=people,
        tenants=tuple(housed),
        places=tuple(places),
        lead=lead,
        code=code,
    )
