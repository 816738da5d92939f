"""People in front of the boards: who reads, in which language, signed in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from service import clock
from tests.service import factories as make
from tests.service.rounds.drafted import next_monday
from tests.support.web import Browser, browser, form_token, make_app, person


@dataclass(frozen=True)
class Office:
    """Team ACT with two workers and two tenants, and people who can sign in: `lead`, `worker`."""

    team: int
    workers: tuple[int, ...]
    tenants: tuple[int, ...]
    week: date

    @property
    def path(self) -> str:
        return f"/board/ACT/{self.week}"


async def office(*, workers: int = 2, tenants: int = 2) -> Office:
    """Fill an empty database; names are such that a leak would be seen."""
    team = await make.team("ACT", policy={"first_visit_pairs": False})
    people = [
        await make.worker(f"W-{n:02d}", team=team, first_name=f"Amina{n}")
        for n in range(1, workers + 1)
    ]
    housed = []
    for n in range(1, tenants + 1):
        place = await make.place(street_fr=f"Rue du Secret {n}", lat=50.84 + n / 500)
        tenant = await make.tenant(
            f"T-{n:03d}", team=team, place=place, first_name="Özgür", last_name=f"Hidden{n}"
        )
        await make.agreement(tenant=tenant)
        await make.encounter(
            tenant=tenant,
            team=team,
            starts_at=clock.now() - timedelta(days=9),
            workers=(people[0],),
        )
        housed.append(tenant)
    await person("lead", ("team_lead", team))
    await person("worker", ("worker", team), worker=people[0])
    await person("coordinator", "coordinator")
    return Office(team=team, workers=tuple(people), tenants=tuple(housed), week=next_monday())


@asynccontextmanager
async def reading(tmp_path: Path, login: str, **headers: str) -> AsyncIterator["Reader"]:
    """A browser in which `login` is signed in."""
    async with browser(make_app(tmp_path), **headers) as made:
        await made.sign_in(login)
        yield Reader(made.client)


class Reader(Browser):
    """A browser that sends forms with the token of the page it stands on."""

    async def post(
        self, path: str, *, on: str, htmx: bool = False, **fields: Any
    ) -> httpx.Response:
        """Send a form of the page `on`; with `htmx` as the page's script does."""
        token = form_token((await self.client.get(on)).text)
        headers = {"HX-Request": "true"} if htmx else {}
        return await self.client.post(path, data={"csrf_token": token} | fields, headers=headers)
