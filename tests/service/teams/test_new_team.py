"""A new team is entered by a coordinator, and its base moved by its lead."""

from pathlib import Path
from typing import Any

import pytest

from service.database.sql import fetch_one, fetch_value
from service.teams.queries import team_by_code
from service.teams.states import TeamKind
from tests.service.rounds.readers import office, reading
from tests.support.database import Server

pytestmark = pytest.mark.anyio
TYPED: dict[str, Any] = {
    "code": "NIGHT",
    "name": "Équipe de nuit",
    "kind": "mobile",
    "street": "Rue de la Lune",
    "house_number": "1",
    "point": "50.8466, 4.3528",
}
BASE = "/teams/ACT/settings/base/own"


async def test_a_coordinator_enters_a_team_with_its_base(database: Server, tmp_path: Path) -> None:
    await office()
    async with reading(tmp_path, "coordinator") as coordinator:
        assert 'href="/teams/new"' in (await coordinator.get("/workers")).text
        done = await coordinator.post("/teams/new", on="/teams/new", **TYPED)
        assert done.headers["Location"] == "/workers?team=NIGHT&said=added"
        assert (await coordinator.get(done.headers["Location"])).status_code == 200
    team = await team_by_code("NIGHT")
    assert team is not None
    assert (team.kind, team.policy.planned) == (TeamKind.MOBILE, True)
    place = await fetch_one("select kind, municipality from places where id = $1", team.base)
    assert place == {"kind": "base", "municipality": "21004"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "night"}, "code"),
        ({"code": "ACT"}, "code"),
        ({"code": "🌙"}, "code"),
        ({"name": ""}, "name"),
        ({"kind": "circus"}, "kind"),
        ({"street": ""}, "street"),
        ({"point": "48.85, 2.35"}, "point"),
        ({"point": ""}, "near"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    database: Server, tmp_path: Path, changed: dict[str, str], field: str
) -> None:
    await office()
    async with reading(tmp_path, "coordinator") as coordinator:
        refused = await coordinator.post("/teams/new", on="/teams/new", **TYPED | changed)
        assert refused.status_code == 422
        assert f'id="{field}-error"' in refused.text
    assert await fetch_value("select count(*) from teams") == 1


async def test_a_lead_moves_the_base_and_takes_it_back(database: Server, tmp_path: Path) -> None:
    await office()
    before = await fetch_value("select base from teams")
    typed: dict[str, Any] = {"street": "Rue Haute", "point": "50.8366, 4.3458"}
    async with reading(tmp_path, "lead") as lead:
        done = await lead.post(BASE, on=BASE, version="1", **typed)
        assert done.status_code == 303
        assert await fetch_value("select base from teams") != before
        assert 'value="50.83660, 4.34580"' in (await lead.get(BASE)).text
        step = done.headers["Location"].rpartition("=")[2]
        await lead.post(f"/undo/{step}", on="/teams/ACT/settings", next="/")
        assert await fetch_value("select base from teams") == before
        typed["point"] = "nowhere"
        refused = await lead.post(BASE, on=BASE, version="3", **typed)
        assert 'id="point-error"' in refused.text
