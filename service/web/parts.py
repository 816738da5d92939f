"""A part of somebody's data that can be edited: its form, what it shows first, what it does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from service import clock
from service.errors import NotFound
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field
from service.web.plausible import LARGEST_ID

Asked = Any
"""Which row of whose data is edited, by whom: each folder has its own."""


class VersionForm(msgspec.Struct, frozen=True):
    """Which version was seen, and what the address asked beside the row.

    `seen` are the rows of this part and `known` its texts as they were shown, in short sums
    (`service.undo.seen`).
    """

    version: int
    choice: Annotated[str, Meta(max_length=24)] = ""
    seen: Annotated[str, Meta(max_length=64)] = ""
    known: Annotated[str, Meta(max_length=8000)] = ""


class NothingForm(msgspec.Struct, frozen=True):
    """A button without fields."""


class EndForm(msgspec.Struct, frozen=True, kw_only=True):
    """The first day without; today where none is given."""

    on: date | None = None

    def day(self) -> date:
        """The day given, else today."""
        return self.on or clock.today()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a form shows before anything is typed: texts, and those of fields with several."""

    values: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Saves = Callable[[Asked, Any], Awaitable[Edited]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part. `known` raises `NotFound` for a row that is not whose data it is.

    `may` is asked with the viewer and what access hangs on. `remove` is the second button, called
    `remove_label`, after which the page says `removed`; `template` shows more beside the form.
    `judge` raises `Invalid` for what saving would refuse, before a preview.
    `rows` are the tables whose change by somebody else stands between a reader and saving, or
    `seen` gives a short text that changes with what does; with neither, any change stands there.
    """

    form: type[msgspec.Struct]
    title: Callable[[Asked], str]
    may: Callable[..., bool]
    fields: Callable[[Asked, Known], Awaitable[tuple[Field, ...]]]
    known: Callable[[Asked], Awaitable[Known]]
    save: Saves
    judge: Callable[[Asked, Any], Awaitable[None]] | None = None
    rows: tuple[Editable, ...] = ()
    seen: Callable[[Asked], Awaitable[str]] | None = None
    sentence: Callable[[Asked], str] = lambda _asked: ""
    remove: Saves | None = None
    remove_form: type[msgspec.Struct] = NothingForm
    remove_label: Callable[[], str] = lambda: ""
    removed: str = "ended"
    template: str = "web/edit.html"


def text(value: object) -> str:
    """A value as a form shows it: nothing for None, 'true' for yes."""
    if value is None or value is False:
        return ""
    return "true" if value is True else str(value)


def row_asked(text: str) -> int | None:
    """The row of an address: None for a new one, 0 for the only one; raises `NotFound`."""
    if text in {"new", "own"}:
        return None if text == "new" else 0
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_ID:
        raise NotFound
    return int(text)
