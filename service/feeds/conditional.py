"""Answers a fetch against what the client has already: 200 with the body, or 304 without."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered feed and its two validators; `last_modified` is in whole seconds of UTC."""

    content: bytes
    etag: str
    last_modified: datetime


def body_of(content: bytes, *, last_modified: datetime) -> Body:
    """Return the body with a strong ETag; the instant is rounded down, as HTTP writes it."""
    return Body(
        content=content,
        etag=f'"{sha256(content).hexdigest()[:32]}"',
        last_modified=last_modified.astimezone(UTC).replace(microsecond=0),
    )


def is_unchanged(body: Body, *, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Say whether the client has this body; If-None-Match decides alone where it is sent."""
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return body.etag in tags or "*" in tags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    if since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return body.last_modified <= since


def feed_headers(body: Body) -> dict[str, str]:
    """Return the headers of a feed's answer, 200 and 304 alike."""
    return {
        "ETag": body.etag,
        "Last-Modified": format_datetime(body.last_modified, usegmt=True),
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
    }
