"""Logs: what is personal or secret never reaches them, from us or from libraries."""

import asyncio
import gc
import io
import logging
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import structlog

from service.errors import Refused
from service.logs import HIDDEN, configure_logs, is_sensitive

PERSONAL = (
    "Jeanne",
    "Verzonnen",
    "jeanne@example.org",
    "+32 470 00 00 00",
    "Rue Inventée 12",
    "hunter2",
    "s3cret-feed-token",
    "she fears dogs",
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the logs of this process say, from here on."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    configure_logs(stream=stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def fail(error: Exception) -> None:
    raise error


def assert_nothing_personal(text: str) -> None:
    assert [word for word in PERSONAL if word in text] == []
    assert HIDDEN in text


def test_sensitive_keys_are_hidden_at_any_depth(lines: io.StringIO) -> None:
    structlog.get_logger("thuisronde.test").info(
        "saved",
        first_name="Jeanne",
        last_name="Verzonnen",
        email="jeanne@example.org",
        phone="+32 470 00 00 00",
        address="Rue Inventée 12",
        password="hunter2",
        access_note="she fears dogs",
        tenant="T-001",
        detail={"feed_token": "s3cret-feed-token", "rows": [{"name": "Jeanne", "count": 3}]},
    )
    text = lines.getvalue()
    assert_nothing_personal(text)
    for kept in ("saved", "T-001", "3", "level=info", "logger=thuisronde.test"):
        assert kept in text


def test_secrets_within_texts_are_hidden(lines: io.StringIO) -> None:
    log = structlog.get_logger("thuisronde.test")
    log.info("fetched https://x.be/calendars/s3cret-feed-token.ics?user=Jeanne", code=304)
    log.info("GET", path="/search?q=Verzonnen&town=Jette")
    log.info("reached", server="postgresql://owner:hunter2@db.example.org/thuisronde")
    log.info("told jeanne@example.org")
    assert_nothing_personal(lines.getvalue())
    assert "/thuisronde" in lines.getvalue()
    assert "/calendars/" in lines.getvalue()


def test_libraries_are_held_to_the_same(lines: io.StringIO) -> None:
    log = logging.getLogger("somebody.else")
    log.info("chatter")
    log.warning("GET /calendars/%s.ics", "s3cret-feed-token")
    log.error("no route to %s", "postgresql://a:hunter2@h/d")
    assert_nothing_personal(lines.getvalue())
    assert lines.getvalue().count("\n") == 2


@pytest.mark.parametrize("ours", [True, False])
def test_errors_are_logged_without_their_words(lines: io.StringIO, ours: bool) -> None:
    try:
        fail(ValueError("Key (email)=(jeanne@example.org) already exists: Jeanne, hunter2"))
    except ValueError as error:
        if ours:
            structlog.get_logger("thuisronde.test").exception("failed", name="Jeanne", cause=error)
        else:
            logging.getLogger("library").exception("failed: %s", "a@example.org")
    assert_nothing_personal(lines.getvalue())
    assert "error=ValueError" in lines.getvalue()
    assert "test_logs.py" in lines.getvalue()


def test_our_own_errors_keep_their_sentence(lines: io.StringIO) -> None:
    try:
        fail(Refused(constraint="tenancies_one_main_per_tenant", table="tenancies"))
    except Refused:
        structlog.get_logger("thuisronde.test").exception("failed")
    assert "tenancies_one_main_per_tenant" in lines.getvalue()


@pytest.mark.parametrize("key", ["name", "first_name", "Set-Cookie", "csrf_token", "house_number"])
def test_such_keys_are_sensitive(key: str) -> None:
    assert is_sensitive(key)


@pytest.mark.parametrize("key", ["tenant", "count", "hostname", "team", "notes_read"])
def test_such_keys_are_not(key: str) -> None:
    assert not is_sensitive(key)


def test_a_whole_object_is_named_by_its_kind(lines: io.StringIO) -> None:
    """A row, a form or bytes given to a log by mistake do not print what they hold."""
    person = SimpleNamespace(first="Jeanne", last="Verzonnen")
    day = date(2026, 11, 30)
    structlog.get_logger("thuisronde.test").info(
        "saved", row=person, rows=[person], sent=b"hunter2", day=day, count=3, share=0.5
    )
    text = lines.getvalue()
    assert [word for word in PERSONAL if word in text] == []
    for kept in ("SimpleNamespace", "bytes", "2026-11-30", "count=3", "share=0.5"):
        assert kept in text


def test_a_forgotten_tasks_error_is_not_quoted(lines: io.StringIO) -> None:
    """asyncio prints the task, and with it its error, when nobody asked how it ended."""

    async def break_down() -> None:
        raise ValueError("Jeanne Verzonnen")

    async def forget() -> None:
        task = asyncio.get_running_loop().create_task(break_down())
        await asyncio.sleep(0.01)
        del task
        gc.collect()

    asyncio.run(forget())
    text = lines.getvalue()
    assert "Task exception was never retrieved" in text
    assert "error=ValueError" in text
    assert "Jeanne" not in text
