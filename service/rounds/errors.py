"""The named refusals of planning and publishing."""

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


class NothingToPlan(ThuisrondeError):
    """The team cannot be planned: it has no base, no workers, or is not a team that visits."""
