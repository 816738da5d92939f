"""The examples of docs/api.md are run by a shell against a real server."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from service.access.token_actions import make_token
from service.database.opening import opened_pool
from tests.e2e.conftest import served
from tests.service.web.access_world import make_world
from tests.support.database import Server

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def shell(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the examples find in their environment."""
    addresses = server.cloned_database(f"examples_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")

    async def fill() -> tuple[str, Any]:
        async with opened_pool(addresses.app, most_connections=2):
            world = await make_world()
            scopes = ("tenants:write", "rosters:write", "encounters:write")
            made = await make_token(world.viewers["lead"], name="examples", scopes=scopes)
            return made.secret, world.ids["visit"]

    token, visit = anyio.run(fill)
    with served(addresses.app, tmp_path_factory.mktemp("data")) as address:
        yield {**os.environ, "TOKEN": token, "SERVICE": address, "VISIT": str(visit)}


def test_every_example_answers_what_the_page_says(shell: dict[str, str]) -> None:
    if shutil.which("curl") is None:
        assert os.environ.get("THUISRONDE_REQUIRE_READERS") != "1", ".ci/run installs curl"
        pytest.skip("curl is not installed")
    assert len(EXAMPLES) == PAGE.count("```sh") == PAGE.count("```json")
    before = ""
    for script, expected in EXAMPLES:
        done = subprocess.run(
            ["bash", "-eu", "-c", before + script],
            env=shell,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert _holds(json.loads(done.stdout), json.loads(expected)), done.stdout
        if "VERSION=$(" in script:
            before = "VERSION='\"1\"'\n"  # what the example read, for the next one


def _holds(answer: Any, expected: Any) -> bool:
    """Whether an answer says what the page shows of it; it may say more."""
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(
            key in answer and _holds(answer[key], value) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return len(answer) >= len(expected) and all(
            _holds(one, wanted) for one, wanted in zip(answer, expected, strict=False)
        )
    if isinstance(expected, str) and isinstance(answer, str):
        return answer.startswith(expected)
    return bool(answer == expected)
