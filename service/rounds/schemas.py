"""What the forms of the board send."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service.rounds.states import Effort

Version = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Clock = Annotated[str, Meta(pattern=r"^([01]?\d|2[0-3])[:.hu]?[0-5]\d$")]
"""'09:30', and what hurried fingers type for it: '9:30', '9.30', '9h30', '9u30', '930'."""
Seed = Annotated[int, Meta(ge=1, le=2_000_000_000)]
Code = Annotated[str, Meta(min_length=1, max_length=16)]


class PlanForm(msgspec.Struct, frozen=True):
    """How hard to search; the seed repeats an earlier run."""

    effort: Effort = Effort.NORMAL
    seed: Seed = 1


class DraftForm(msgspec.Struct, frozen=True):
    """A change of the draft that needs nothing but the version that was seen."""

    version: Version


class PromiseForm(msgspec.Struct, frozen=True):
    """Whether the tenant was told."""

    version: Version
    promised: bool


class UndoForm(msgspec.Struct, frozen=True):
    """Which step to take back; without one the reader's own last one."""

    step: Version | None = None


class MoveForm(msgspec.Struct, frozen=True):
    """Where a visit shall stand, and who goes; `strict`: not at all where it breaks a rule."""

    version: Version
    day: date
    time: Clock
    workers: tuple[Code, ...]
    strict: bool = False

    @property
    def start(self) -> int:
        """Minutes after local midnight."""
        return minutes_of(self.time)


class AddForm(msgspec.Struct, frozen=True):
    """A visit to add: without a time at the best one of the day."""

    tenant: Code
    day: date
    time: Clock | None = None
    minutes: Annotated[int, Meta(ge=5, le=480)] = 45
    workers: tuple[Code, ...] = ()


class SwapForm(msgspec.Struct, frozen=True):
    """The visit to change places with."""

    version: Version
    other: Annotated[int, Meta(ge=1, le=2_000_000_000)]


class ViewForm(msgspec.Struct, frozen=True):
    """How the board is shown in this browser."""

    names: bool = False
    dense: bool = False
    next: Annotated[str, Meta(max_length=500)] = "/board"


def minutes_of(typed: str) -> int:
    """Minutes after midnight of a `Clock`."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    return int(digits[:-2]) * 60 + int(digits[-2:])
