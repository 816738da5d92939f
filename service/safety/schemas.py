"""What the forms of checks, alerts and settings send."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from service import clock
from service.clock import BRUSSELS
from service.rounds.schemas import Clock
from service.safety.states import AlertEnd, AlertStep, CheckEnd, LoneVisits

Minutes = Annotated[int, Meta(ge=0, le=240)]
Code = Annotated[str, Meta(max_length=16)]


class StartForm(msgspec.Struct, frozen=True):
    """A check that begins: until when, with which buddy, for which visit if any."""

    ends: Clock
    visit: Annotated[int, Meta(ge=1, le=2_000_000_000)] | None = None
    buddy: Code = ""
    gate: bool = False

    def ends_at(self) -> datetime:
        """The next instant at which the clock on the wall says so.

        In the night of autumn an hour comes twice: once it is over, its second time is meant. The
        hour that spring leaves out is read as if the clocks had not been changed.
        """
        digits = "".join(sign for sign in self.ends if sign.isdecimal())
        at = time(int(digits[:-2]), int(digits[-2:]))
        now = clock.now()
        today = now.astimezone(BRUSSELS).date()
        days = (today, today + timedelta(days=1))
        times = (datetime.combine(day, at, BRUSSELS) for day in days)
        return min(one for time in times for one in _instants(time) if one > now)


def _instants(local: datetime) -> tuple[datetime, datetime]:
    """The instants at which a clock in Brussels says so: two different ones in autumn's night."""
    first = local.replace(fold=0).astimezone(UTC)
    again = local.replace(fold=1).astimezone(UTC)
    return first, max(first, again)


class EndForm(msgspec.Struct, frozen=True):
    """How a check ends."""

    kind: CheckEnd


class StepForm(msgspec.Struct, frozen=True):
    """What was done in an alert."""

    kind: AlertStep


class CloseForm(msgspec.Struct, frozen=True):
    """Why a lead closes an alert."""

    reason: AlertEnd
    version: Annotated[int, Meta(ge=0, le=2_000_000_000)]


class OverdoseForm(msgspec.Struct, frozen=True):
    """Whether what was noted today is taken back."""

    back: bool = False


class SafetyForm(msgspec.Struct, frozen=True):
    """What a lead sets for a team. An open page is heard of once a minute, so that 'no signal' is
    two minutes at least.
    """

    lone_visits: LoneVisits
    due_minutes: Minutes
    buddy_minutes: Minutes
    lead_minutes: Minutes
    on_call_minutes: Minutes
    extend_minutes: Annotated[int, Meta(ge=5, le=120)]
    no_signal_minutes: Annotated[int, Meta(ge=2, le=60)]
    keep_days: Annotated[int, Meta(ge=1, le=365)]
    missed_visits: Annotated[int, Meta(ge=1, le=20)]
    gap_days: Annotated[int, Meta(ge=0, le=90)]
    sooner_days: Annotated[int, Meta(ge=0, le=90)]
    sooner_for_days: Annotated[int, Meta(ge=0, le=365)]
    version: Annotated[int, Meta(ge=0, le=2_000_000_000)]
    deputy: Code = ""
    on_call: Code = ""
    on_call_phone: Annotated[str, Meta(max_length=24, pattern=r"^[0-9+/. ()-]*$")] = ""
