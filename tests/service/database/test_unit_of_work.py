"""The unit of work: whole or not at all, and the connection always comes back."""

from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.teams.tables import Team
from tests.support.database import Server

TEAM = "insert into teams (code, name, kind, policy, version, active)"
TEAM += " values ($1, $1, 'act', '{}', 1, true)"


async def count() -> int:
    value = await fetch_value("select count(*) from teams")
    assert isinstance(value, int)
    return value


async def test_it_commits(database: Server) -> None:
    async with unit_of_work():
        await execute(TEAM, "A")
        await Team.update({Team.name: "renamed"}).where(Team.code == "A")
    assert await fetch_value("select name from teams") == "renamed"


async def test_rb(rolled_back: object) -> None:
    await execute(TEAM, "A")
    assert await count() == 1
    async with unit_of_work():
        await execute(TEAM, "B")
    assert await count() == 2
