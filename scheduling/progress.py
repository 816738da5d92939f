"""What a run shows meanwhile: nothing, a bar in a terminal, or JSON lines for a parent process."""

import time
from types import TracebackType
from typing import IO, TYPE_CHECKING, Protocol, Self

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from scheduling.plan import Plan

if TYPE_CHECKING:
    from scheduling.engine.solve import Progress as Moment


class Watch(Protocol):
    """Told about every iteration, and about the finished plan."""

    def tell(self, moment: "Moment") -> None:
        """Look at a moment of the run; must be quick."""
        ...

    def done(self, plan: Plan) -> None:
        """Look at the finished plan, which is already written."""
        ...


class Silent:
    """Shows nothing."""

    def tell(self, moment: "Moment") -> None:
        """Ignore it."""

    def done(self, plan: Plan) -> None:
        """Ignore it."""


class JsonLines:
    """One JSON object a line, at most one per `pause` seconds, and a last one with phase 'done'.

    Keys: phase, iteration, iterations, cost, costs (by rule), unplaced. The first line comes with
    the first complete plan.
    """

    def __init__(self, stream: IO[str], *, pause: float) -> None:
        """Write to a text stream, flushed after each line."""
        self._stream, self._pause = stream, pause
        self._next = 0.0

    def tell(self, moment: "Moment") -> None:
        """Write a line if the last one is long enough ago."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._pause
        self._line(
            {
                "phase": str(moment.phase),
                "iteration": moment.iteration,
                "iterations": moment.iterations,
                "cost": moment.cost,
                "costs": dict(moment.costs()),
                "unplaced": moment.unplaced,
            }
        )

    def done(self, plan: Plan) -> None:
        """Write the last line."""
        self._line(
            {
                "phase": "done",
                "iteration": plan.iterations,
                "iterations": plan.iterations,
                "cost": plan.cost,
                "costs": dict(plan.costs),
                "unplaced": len(plan.unplaced),
            }
        )

    def _line(self, values: dict[str, object]) -> None:
        self._stream.write(msgspec.json.encode(values).decode() + "\n")
        self._stream.flush()


class Bar:
    """A bar on standard error with the cost and the number of visits left out."""

    def __init__(self) -> None:
        """Prepare; it shows inside `with`."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("cost {task.fields[cost]}, {task.fields[unplaced]} left out"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("construct", total=None, cost="-", unplaced="-")

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take it away."""
        self._bar.stop()

    def tell(self, moment: "Moment") -> None:
        """Move the bar."""
        self._bar.update(
            self._task,
            description=str(moment.phase),
            total=moment.iterations,
            completed=moment.iteration,
            cost=moment.cost,
            unplaced=moment.unplaced,
        )

    def done(self, plan: Plan) -> None:
        """Nothing more: the caller prints a summary."""
