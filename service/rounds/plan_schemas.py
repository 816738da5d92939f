"""What the forms of planning again, of a proposal and of a sick call send."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from service.rounds.schemas import Clock, Code, Seed, Version
from service.rounds.states import Effort

Need = Annotated[str, Meta(min_length=1, max_length=60)]


class ScopeKind(StrEnum):
    """What is planned again."""

    WEEK = "week"
    DAY = "day"
    WORKER = "worker"


class AgainForm(msgspec.Struct, frozen=True):
    """How hard to search, and what may change; the seed repeats an earlier run."""

    effort: Effort = Effort.NORMAL
    seed: Seed = 1
    scope: ScopeKind = ScopeKind.WEEK
    day: date | None = None
    worker: Code | None = None


class AcceptForm(msgspec.Struct, frozen=True):
    """A proposal taken whole, or with `some` the changes of these needs alone."""

    version: Version
    some: bool = False
    needs: tuple[Need, ...] = ()
    duties: bool = False


class AwayForm(msgspec.Struct, frozen=True):
    """From when, and to the end of which day, somebody is away; without a time, from now."""

    last: date
    first: date | None = None
    time: Clock | None = None
