"""Fixtures of notices: a mail server that answers, and a process that is set to use it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from service.settings import current_settings
from tests.support.smtp import HOST, MailServer, mail_server

BASE_URL = "https://rounds.example.be"


@pytest.fixture
async def post(anyio_backend: str) -> AsyncIterator[MailServer]:
    """A mail server that takes everything until told otherwise."""
    async with mail_server() as server:
        yield server


@pytest.fixture
def outgoing(
    tmp_path: Path, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.MonkeyPatch]:
    """This process uses that mail server; more settings can be given to what is returned."""
    for name, value in {
        "DATA_DIR": str(tmp_path),
        "BASE_URL": BASE_URL,
        "MAIL_HOST": HOST,
        "MAIL_PORT": str(post.port),
        "MAIL_SECURITY": "none",
        "MAIL_SENDER": "rounds@example.be",
    }.items():
        monkeypatch.setenv(f"THUISRONDE_{name}", value)
    current_settings.cache_clear()
    yield monkeypatch
    current_settings.cache_clear()
