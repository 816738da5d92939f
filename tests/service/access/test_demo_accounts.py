"""The demonstration's logins: one of each role, kept private, made once."""

import stat
from pathlib import Path

import msgspec

from service.access import passwords
from service.access.queries import account_by_login
from service.access.states import Role
from service.database.sql import execute
from service.demo.accounts import PEOPLE, ensure_demo_accounts
from tests.service import factories


async def _staff() -> None:
    for code in ("ACT", "ICM"):
        await factories.team(code)
    for number in range(1, 22):
        await factories.worker(f"W{number:02d}", hours=())


async def test_everybody_can_sign_in_with_what_the_file_says(
    database: object, tmp_path: Path
) -> None:
    await _staff()
    logins = await ensure_demo_accounts(tmp_path)
    assert {role for person in PEOPLE for role in person.roles} == set(Role)
    kept = msgspec.json.decode(logins.file.read_bytes(), type=dict[str, str])
    assert kept == logins.made
    assert stat.S_IMODE(logins.file.stat().st_mode) == 0o600
    for person in PEOPLE:
        account = await account_by_login(person.login)
        assert account is not None
        assert {held.role for held in account.roles} == set(person.roles)
        assert await passwords.verify_password(account.password_hash, kept[person.login])
        assert any(kept[person.login] in line for line in logins.sentences())


async def test_the_second_time_says_where_they_stand(database: object, tmp_path: Path) -> None:
    await _staff()
    first = await ensure_demo_accounts(tmp_path)
    again = await ensure_demo_accounts(tmp_path)
    assert again.made == {}
    assert again.sentences() == (
        f"The logins were shown when they were made; they stand in {first.file}.",
    )
    assert not any(word in str(again.sentences()) for word in first.made.values())


async def test_what_was_lost_is_made_anew(database: object, tmp_path: Path) -> None:
    await _staff()
    first = await ensure_demo_accounts(tmp_path)
    first.file.unlink()
    second = await ensure_demo_accounts(tmp_path)
    assert set(second.made) == set(first.made)
    assert second.made["admin"] != first.made["admin"]
    await execute("delete from account_roles")
    await execute("delete from accounts where login = 'admin'")
    third = await ensure_demo_accounts(tmp_path)
    assert set(third.made) == {"admin"}
    kept = msgspec.json.decode(third.file.read_bytes(), type=dict[str, str])
    assert kept == second.made | third.made
