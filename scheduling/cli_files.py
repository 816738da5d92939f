"""Files in and out of the planner's commands: what they read, write, and say when they refuse."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import rich_click as click

from scheduling.errors import PlanOfAnotherProblem, SchedulingError
from scheduling.instances import load_plan, load_problem, problem_hash
from scheduling.plan import Plan
from scheduling.problem import Problem


def pair(problem: IO[bytes], plan: IO[bytes]) -> tuple[Problem, Plan]:
    """A problem and a plan that was made for it."""
    week, made = load_problem(problem.read()), load_plan(plan.read())
    if made.problem != problem_hash(week):
        raise PlanOfAnotherProblem(
            f"the plan is for the problem {made.problem[:12]}, this is {problem_hash(week)[:12]}; "
            "give the file it was made from"
        )
    return week, made


@contextmanager
def sentences() -> Iterator[None]:
    """Turn the planner's errors into one message and exit code 1, without a traceback."""
    try:
        yield
    except SchedulingError as error:
        raise click.ClickException(str(error)) from None


def write(data: bytes, out: Path | None) -> None:
    """To standard output, or to a file that is either the old one or the whole new one."""
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}; choose another --out") from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(out)
