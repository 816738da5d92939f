"""What can go wrong with a problem or a plan, as a small tree of named errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduling.clashes import Clash


class SchedulingError(Exception):
    """Root of the planner's errors."""


class ProblemError(SchedulingError):
    """A problem that cannot be planned."""


class MalformedProblem(ProblemError):
    """No JSON, or not the shape of a problem: a missing or unknown field, a wrong type."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a problem: where it stands, and what to do about it.

    `clash` where it is two pins that cannot both be kept.
    """

    path: str
    message: str
    clash: "Clash | None" = None

    def __str__(self) -> str:
        """Return path and message as one line."""
        return f"{self.path}: {self.message}"


class InvalidProblem(ProblemError):
    """The right shape, but it contradicts itself; `findings` holds everything that is wrong."""

    shown = 12

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep all findings; the message shows the first of them."""
        self.findings = tuple(findings)
        more = len(self.findings) - self.shown
        lines = [str(finding) for finding in self.findings[: self.shown]]
        super().__init__("\n".join(lines + [f"and {more} more"] * (more > 0)))


class PlanError(SchedulingError):
    """A plan that cannot be used."""


class MalformedPlan(PlanError):
    """No JSON, or not the shape of a plan."""


class PlanOfAnotherProblem(PlanError):
    """The plan was made for a problem with another hash."""


class RejectedPlan(PlanError):
    """The engine's plan did not pass `check`; `codes` are the rules it breaks."""

    def __init__(self, codes: Sequence[str]) -> None:
        """Keep the distinct codes, sorted."""
        self.codes = tuple(sorted(set(codes)))
        super().__init__(
            f"the plan breaks {', '.join(self.codes)}; nothing was written. "
            "This is a fault of the planner: keep the problem file and report it"
        )
