"""Making and ending accounts, and what makes a password good enough."""

import pytest

from service.access import passwords
from service.access.account_actions import (
    create_account,
    deactivate_account,
    set_password,
    set_roles,
)
from service.access.policy import HeldRole
from service.access.queries import account_by_login, account_lines
from service.access.sessions import find_session, open_session
from service.access.states import Language, Role
from service.database.sql import fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, Invalid, NotFound
from tests.service import factories
from tests.support.passwords import PASSWORD
from tests.support.web import viewer

ADMINISTRATOR = HeldRole(Role.ADMINISTRATOR)
HOUSING = HeldRole(Role.HOUSING_OFFICER)


async def _create(**values: object) -> int:
    defaults = {
        "login": "amina",
        "password": PASSWORD,
        "roles": [ADMINISTRATOR],
        "language": Language.DUTCH,
    }
    return await create_account(None, **(defaults | values))  # type: ignore[arg-type]


async def test_an_account_holds_its_roles(rolled_back: UnitOfWork) -> None:
    team = await factories.team("ACT")
    worker = await factories.worker("W01", team=team)
    await _create(
        login=" Amina ",
        roles=[HeldRole(Role.WORKER, team), HeldRole(Role.TEAM_LEAD, team)],
        worker=worker,
    )
    found = await account_by_login("amina")
    assert found is not None
    assert found.viewer().teams() == {team}
    assert found.worker == worker
    assert found.password_hash.startswith("$argon2id$")
    assert [line.roles for line in await account_lines()] == ["team_lead ACT, worker ACT"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"login": "a b"}, "login"),
        ({"login": "x"}, "login"),
        ({"roles": []}, "roles"),
        ({"roles": [HeldRole(Role.WORKER)]}, "team"),
        ({"roles": [HeldRole(Role.COORDINATOR, 1)]}, "team"),
        ({"password": "short"}, "password"),
        ({"password": "amina amina amina"}, "password"),
        ({"password": "abababababababab"}, "password"),
        ({"password": "x y z " * 100}, "password"),
    ],
)
async def test_what_cannot_be_is_refused_by_field(
    rolled_back: UnitOfWork, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        await _create(**values)
    assert set(refusal.value.fields) == {field}
    assert await fetch_value("select count(*) from accounts") == 0


async def test_logins_and_workers_are_taken_once(database: object) -> None:
    worker = await factories.worker("W01")
    await _create(worker=worker)
    with pytest.raises(Invalid) as taken:
        await _create(login="AMINA")
    assert set(taken.value.fields) == {"login"}
    with pytest.raises(Invalid) as twice:
        await _create(login="karim", worker=worker)
    assert set(twice.value.fields) == {"worker"}


async def test_only_administrators_make_accounts(rolled_back: UnitOfWork) -> None:
    lead = viewer(HeldRole(Role.TEAM_LEAD, 1))
    with pytest.raises(Forbidden):
        await create_account(
            lead,
            login="karim",
            password=PASSWORD,
            roles=[ADMINISTRATOR],
            language=Language.FRENCH,
        )
    with pytest.raises(Forbidden):
        await set_password(lead, login="karim", password=PASSWORD)
    with pytest.raises(Forbidden):
        await deactivate_account(lead, login="karim")
    with pytest.raises(Forbidden):
        await set_roles(lead, login="karim", roles=[ADMINISTRATOR])


async def test_a_new_password_ends_the_sessions(rolled_back: UnitOfWork) -> None:
    account = await _create()
    session = await open_session(account, browser="")
    assert session.token is not None
    assert await find_session(session.token) is not None
    await set_password(None, login="amina", password=f"{PASSWORD} again")
    assert await find_session(session.token) is None
    found = await account_by_login("amina")
    assert found is not None
    assert await passwords.verify_password(found.password_hash, f"{PASSWORD} again")
    assert not await passwords.verify_password(found.password_hash, PASSWORD)


async def test_an_account_that_is_not_there_cannot_be_changed(rolled_back: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        await set_password(None, login="nobody", password=PASSWORD)
    with pytest.raises(NotFound):
        await deactivate_account(None, login="nobody")
    with pytest.raises(NotFound):
        await set_roles(None, login="nobody", roles=[ADMINISTRATOR])


async def test_roles_are_taken_away_at_once(rolled_back: UnitOfWork) -> None:
    team = await factories.team("ACT")
    account = await _create(roles=[HeldRole(Role.TEAM_LEAD, team), HeldRole(Role.WORKER, team)])
    session = await open_session(account, browser="")
    assert session.token is not None
    await set_roles(None, login="Amina", roles=[HOUSING, HOUSING])
    found = await find_session(session.token)
    assert found is not None
    assert found[1].roles == frozenset({HOUSING})
    trail = await fetch_all("select detail from audit_entries where action = 'set roles'")
    assert [row["detail"] for row in trail] == ['{"roles": "housing_officer", "version": 2}']


@pytest.mark.parametrize("roles", [[], [HeldRole(Role.WORKER)], [HeldRole(Role.COORDINATOR, 1)]])
async def test_roles_that_cannot_be_leave_those_of_before(
    rolled_back: UnitOfWork, roles: list[HeldRole]
) -> None:
    await _create()
    with pytest.raises(Invalid):
        await set_roles(None, login="amina", roles=roles)
    found = await account_by_login("amina")
    assert found is not None
    assert found.roles == frozenset({ADMINISTRATOR})


async def test_every_change_is_in_the_audit_trail_without_secrets(
    rolled_back: UnitOfWork,
) -> None:
    await _create()
    await set_password(None, login="amina", password=f"{PASSWORD} again")
    await deactivate_account(None, login="amina")
    rows = await fetch_all("select action, object_kind, detail from audit_entries order by id")
    assert [row["action"] for row in rows] == ["create", "change password", "deactivate"]
    assert PASSWORD not in str(rows)
    assert "argon2" not in str(rows)


async def test_a_wrong_hash_is_a_wrong_password() -> None:
    assert not await passwords.verify_password("not a hash", PASSWORD)
    assert not await passwords.verify_password(None, PASSWORD)


@pytest.mark.usefixtures("earnest_passwords")
async def test_an_unknown_login_costs_as_much_as_a_known_one() -> None:
    """The stand-in for nobody's hash has today's parameters: else the time would tell."""
    assert not passwords.needs_rehash(passwords._NOBODY)
    assert not await passwords.verify_password(passwords._NOBODY, PASSWORD)
