"""The lock is exact, hashed and free of addresses."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_names_no_address() -> None:
    assert re.findall(r"[a-z]+://|^--(?:extra-)?index-url|^--find-links", LOCK, re.MULTILINE) == []


def test_every_line_of_the_lock_is_exact_and_hashed() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(entries) > 50
    unpinned = [e.split()[0] for e in entries if "==" not in e.split()[0] or "--hash=" not in e]
    assert unpinned == []


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in wanted}
    locked = {
        line.split("==")[0].split("[")[0].lower() for line in LOCK.splitlines() if "==" in line
    }
    assert names - locked == set()
