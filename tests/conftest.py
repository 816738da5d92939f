"""One embedded PostgreSQL per test run, and one migrated database per test process."""

from collections.abc import AsyncIterator, Iterator

import pytest

from service.database.opening import opened_pool
from service.database.unit_of_work import UnitOfWork, rehearsal
from tests.support.database import Server, joined_server
from tests.support.passwords import hash_quickly, hashed_in_earnest

hash_quickly()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Join the test run's server; the first process starts it, the last one stops it."""
    with joined_server() as running:
        yield running


@pytest.fixture
async def database(anyio_backend: str, server: Server) -> AsyncIterator[Server]:
    """A migrated database without rows, opened as the application's role, committed for real."""
    async with opened_pool(server.addresses.app, most_connections=6):
        yield server
    server.clean()


@pytest.fixture
async def rolled_back(anyio_backend: str, server: Server) -> AsyncIterator[UnitOfWork]:
    """A rehearsal: actions run whole, their units of work are savepoints, nothing stays."""
    async with opened_pool(server.addresses.app, most_connections=2), rehearsal() as uow:
        yield uow


@pytest.fixture
def earnest_passwords() -> Iterator[None]:
    """Passwords are hashed with the parameters of the product."""
    with hashed_in_earnest():
        yield
