"""Lists in pages: an opaque cursor holds the last key, so that nothing is skipped or doubled."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec
from litestar.params import QueryParameter

from service.api.errors import BadRequest

T = TypeVar("T")
K = TypeVar("K")

USUAL = 50
MOST = 200

Limit = Annotated[
    int, QueryParameter(ge=1, le=MOST, description="How many entries at most on this page.")
]
Cursor = Annotated[
    str,
    QueryParameter(
        max_length=300,
        pattern="^[A-Za-z0-9_-]*$",
        description="`next_cursor` of the page before; leave it out for the first page.",
    ),
]


@dataclass(frozen=True, slots=True)
class Paging:
    """What was asked of a list."""

    limit: int
    cursor: str

    def after(self, kind: type[K]) -> K | None:
        """Return the key after which the page begins, None for the first; `kind` is its type.

        Raises `BadRequest` for a cursor that is none of this list's.
        """
        if not self.cursor:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            found = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=kind)
        except (binascii.Error, ValueError, msgspec.DecodeError):
            raise self._unknown() from None
        if "\0" in repr(found) or "\\x00" in repr(found):
            raise self._unknown()
        return found

    def _unknown(self) -> BadRequest:
        sentence = "not a cursor of this list: begin without one"
        return BadRequest("Parameters were not accepted.", parameters={"cursor": sentence})

    def page(self, rows: Sequence[T], key: Callable[[T], Any]) -> tuple[tuple[T, ...], str | None]:
        """Cut rows, of which one more than `limit` was read, and return the next cursor too."""
        shown = tuple(rows[: self.limit])
        if len(rows) <= self.limit:
            return shown, None
        encoded = base64.urlsafe_b64encode(msgspec.json.encode(key(shown[-1])))
        return shown, encoded.decode().rstrip("=")


def asked_page(limit: Limit = USUAL, cursor: Cursor = "") -> Paging:
    """Provide the dependency `paging`."""
    return Paging(limit=limit, cursor=cursor)
