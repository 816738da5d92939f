"""Accounts and the audit trail as their administrator uses them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.access.queries import account_by_login
from service.access.states import Role
from service.database.sql import execute, fetch_all, fetch_value
from tests.service import factories as make
from tests.service.rounds.readers import reading
from tests.support.database import Server
from tests.support.web import browser, make_app, person


@pytest.fixture
async def administrator(database: Server) -> int:
    """An administrator, team ACT with a worker who has no account yet."""
    team = await make.team("ACT")
    await make.worker("W-01", team=team)
    return (await person("boss", "administrator")).account


def _password(page: str) -> str:
    found = re.search(r'id="password">([^<]+)<', page)
    assert found is not None
    return found[1]


async def test_somebody_new_signs_in_with_the_password_shown_once(
    administrator: int, tmp_path: Path
) -> None:
    async with reading(tmp_path, "boss") as boss:
        answer = await boss.post(
            "/accounts/new", on="/accounts/new", login="Amina", worker="W-01", roles="worker:ACT"
        )
        assert answer.status_code == 200
        password = _password(answer.text)
        account = await account_by_login("amina")
        assert account is not None
        assert {held.role for held in account.roles} == {Role.WORKER}
        again = await boss.get(f"/accounts/{account.id}")
        assert password not in again.text
        taken = await boss.post(
            "/accounts/new", on="/accounts/new", login="amina", roles="coordinator"
        )
        assert taken.status_code == 422
        assert 'id="login-error"' in taken.text
    async with browser(make_app(tmp_path)) as amina:
        assert (await amina.sign_in("amina", password)).status_code == 303


async def test_roles_change_and_the_second_is_told(administrator: int, tmp_path: Path) -> None:
    account = (await person("amina", "coordinator")).account
    async with reading(tmp_path, "boss") as boss:
        path = f"/accounts/{account}"
        done = await boss.post(f"{path}/roles", on=path, version="1", roles="team_lead:ACT")
        assert done.status_code == 303
        late = await boss.post(f"{path}/roles", on=path, version="1", roles="housing_officer")
        assert late.status_code == 409
        assert '<ul class="since"><li>boss ' in late.text
        assert 'class="differs"' in late.text
        none = await boss.post(f"{path}/roles", on=path, version="2")
        assert none.status_code == 422
        assert 'id="roles-error"' in none.text
    found = await account_by_login("amina")
    assert found is not None
    assert {held.role for held in found.roles} == {Role.TEAM_LEAD}


async def test_nobody_locks_themselves_out(administrator: int, tmp_path: Path) -> None:
    async with reading(tmp_path, "boss") as boss:
        path = f"/accounts/{administrator}"
        ended = await boss.post(f"{path}/deactivate", on=path)
        assert ended.status_code == 422
        less = await boss.post(f"{path}/roles", on=path, version="1", roles="coordinator")
        assert less.status_code == 422
    assert await fetch_value("select active from accounts where id = $1", administrator)


async def test_an_ended_account_is_let_in_again(administrator: int, tmp_path: Path) -> None:
    account = (await person("amina", "coordinator")).account
    path = f"/accounts/{account}"
    async with reading(tmp_path, "amina") as amina, reading(tmp_path, "boss") as boss:
        await boss.post(f"{path}/deactivate", on=path)
        assert (await amina.get("/tenants")).status_code == 303
        assert (await amina.sign_in("amina")).status_code == 401
        await boss.post(f"{path}/activate", on=path)
        assert (await amina.sign_in("amina")).status_code == 303
        reset = await boss.post(f"{path}/password", on=path)
        assert (await amina.get("/tenants")).status_code == 303
        assert (await amina.sign_in("amina", _password(reset.text))).status_code == 303


async def _fill(boss: int) -> None:
    """Sixty readings of tenants over three days, and one change."""
    tenant = await make.tenant("T-001")
    for number in range(60):
        await make.insert(
            "audit_entries",
            at=clock.now() - timedelta(days=number % 3),
            account_id=boss,
            action="read",
            object_kind="tenant",
            object_id=str(tenant),
        )
    await make.insert(
        "audit_entries",
        at=clock.now(),
        account_id=None,
        action="publish",
        object_kind="roster",
        object_id="9",
        detail={"week": "2026-W48"},
    )


def _rows(page: str) -> int:
    return page.count("<tr><td")


async def test_the_trail_is_paged_filtered_and_itself_written_down(
    administrator: int, tmp_path: Path
) -> None:
    await _fill(administrator)
    async with reading(tmp_path, "boss") as boss:
        first = (await boss.get("/audit")).text
        assert _rows(first) == 50
        older = re.search(r'href="(/audit\?before=\d+)"', first)
        assert older is not None
        second = (await boss.get(older[1])).text
        assert 0 < _rows(second) < 50
        assert _rows((await boss.get("/audit?action=publish")).text) == 1
        assert "the service itself" in (await boss.get("/audit?kind=roster")).text
        assert _rows((await boss.get("/audit?object=T-001")).text) == 50
        today = clock.today()
        day = (await boss.get(f"/audit?object=T-001&first={today}&last={today}")).text
        assert _rows(day) == 20
        assert "Nothing found" in (await boss.get("/audit?object=T-999")).text
        wrong = await boss.get("/audit?first=yesterday")
        assert wrong.status_code == 422
        assert 'id="first-error"' in wrong.text
    reads = await fetch_all("select detail from audit_entries where object_kind = 'audit'")
    assert len(reads) >= 7
    assert any("T-001" in row["detail"] for row in reads)


async def test_roles_that_ended_with_a_membership_are_shown_as_such(
    administrator: int, tmp_path: Path
) -> None:
    team, worker = (
        await fetch_value("select id from teams"),
        await fetch_value("select id from workers"),
    )
    account = (await person("amina", ("worker", team), worker=worker)).account
    await execute("update team_memberships set ends_on = $1", clock.today())
    async with reading(tmp_path, "boss") as boss:
        seen = (await boss.get(f"/accounts/{account}")).text
        assert "ended with the worker's time in the team" in seen
    async with reading(tmp_path, "amina") as amina:
        assert (await amina.get("/tenants")).status_code == 403
