"""One solve as a child process: started, watched, stopped, and never outliving its parent."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from scheduling.plan import Effort as PlannerEffort
from service.rounds.run_types import RunProgress
from service.rounds.solver_child import Exit, Line, Request
from service.rounds.states import Effort, RunError, RunKind
from service.settings import PREFIX

MEMORY_BYTES = 6 << 30  # of addresses, of which a solve touches some hundred megabytes
LONGEST_LINE = 16 << 20
SECONDS = {Effort.QUICK: 60.0, Effort.NORMAL: 240.0, Effort.THOROUGH: 1200.0}
SECONDS_TO_STOP = 30.0
_ERRORS: dict[int, RunError] = {
    Exit.BAD_PROBLEM: RunError.BAD_PROBLEM,
    Exit.REJECTED: RunError.REJECTED,
    Exit.OUT_OF_MEMORY: RunError.OUT_OF_MEMORY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """How a solve ended: a plan (canonical JSON) or an error. `stopped`: it was asked to stop."""

    plan: str | None = None
    error: RunError | None = None
    stopped: bool = False


Watch = Callable[[RunProgress | None], Awaitable[bool]]
"""Told the newest progress about twice a second; answers whether to stop."""


async def solve_in_child(
    problem: str,
    *,
    effort: Effort,
    seed: int,
    watch: Watch,
    kind: RunKind = RunKind.PLAN,
    every: float = 0.5,
) -> Solved:
    """Solve, or mend what is published, in a child of this process and return what came of it.

    After the effort's time limit the child is asked for its best plan so far, as it is when
    `watch` says so; one that does not answer in time is killed. Cancelling this kills it too.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service.rounds.solver_child",
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=LONGEST_LINE,
        start_new_session=True,
        env=_environment(),
    )
    try:
        return await _Solve(child, watch, seconds=SECONDS[effort], every=every).run(
            Request(
                problem=problem,
                repair=kind is RunKind.REPAIR,
                effort=PlannerEffort(effort.value),
                seed=seed,
                memory_bytes=MEMORY_BYTES,
            )
        )
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await asyncio.shield(child.wait())


def _environment() -> dict[str, str]:
    """This process's environment without our settings: a solve needs no database and no secret."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


class _Solve:
    """A running child and what it has said so far."""

    def __init__(self, child: Process, watch: Watch, *, seconds: float, every: float) -> None:
        self._child, self._watch, self._every = child, watch, every
        self._ends_at = asyncio.get_running_loop().time() + seconds
        self._newest: RunProgress | None = None
        self._plan: str | None = None
        self._stopped_at: float | None = None

    async def run(self, request: Request) -> Solved:
        """Send the request, follow the lines until the child ends."""
        assert self._child.stdin is not None, "the child has a stdin"
        with suppress(BrokenPipeError, ConnectionResetError):
            self._child.stdin.write(msgspec.json.encode(request) + b"\n")
            await self._child.stdin.drain()
        reading = asyncio.create_task(self._read(), name="lines of a solve")
        try:
            while not reading.done():
                await asyncio.wait((reading,), timeout=self._every)
                if not reading.done():
                    await self._look()
            reading.result()
        finally:
            reading.cancel()
        code = await self._child.wait()
        stopped = self._stopped_at is not None
        if self._plan is not None and code == Exit.DONE:
            return Solved(plan=self._plan, stopped=stopped)
        return Solved(error=self._error(code), stopped=stopped)

    async def _look(self) -> None:
        """Tell where it stands, stop it where asked, kill it where it does not stop."""
        now = asyncio.get_running_loop().time()
        wanted = await self._watch(self._newest)
        if self._stopped_at is None:
            if wanted or now >= self._ends_at:
                self._stopped_at = now
                self._signal(signal.SIGTERM)
        elif now >= self._stopped_at + SECONDS_TO_STOP:
            self._signal(signal.SIGKILL)

    async def _read(self) -> None:
        assert self._child.stdout is not None, "the child has a stdout"
        async for raw in self._child.stdout:
            line = msgspec.json.decode(raw, type=Line)
            if line.plan is not None:
                self._plan = line.plan
                continue
            left = line.unplaced
            self._newest = RunProgress(
                phase=line.phase,
                share=line.share,
                cost=line.cost,
                placed=None if left is None or line.asked is None else line.asked - left,
                asked=line.asked,
                iteration=line.iteration,
                iterations=line.iterations,
                bound=line.bound,
            )

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self._child.send_signal(number)

    def _error(self, code: int) -> RunError:
        if self._stopped_at is not None and code == -signal.SIGKILL:
            return RunError.TIMEOUT
        return _ERRORS.get(code, RunError.CRASHED)
