"""The worked example of `docs/planning.md`: what a stranger would type, run as it stands there."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduling.check import check
from scheduling.instances import load_plan, load_problem
from scheduling.problem import Placement, Problem
from scheduling.score import score

DOCS = Path(__file__).parents[2] / "docs"
SECTION = re.split(r"^## ", (DOCS / "planning.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
[EXAMPLE] = [part for part in SECTION if part.startswith("A worked example")]
NEAR = 0.02
"""How much a plan's cost may differ from the page: another plan may be as good."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", EXAMPLE, flags=re.MULTILINE | re.DOTALL)


def typed() -> Iterator[tuple[list[str], list[str]]]:
    """Each command of the page with the lines it is said to print."""
    for block in blocks("console"):
        for part in block.split("$ ")[1:]:
            command, *output = part.splitlines()
            yield command.split(), output


def cost(line: str) -> int | None:
    found = re.search(r"\bcost +(\d+)", line)
    return int(found[1]) if found else None


def words(lines: list[str]) -> list[str]:
    """Lines without their costs, and without what each soft rule costs."""
    plain = [re.sub(r"\bcost +\d+", "cost", line) for line in lines]
    return [line for line in plain if not re.fullmatch(r" +[a-z_]+ +\d+", line)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with the example in it, in which all commands have run."""
    home = tmp_path_factory.mktemp("stranger")
    shutil.copytree(DOCS / "example", home / "docs" / "example")
    for (program, *arguments), shown in typed():
        assert program == "thuisronde"
        run = subprocess.run(
            [sys.executable, "-m", "scheduling.cli", *arguments],
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
            timeout=900,
        )
        said = (run.stdout + run.stderr).splitlines()
        assert words(said) == words(shown)
        for before, after in zip(map(cost, shown), map(cost, said), strict=False):
            if before is not None and after is not None:
                assert abs(after - before) <= NEAR * before
    return home


def week() -> Problem:
    return load_problem((DOCS / "example" / "week.json").read_bytes())


def test_the_commands_print_what_the_page_shows(folder: Path) -> None:
    plan = load_plan((folder / "plan.json").read_bytes())
    assert check(week(), plan) == ()
    assert score(week(), plan).total == plan.cost
    assert len(list(typed())) >= 3


def test_the_example_uses_what_the_page_says() -> None:
    given = week()
    visits = {visit.code: visit for visit in given.visits}
    assert (len(given.workers), len(given.tenants), len(given.visits)) == (3, 6, 12)
    assert len(visits["bath-thu"].seats) == 2
    assert visits["wound-then-meal"].seats[1].after == (20, 60)
    trip = visits["to-the-hospital"]
    assert (trip.pick_up, trip.place, trip.end_place) == ("station", "hospital", "pharmacy")
    assert [(duty.start, duty.end) for duty in given.duties] == [(1260, 1860)]
    assert set(re.findall(r"`([a-z]+-[a-z]+(?:-[a-z]+)*)`", EXAMPLE)) <= set(visits)


def test_the_placement_of_the_page_can_stand(folder: Path) -> None:
    """The meal comes after the nurse in the plan too, by as much as the page allows."""
    [shown] = [Placement(**json.loads(line)) for line in blocks("json")]
    plan = load_plan((folder / "plan.json").read_bytes())
    [made] = [placed for placed in plan.placements if placed.visit == shown.visit]
    assert made.offsets[0] == 0
    assert 20 <= made.offsets[1] <= 60
    assert 20 <= shown.offsets[1] <= 60


def test_the_python_of_the_page_runs(folder: Path) -> None:
    [code] = blocks("python")
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    assert "nora, day 0: injection-mon at " in run.stdout
    assert check(week(), load_plan((folder / "plan.json").read_bytes())) == ()
