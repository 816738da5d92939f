"""A tenant's way through the service: accepted, housed, moved, lost, back, gone; as dated turns."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from service.people.states import EndReason, StayKind


class Turn(StrEnum):
    """What happens to a tenant on a day."""

    MOVE_IN = "move_in"
    HOME_TO_HOME = "home_to_home"
    LOSE_HOME = "lose_home"
    DIE = "die"
    END = "end"
    PASS_ON = "pass_on"  # noqa: S105 - not a password


END_REASONS = {
    Turn.DIE: EndReason.DIED,
    Turn.END: EndReason.ENDED,
    Turn.PASS_ON: EndReason.PASSED_ON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """One tenant's dated turns, in order; without a home the tenant stays where `outside` says.

    A home is entered on the day of the turn. The day of a loss or a death is the last one in the
    home, and that of a death or an end the last one, or for an end the first one without support.
    `outside[i]` is where the tenant is before the first home (i = 0) and after the i-th loss.
    """

    accepted_on: date
    turns: tuple[tuple[date, Turn], ...] = ()
    outside: tuple[StayKind, ...] = (StayKind.SHELTER,)

    def __post_init__(self) -> None:
        """Refuse turns that cannot follow each other."""
        housed, days = False, [self.accepted_on, *(day for day, _ in self.turns)]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError(f"turns are not in order: {days}")
        for day, turn in self.turns:
            needs_home = turn in {Turn.HOME_TO_HOME, Turn.LOSE_HOME}
            if needs_home != housed and turn is not Turn.DIE:
                raise ValueError(f"{turn} on {day} cannot be: in a home is {housed}")
            housed = turn in {Turn.MOVE_IN, Turn.HOME_TO_HOME}

    @property
    def housed(self) -> bool:
        """Whether the last turn left the tenant in a home."""
        return bool(self.turns) and self.turns[-1][1] in {Turn.MOVE_IN, Turn.HOME_TO_HOME}

    @property
    def ended(self) -> bool:
        """Whether support has ended."""
        return bool(self.turns) and self.turns[-1][1] in END_REASONS

    @property
    def ended_on(self) -> date | None:
        """The first day without support."""
        if not self.ended:
            return None
        day, turn = self.turns[-1]
        return day + timedelta(days=1) if turn is Turn.DIE else day

    @property
    def end_reason(self) -> EndReason | None:
        """Why support ended."""
        return END_REASONS[self.turns[-1][1]] if self.ended else None

    def until(self, day: date) -> "Career":
        """The career as known at the start of `day`: what happens later is left out."""
        return Career(
            accepted_on=self.accepted_on,
            turns=tuple(turn for turn in self.turns if turn[0] < day),
            outside=self.outside,
        )

    def then(self, day: date, turn: Turn, *, outside: StayKind | None = None) -> "Career":
        """The career with one turn more; `outside` is where a lost home leaves the tenant."""
        return Career(
            accepted_on=self.accepted_on,
            turns=(*self.turns, (day, turn)),
            outside=self.outside if outside is None else (*self.outside, outside),
        )
