"""The unit of work: whole or not at all, and the connection always comes back."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import anyio
import asyncpg
import psycopg
import pytest

from service.database.dedicated import advisory_lock, advisory_lock_if_free
from service.database.engine import ENGINE
from service.database.opening import opened_pool
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import (
    UnitOfWork,
    current_unit_of_work,
    rehearsal,
    retried,
    unit_of_work,
)
from service.errors import DatabaseUnavailable, Refused, Stale
from service.teams.states import TeamKind
from service.teams.tables import Team
from tests.support.database import Server

TEAM = "insert into teams (code, name, kind) values ($1, $1, 'act')"


async def codes() -> list[str]:
    return [row["code"] for row in await fetch_all("select code from teams order by code")]


async def insert(*codes: str, then: BaseException | None = None) -> None:
    """Insert teams in one unit of work, and fail in it if asked to."""
    async with unit_of_work():
        for code in codes:
            await execute(TEAM, code)
        if then is not None:
            raise then


async def test_it_commits_sql_and_tables_together(database: Server) -> None:
    async with unit_of_work():
        await execute(TEAM, "A")
        await Team.update({Team.name: "renamed"}).where(Team.code == "A")
        assert await Team.count() == 1
    assert await fetch_value("select name from teams") == "renamed"
    assert await Team.count() == 1


async def test_an_error_undoes_everything(database: Server) -> None:
    with pytest.raises(ZeroDivisionError):
        await insert("A", then=ZeroDivisionError())
    assert await codes() == []
    assert current_unit_of_work() is None


async def test_cancellation_undoes_everything(database: Server) -> None:
    with anyio.move_on_after(0.1):
        async with unit_of_work():
            await execute(TEAM, "A")
            await anyio.sleep(10)
    assert await codes() == []


async def test_it_refuses_to_be_nested(database: Server) -> None:
    async with unit_of_work():
        await execute(TEAM, "A")
        with pytest.raises(RuntimeError, match="open already"):
            async with unit_of_work():
                pass
    assert await codes() == ["A"]


async def test_a_part_may_fail(database: Server) -> None:
    async def part(uow: UnitOfWork) -> None:
        async with uow.savepoint():
            await execute(TEAM, "B")
            await execute(TEAM, "A")

    async with unit_of_work() as uow:
        await execute(TEAM, "A")
        with pytest.raises(Refused) as caught:
            await part(uow)
        await execute(TEAM, "C")
    assert caught.value.constraint == "teams_code_key"
    assert await codes() == ["A", "C"]


async def test_a_refusal_is_named_without_the_rows_values(database: Server) -> None:
    await execute(TEAM, "SECRET")
    for act in (lambda: execute(TEAM, "SECRET"), lambda: insert("SECRET")):
        with pytest.raises(Refused) as caught:
            await act()
        assert (caught.value.constraint, caught.value.table) == ("teams_code_key", "teams")
        assert "SECRET" not in str(caught.value)
        assert caught.value.__suppress_context__


async def test_a_missing_value_is_named(database: Server) -> None:
    with pytest.raises(Refused) as caught:
        await execute("insert into teams (code, name, kind) values ('A', null, 'act')")
    assert caught.value.constraint == "name is not null"


@pytest.fixture
def busy(database: Server) -> Iterator[Callable[[], int]]:
    """Counts the connections of ours that are in the midst of something, seen from outside."""
    with psycopg.connect(database.superuser_url(), autocommit=True) as connection:

        def count() -> int:
            row = connection.execute(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and usename = 'thuisronde_app' and state <> 'idle'"
            ).fetchone()
            assert row is not None
            return int(row[0])

        yield count


@pytest.fixture
def judged_at_commit(server: Server) -> str:
    """A table with a rule that only the commit judges."""
    with psycopg.connect(server.superuser_url(), autocommit=True) as connection:
        connection.execute("drop table if exists judged")
        connection.execute(
            "create table judged (n int, constraint judged_once unique (n)"
            " deferrable initially deferred)"
        )
        connection.execute("grant all on judged to thuisronde_app")
    return "insert into judged values (1), (1)"


async def test_what_fails_at_the_commit_is_named_and_leaks_nothing(
    database: Server, judged_at_commit: str, busy: Callable[[], int]
) -> None:
    for _ in range(20):
        with pytest.raises(Refused) as caught:
            async with unit_of_work():
                await execute(judged_at_commit)
        assert caught.value.constraint == "judged_once"
    assert busy() == 0
    assert await fetch_value("select count(*) from judged") == 0


async def test_no_error_costs_a_connection(database: Server, busy: Callable[[], int]) -> None:
    for error in (ZeroDivisionError, TimeoutError, asyncpg.DeadlockDetectedError, OSError):
        for _ in range(8):
            with suppress(error):
                await insert("A", then=error())
    for _ in range(8):
        with anyio.move_on_after(0.01):
            async with unit_of_work():
                await fetch_value("select pg_sleep(10)")
    assert busy() == 0
    assert await codes() == []


async def test_a_lost_connection_is_an_error_and_the_next_one_works(database: Server) -> None:
    async def losing() -> None:
        async with unit_of_work():
            await execute(TEAM, "A")
            with psycopg.connect(database.superuser_url(), autocommit=True) as connection:
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where usename = 'thuisronde_app' and datname = current_database()"
                )
            await execute(TEAM, "B")

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await losing()
    assert await codes() == []


async def test_what_follows_the_commit_follows_only_the_commit(database: Server) -> None:
    seen: list[list[str]] = []

    async def look() -> None:
        assert current_unit_of_work() is None
        seen.append(await codes())

    async with unit_of_work() as uow:
        uow.after_commit(look)
        await execute(TEAM, "A")
        assert seen == []
    assert seen == [["A"]]
    with suppress(ZeroDivisionError):
        async with unit_of_work() as uow:
            uow.after_commit(look)
            _ = 1 // 0
    assert seen == [["A"]]


async def test_a_task_that_outlives_the_work_may_begin_its_own(database: Server) -> None:
    go = anyio.Event()

    async def later() -> None:
        await go.wait()
        async with unit_of_work():
            await execute(TEAM, "B")

    async with anyio.create_task_group() as group:
        async with unit_of_work():
            group.start_soon(later)
            await execute(TEAM, "A")
        go.set()
    assert await codes() == ["A", "B"]


async def conflicting(first: anyio.Event, second: anyio.Event, log: list[str]) -> None:
    log.append("begun")
    async with unit_of_work(isolation="serializable"):
        count = await fetch_value("select count(*) from teams")
        first.set()
        await second.wait()
        await execute(TEAM, f"{len(log)}-{count}")


async def test_a_serialization_failure_is_tried_again(database: Server) -> None:
    log: list[str] = []
    one, two = anyio.Event(), anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(retried, lambda: conflicting(one, two, log))
        group.start_soon(retried, lambda: conflicting(two, one, log))
    assert len(await codes()) == 2
    assert len(log) == 3


async def test_after_the_last_attempt_it_is_stale() -> None:
    attempts: list[int] = []

    async def work() -> None:
        attempts.append(1)
        raise asyncpg.SerializationError

    with pytest.raises(Stale):
        await retried(work, attempts=2)
    assert len(attempts) == 2


async def test_a_rehearsal_runs_whole_actions_and_keeps_nothing(database: Server) -> None:
    async with rehearsal():
        async with unit_of_work():
            await execute(TEAM, "A")
        with pytest.raises(Refused):
            await insert("B", "A")
        assert await codes() == ["A"]
    assert await codes() == []


async def test_a_rehearsal_judges_what_a_commit_would(
    judged_at_commit: str, rolled_back: UnitOfWork
) -> None:
    with pytest.raises(Refused) as caught:
        async with unit_of_work():
            await execute(judged_at_commit)
    assert caught.value.constraint == "judged_once"


@dataclass(frozen=True)
class TeamCode:
    code: str
    kind: TeamKind


async def test_rows_become_dataclasses(rolled_back: UnitOfWork) -> None:
    await execute(TEAM, "A")
    sql = "select * from teams where code = $1"
    assert await fetch_all(sql, "A", into=TeamCode) == [TeamCode("A", TeamKind.ACT)]
    assert await fetch_one(sql, "A", into=TeamCode) == TeamCode("A", TeamKind.ACT)
    assert await fetch_one(sql, "B", into=TeamCode) is None
    assert await execute("update teams set name = 'x'") == 1


async def test_without_a_pool_nothing_works() -> None:
    with pytest.raises(DatabaseUnavailable, match="not open"):
        await fetch_all("select 1")
    with pytest.raises(DatabaseUnavailable, match="not open"):
        await Team.count()


async def test_a_server_that_is_not_there_is_one_sentence() -> None:
    url = "postgresql://user:hidden-word@127.0.0.1:9/nothing"
    with pytest.raises(DatabaseUnavailable) as caught:
        async with opened_pool(url):
            pass
    assert "hidden-word" not in str(caught.value)
    assert ENGINE.pool is None


async def test_a_lock_is_held_by_one(database: Server) -> None:
    async with advisory_lock_if_free("leader") as mine:
        assert mine is not None
        async with advisory_lock_if_free("leader") as second:
            assert second is None
        async with advisory_lock_if_free("other") as other:
            assert other is not None
    async with advisory_lock("leader"):
        pass
