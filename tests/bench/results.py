"""Results of tasks as JSON lines in the build folder, so that a broken run can go on.

A result counts as long as the sources it measured are unchanged: each carries their digest.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.tasks import BUILD, Task

FILE = BUILD / "results.jsonl"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What a task printed, or why it printed nothing.

    `at`: local time, ISO. `load`: the machine's when the task began. `took`: seconds.
    """

    task: str
    kind: str
    values: dict[str, Any]
    version: str
    at: str
    load: float
    took: float
    line: dict[str, Any] | None
    error: str | None


def version_of(task: Task) -> str:
    """Digest of the sources that the task's result depends on."""
    return _digest(task.sources, task.module)


@cache
def _digest(sources: tuple[str, ...], module: str) -> str:
    """Of some sources and of the module that measures, a file or a package."""
    measuring = ROOT / module.replace(".", "/")
    paths = [path for pattern in sources for path in ROOT.glob(pattern)]
    paths += [*measuring.rglob("*.py"), measuring.with_suffix(".py")]
    digest = hashlib.sha256()
    for path in sorted({path for path in paths if path.is_file()}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def load(path: Path = FILE) -> dict[str, Result]:
    """The latest result of each task by its name; a line cut short by a kill is passed over."""
    found = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            result = Result(**json.loads(text))
        except (json.JSONDecodeError, TypeError):
            continue
        found[result.task] = result
    return found


def append(result: Result, path: Path = FILE) -> None:
    """Add one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")


def standing(tasks: list[Task], results: dict[str, Result]) -> list[Result]:
    """Results of these tasks that are of the sources as they are, in the tasks' order."""
    return [
        results[task.name]
        for task in tasks
        if task.name in results and results[task.name].version == version_of(task)
    ]
