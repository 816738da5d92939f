"""Filling an empty database with the demonstration, once."""

from dataclasses import dataclass
from datetime import date

from service import clock
from service.audit.actions import Detail, record
from service.database.unit_of_work import unit_of_work
from service.demo.build import build
from service.demo.history import Progress
from service.demo.queries import FILLED, Marker, demonstration, holds_people
from service.demo.write import write_demo
from service.demo.write_safety import write_safety
from service.errors import ThuisrondeError


class NotEmpty(ThuisrondeError):
    """The database holds people already, and they are not this demonstration's."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling came to: `written` rows by table, none where the demonstration was there."""

    marker: Marker
    written: dict[str, int]


async def fill(*, seed: int, today: date | None = None, progress: Progress | None = None) -> Filled:
    """Fill the database in one unit of work; a database that holds this one already is kept.

    `today` is the day the demonstration is made for, by default the clock's. `progress` is told
    how many contacts have been made, of how many. Writes one audit entry that marks the database.

    Raises:
        NotEmpty: people are there who are not the demonstration of this seed.
    """
    day = today or clock.today()
    async with unit_of_work() as uow:
        await uow.connection.execute("lock table tenants in share row exclusive mode")
        found = await demonstration()
        if found is not None and found.seed == seed:
            return Filled(marker=found, written={})
        if found is not None:
            raise NotEmpty(
                f"The database holds the demonstration of seed {found.seed} already.",
                advice="Keep it, or choose another data folder for another seed.",
            )
        if await holds_people():
            raise NotEmpty(
                "The database holds people already.",
                advice="A demonstration needs an empty one: choose another data folder.",
            )
        now = clock.now()
        drawn = await uow.connection.fetchval(
            "select nextval(pg_get_serial_sequence('agreements', 'id'))"
        )
        demo = build(seed=seed, now=now, today=day, first_agreement=drawn + 1, progress=progress)
        written = await write_demo(uow, demo, now=now)
        written |= await write_safety(uow, demo, now=now)
        detail: dict[str, Detail] = {"seed": seed, "today": day.isoformat()}
        await record(uow, None, FILLED, "database", "demonstration", detail)
        return Filled(marker=Marker(seed=seed, today=day), written=written)
