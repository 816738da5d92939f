"""The child process of one solve: a problem in on stdin, JSON lines of progress and a plan out.

Run as `python -m service.rounds.solver_child`. The first line of stdin is the request; the pipe
then stays open as a lifeline, and the child ends at once when its parent does. SIGTERM asks for
the best plan so far. The exit code says what went wrong (`Exit`); nothing is said in words.
"""

import os
import resource
import signal
import sys
import threading
import time
from enum import IntEnum
from typing import Any

import msgspec

from scheduling.engine.solve import Progress, solve
from scheduling.errors import ProblemError, RejectedPlan
from scheduling.instances import dump_plan, load_problem
from scheduling.mending import mend
from scheduling.plan import Effort, Plan

BETWEEN_LINES = 0.5
NICENESS = 5  # pages on the same machine come first
PR_SET_PDEATHSIG = 1


class Exit(IntEnum):
    """How a solve ended."""

    DONE = 0
    BAD_PROBLEM = 3
    REJECTED = 4
    CRASHED = 5
    OUT_OF_MEMORY = 6


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the parent asks."""

    problem: str
    repair: bool
    effort: Effort
    seed: int
    memory_bytes: int


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line to the parent: where the search stands, or in the end the plan."""

    phase: str = ""
    share: int = 0
    cost: int | None = None
    unplaced: int | None = None
    asked: int | None = None
    iteration: int = 0
    iterations: int = 0
    bound: int | None = None
    plan: str | None = None


class _Teller:
    """Writes progress, at most two lines a second."""

    def __init__(self, asked: int) -> None:
        self._asked = asked
        self._last = 0.0
        self._phase = ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.phase == self._phase and now - self._last < BETWEEN_LINES:
            return
        self._phase, self._last = progress.phase, now
        share = 100 * progress.iteration // max(1, progress.iterations)
        say(
            Line(
                phase=progress.phase.value,
                share=min(100, share),
                cost=progress.cost,
                unplaced=progress.unplaced,
                asked=self._asked,
                iteration=progress.iteration,
                iterations=progress.iterations,
                bound=progress.bound,
            )
        )


def say(line: Line) -> None:
    """Write one line at once."""
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def die_with_parent() -> None:
    """End when the parent does: by the kernel on Linux, by the end of stdin everywhere."""
    if sys.platform == "linux":
        import ctypes  # for this call alone

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    def watch() -> None:
        while os.read(0, 1):
            pass
        os._exit(Exit.CRASHED)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def main() -> int:
    """Read the request, solve in a second thread, write the plan; returns the exit code."""
    request = msgspec.json.decode(_first_line(), type=Request)
    die_with_parent()
    os.nice(NICENESS)
    if sys.platform == "linux":  # elsewhere the limit is refused or means something else
        resource.setrlimit(resource.RLIMIT_AS, (request.memory_bytes, request.memory_bytes))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the parent's to handle
    outcome: dict[str, Any] = {}

    def work() -> None:
        try:
            outcome["plan"] = _solved(request, stop)
        except ProblemError:
            outcome["exit"] = Exit.BAD_PROBLEM
        except RejectedPlan:
            outcome["exit"] = Exit.REJECTED
        except MemoryError:
            outcome["exit"] = Exit.OUT_OF_MEMORY
        except BaseException as error:  # noqa: BLE001 its words may quote the problem
            print(type(error).__name__, file=sys.stderr)  # noqa: T201
            outcome["exit"] = Exit.CRASHED

    thread = threading.Thread(target=work, name="solve", daemon=True)
    thread.start()
    while thread.is_alive():  # signals are handled between joins
        thread.join(0.1)
    if "plan" in outcome:
        say(Line(plan=dump_plan(outcome["plan"]).decode()))
        return Exit.DONE
    return int(outcome["exit"])


def _solved(request: Request, stop: threading.Event) -> Plan:
    problem = load_problem(request.problem)
    if request.repair:
        return mend(problem, seed=request.seed, should_stop=stop.is_set).plan
    return solve(
        problem,
        effort=request.effort,
        seed=request.seed,
        on_progress=_Teller(len(problem.visits)),
        should_stop=stop.is_set,
    )


def _first_line() -> bytes:
    """Read stdin up to the first newline, unbuffered, so that the lifeline sees the rest."""
    parts = bytearray()
    while not parts.endswith(b"\n"):
        part = os.read(0, 1 << 16)
        if not part:
            os._exit(Exit.CRASHED)
        parts += part
    return bytes(parts)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # the lifeline's thread would keep a plain exit waiting
