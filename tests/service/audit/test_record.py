"""The audit trail: in the same unit of work, and never changed afterwards."""

import asyncpg
import pytest

from service.access.policy import HeldRole
from service.access.states import Role
from service.audit.actions import record
from service.database.sql import execute, fetch_all
from service.database.unit_of_work import UnitOfWork, unit_of_work
from tests.support.web import viewer

LEAD = viewer(HeldRole(Role.TEAM_LEAD, 1), account=7)


async def test_an_entry_says_who_did_what_to_which(rolled_back: UnitOfWork) -> None:
    await record(rolled_back, LEAD, "publish", "roster", 12, {"visits": 48})
    await record(rolled_back, None, "plan", "roster", "12")
    rows = await fetch_all(
        "select account_id, action, object_kind, object_id, detail::text as detail"
        " from audit_entries order by id"
    )
    assert [tuple(row.values()) for row in rows] == [
        (7, "publish", "roster", "12", '{"visits": 48}'),
        (None, "plan", "roster", "12", "{}"),
    ]


async def test_an_entry_goes_with_the_work_it_records(database: object) -> None:
    async def fails() -> None:
        async with unit_of_work() as uow:
            await record(uow, LEAD, "publish", "roster", 12)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (our own)
        await fails()
    assert await fetch_all("select id from audit_entries") == []


@pytest.mark.parametrize(
    "statement", ["update audit_entries set action = 'x'", "delete from audit_entries"]
)
async def test_the_application_cannot_rewrite_it(database: object, statement: str) -> None:
    async with unit_of_work() as uow:
        await record(uow, LEAD, "publish", "roster", 12)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(statement)
