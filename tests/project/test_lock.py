"""The locks are exact, hashed and free of addresses."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKS = {"requirements": (LOCK, 50), "compiler": ((ROOT / "compiler.lock").read_text("utf-8"), 1)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    address = r"[a-z]+://|^--(?:extra-)?index-url|^--find-links"
    assert re.findall(address, LOCKS[name][0], re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_exact_and_hashed(name: str) -> None:
    text, at_least = LOCKS[name]
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) >= at_least
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
