"""The safe unit of work: one transaction on one connection, committed or rolled back whole."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import Literal, TypeVar

import anyio
import asyncpg
from piccolo.engine.postgres import PostgresTransaction

from service.database.engine import ENGINE, Connection
from service.database.refusals import CONNECTION_ERRORS, refused
from service.errors import Stale

Isolation = Literal["read_committed", "repeatable_read", "serializable"]
T = TypeVar("T")
AfterCommit = Callable[[], Awaitable[None]]


class UnitOfWork:
    """A running transaction; Piccolo's queries and those of `service.database.sql` join it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.finished = False
        self._after_commit: list[AfterCommit] = []

    def after_commit(self, call: AfterCommit) -> None:
        """Await `call` once the work is committed; never after a rollback or in a rehearsal."""
        self._after_commit.append(call)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail: its error undoes the part alone and is raised to the caller."""
        try:
            async with self.connection.transaction():
                yield
        except asyncpg.IntegrityConstraintViolationError as error:
            raise refused(error) from None

    async def run_after_commit(self) -> None:
        """Await what was asked to follow the commit, in order."""
        for call in self._after_commit:
            await call()


_current: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)
_rehearsing: ContextVar[bool] = ContextVar("rehearsing", default=False)


def current_unit_of_work() -> UnitOfWork | None:
    """Return the unit of work this task is in, if any."""
    uow = _current.get()
    return None if uow is None or uow.finished else uow


@asynccontextmanager
async def unit_of_work(*, isolation: Isolation = "read_committed") -> AsyncIterator[UnitOfWork]:
    """Begin, yield, commit; on any error roll back; always give the connection back.

    Refuses to be nested: a part that may fail is a `uow.savepoint()`. Start no task inside
    (it would inherit the transaction): give it to `uow.after_commit`. Raises `Refused` with
    the constraint's name where the database refuses, also at the commit.
    """
    outer = current_unit_of_work()
    if outer is not None and not _rehearsing.get():
        raise RuntimeError("a unit of work is open already: use its savepoint() or pass it on")
    if outer is not None:
        async with _rehearsed(outer) as uow:
            yield uow
        return
    async with _transaction(isolation, commit=True) as uow:
        yield uow
    await uow.run_after_commit()


@asynccontextmanager
async def rehearsal() -> AsyncIterator[UnitOfWork]:
    """Run whole actions and roll everything back: dry runs, and tests of actions.

    Units of work opened inside become savepoints; their deferred constraints are judged at
    their end, as a commit would.
    """
    if current_unit_of_work() is not None:
        raise RuntimeError("a rehearsal cannot begin inside a unit of work")
    async with _transaction("read_committed", commit=False) as uow:
        _rehearsing.set(True)
        try:
            yield uow
        finally:
            _rehearsing.set(False)


async def retried(work: Callable[[], Awaitable[T]], *, attempts: int = 3) -> T:
    """Await `work` (which opens its own unit of work) again after a serialization failure.

    Raises `Stale` once the attempts are used up.
    """
    for attempt in range(attempts):
        try:
            return await work()
        except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
            await anyio.sleep(0.02 * (attempt + 1))
    raise Stale


@asynccontextmanager
async def _transaction(isolation: Isolation, *, commit: bool) -> AsyncIterator[UnitOfWork]:
    async with ENGINE.acquired() as connection:
        transaction = connection.transaction(isolation=isolation)
        await transaction.start()
        uow = UnitOfWork(connection)
        _join(uow)
        try:
            yield uow
            if commit:
                uow.finished = True
                await transaction.commit()
            else:
                await transaction.rollback()
        except BaseException as error:
            if not uow.finished:
                with anyio.CancelScope(shield=True), suppress(*CONNECTION_ERRORS):
                    await transaction.rollback()
            if isinstance(error, asyncpg.IntegrityConstraintViolationError):
                raise refused(error) from None
            raise
        finally:
            uow.finished = True
            _leave()


@asynccontextmanager
async def _rehearsed(outer: UnitOfWork) -> AsyncIterator[UnitOfWork]:
    """A unit of work inside a rehearsal: a savepoint whose end judges what a commit would."""
    async with outer.savepoint():
        yield outer
        await outer.connection.execute("set constraints all immediate")
        await outer.connection.execute("set constraints all deferred")


def _join(uow: UnitOfWork) -> None:
    """Let Piccolo's queries of this task run on the unit's connection."""
    transaction = PostgresTransaction.__new__(PostgresTransaction)
    transaction.engine = ENGINE
    transaction.connection = uow.connection
    ENGINE.current_transaction.set(transaction)
    _current.set(uow)


def _leave() -> None:
    ENGINE.current_transaction.set(None)
    _current.set(None)
