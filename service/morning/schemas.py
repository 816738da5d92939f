"""What the forms of a morning meeting send."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from service.morning.states import DayPart, DayWishKind
from service.rounds.schemas import Clock, Version, minutes_of

Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,16}$")]


class Ask(StrEnum):
    """A button of the meeting."""

    GO = "go"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    NOT = "not"


class AskForm(msgspec.Struct, frozen=True):
    """What is asked for a tenant today."""

    tenant: Code
    ask: Ask
    by_two: bool = False

    @property
    def kind(self) -> DayWishKind:
        """Whether somebody goes."""
        return DayWishKind.NOT if self.ask is Ask.NOT else DayWishKind.GO

    @property
    def part(self) -> DayPart:
        """When."""
        parts = {Ask.MORNING: DayPart.MORNING, Ask.AFTERNOON: DayPart.AFTERNOON}
        return parts.get(self.ask, DayPart.ANY)


class TenantForm(msgspec.Struct, frozen=True):
    """A tenant of the meeting."""

    tenant: Code


class GiveForm(msgspec.Struct, frozen=True):
    """Who goes to a visit of today instead, and when: as the page offered it."""

    tenant: Code
    time: Clock
    workers: tuple[Code, ...]
    version: Version

    @property
    def start(self) -> int:
        """Local minutes after midnight."""
        return minutes_of(self.time)


class StepForm(msgspec.Struct, frozen=True):
    """The step that is taken back, and the tenant to go on with."""

    tenant: Code
    step: Annotated[int, Meta(ge=1, le=2_000_000_000)]


class NamesForm(msgspec.Struct, frozen=True):
    """Whether the wall shows names."""

    names: bool = False
