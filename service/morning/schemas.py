"""What the forms of a morning meeting send."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from service.morning.states import DayPart, DayWishKind

Code = Annotated[str, Meta(min_length=1, max_length=16)]


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


class NamesForm(msgspec.Struct, frozen=True):
    """Whether the wall shows names."""

    names: bool = False
