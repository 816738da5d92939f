"""Logs without people in them: one line per event, with what is personal or secret taken out.

Our own events pass through `structlog`, those of libraries through the same processors.
Errors are logged by kind and place; their words only where they are ours, since others quote
rows. What a person must read goes to the terminal through the command line, not here.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from traceback import extract_tb
from typing import Any, TextIO
from uuid import UUID

import structlog

from service.errors import ThuisrondeError

HIDDEN = "[hidden]"
# A key that is, or ends in, one of these words holds something personal or secret.
SENSITIVE = frozenset(
    {
        "access",
        "address",
        "authorization",
        "birth_date",
        "body",
        "box",
        "cookie",
        "email",
        "house_number",
        "key",
        "lat",
        "login",
        "lon",
        "name",
        "note",
        "params",
        "password",
        "phone",
        "query",
        "query_string",
        "reason",
        "secret",
        "street",
        "token",
        "url",
    }
)
PATTERNS = (
    # The login of a database's address, the secret of a feed's, whatever follows a question mark.
    (re.compile(r"(\w+://)[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"[^/\s]+\.ics\b"), f"{HIDDEN}.ics"),
    (re.compile(r"(/[^\s?\"']*)\?[^\s\"']+"), rf"\1?{HIDDEN}"),
    (re.compile(r"[^\s@/<>\"']+@[^\s@/<>\"']+\.[a-z]{2,}", re.IGNORECASE), HIDDEN),
)

Event = MutableMapping[str, Any]

_PLAIN = (bool, int, float, date, timedelta, UUID)


def configure_logs(*, stream: TextIO = sys.stderr, level: str = "INFO") -> None:
    """Send the events of this process to `stream` as lines, and its libraries' warnings."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        error_without_words,
        first_line_of_asyncio,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "logger", "event"], bool_as_flag=False
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("thuisronde").setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Take out the values of sensitive keys, at any depth, and secrets within texts."""
    for key, value in event.items():
        if key in ("timestamp", "level", "logger") or key.startswith("_"):  # structlog's own
            continue
        event[key] = _cleaned(value) if key == "event" else _value(key, value)
    return event


def error_without_words(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its kind and places; its words only if they are ours."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        if isinstance(error, ThuisrondeError):
            event["message"] = error.message
        frames = extract_tb(error.__traceback__)[-8:]
        event["at"] = " < ".join(f"{_short(f.filename)}:{f.lineno}" for f in reversed(frames))
    return event


def first_line_of_asyncio(_logger: object, _method: str, event: Event) -> Event:
    """Keep what asyncio says happened, without the tasks it prints below: they quote errors."""
    if event.get("logger") == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def is_sensitive(key: str) -> bool:
    """Whether a key's value may be personal: `first_name`, `access_note`, `token`, ..."""
    lowered = key.lower().replace("-", "_")
    return any(lowered == word or lowered.endswith(f"_{word}") for word in SENSITIVE)


def _value(key: str, value: object) -> object:
    return HIDDEN if is_sensitive(key) else _cleaned(value)


def _cleaned(value: object) -> object:
    """Clean texts, and what stands in mappings and lists; anything else but numbers by kind."""
    if isinstance(value, str):
        for pattern, replacement in PATTERNS:
            value = pattern.sub(replacement, value)
        return value
    if isinstance(value, Mapping):
        return {str(key): _value(str(key), item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_cleaned(item) for item in value]
    if value is None or isinstance(value, _PLAIN):
        return value
    return type(value).__qualname__


def _short(path: str) -> str:
    return "/".join(path.split("/")[-3:])
