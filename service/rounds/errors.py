"""The named refusals of planning and publishing."""

from collections.abc import Mapping
from datetime import date

from scheduling.check import Breach
from service.errors import ThuisrondeError
from service.rounds.types import DraftBreach


class PlanRunActive(ThuisrondeError):
    """A plan run of this team and week waits or runs already; one at a time."""

    def __init__(self, *, team: str, week: str) -> None:
        super().__init__(
            f"Team {team} is already planning the week of {week}.",
            advice="Wait for it to end, or cancel it.",
        )


class PlanRunOver(ThuisrondeError):
    """The plan run has ended, or its plan was applied already."""

    def __init__(self, *, run: int, state: str) -> None:
        super().__init__(f"Plan run {run} is {state}.", advice="Start a new one.")


class DraftUnsafe(ThuisrondeError):
    """The draft breaks hard rules, so that it cannot be published; `breaches` lists them."""

    def __init__(self, breaches: tuple[DraftBreach, ...]) -> None:
        rules = ", ".join(sorted({breach.rule for breach in breaches}))
        super().__init__(
            f"The draft breaks {len(breaches)} hard rules ({rules}).",
            advice="Move or unplace the visits named, or plan again.",
        )
        self.breaches = breaches


class MoveRefused(ThuisrondeError):
    """A visit cannot go there: hard rules that it would break, as the planner or the draft's judge
    says it. `tenants`: codes by need, to say it in words."""

    def __init__(
        self,
        *,
        week: date,
        breaks: tuple[Breach, ...] = (),
        drafted: tuple[DraftBreach, ...] = (),
        tenants: Mapping[str, str] | None = None,
    ) -> None:
        rules = ", ".join(sorted({one.rule for one in breaks} | {one.rule for one in drafted}))
        super().__init__(
            f"The visit cannot go there ({rules}).", advice="Choose another time or worker."
        )
        self.week, self.breaks, self.drafted = week, breaks, drafted
        self.tenants = dict(tenants or {})


class SubsetUnsafe(ThuisrondeError):
    """Some changes of a proposal cannot be taken alone: `breaches` says what they would break.

    `besides`: needs of other changes of the proposal which, taken along, make it right; empty
    where none do.
    """

    def __init__(self, breaches: tuple[DraftBreach, ...], besides: tuple[str, ...]) -> None:
        rules = ", ".join(sorted({breach.rule for breach in breaches}))
        super().__init__(
            f"These changes alone would break {len(breaches)} hard rules ({rules}).",
            advice="Take the others along, or none of them.",
        )
        self.breaches = breaches
        self.besides = besides


class NothingToPlan(ThuisrondeError):
    """The team cannot be planned: it has no base, no workers, or is not a team that visits."""
