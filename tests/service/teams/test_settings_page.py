"""The page of a team's settings: what it shows, keeps and refuses."""

from pathlib import Path

import pytest

from service.database.sql import execute, fetch_one
from service.teams.policy import read_policy
from service.teams.states import TeamKind
from tests.service.rounds.readers import office, reading
from tests.support.database import Server

pytestmark = pytest.mark.anyio
PATH = "/teams/ACT/settings"
TYPED = {
    "version": "1",
    "name": "Team ACT",
    "kind": "act",
    "caseload": "rotation",
    "days_shown": ["1", "2"],
    "opening": "9:00-17:00",
    "reserve_minutes": "60",
    "gap_days": "1",
    "weights_preset": "act",
}


async def test_a_lead_says_what_workers_do_themselves_and_how_many_tenants_they_have(
    database: Server, tmp_path: Path
) -> None:
    await office()
    await execute("update accounts set language = 'en'")
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(PATH)).text
        assert 'href="/safety/ACT"' in seen
        assert 'name="tenants_per_worker" type="number" value="10"' in seen
        for named in ("Workers plan their own visits", "Workers enter their own absences"):
            assert named in seen
        refused = await lead.post(PATH, on=PATH, **TYPED, tenants_per_worker="0")
        assert refused.status_code == 422
        assert 'id="tenants_per_worker-error"' in refused.text
        done = await lead.post(
            PATH, on=PATH, **TYPED, tenants_per_worker="14", workers_plan_own="true"
        )
        assert done.status_code == 303
    row = await fetch_one("select policy from teams where code = 'ACT'")
    assert row is not None
    policy = read_policy(TeamKind.ACT, row["policy"])
    assert policy.tenants_per_worker == 14
    assert (policy.workers_plan_own, policy.own_absences) == (True, False)
