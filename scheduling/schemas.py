"""The published JSON Schemas (2020-12) of problems and plans, generated from the dataclasses.

`python -m scheduling.schemas` writes them to `scheduling/schema/`; a test compares.
"""

from pathlib import Path
from typing import Any

import msgspec

from scheduling.plan import Plan
from scheduling.problem import Problem

FOLDER = Path(__file__).parent / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def problem_schema() -> dict[str, Any]:
    """The schema of a problem file."""
    return _schema(Problem, "problem", "A week of home visits to plan")


def plan_schema() -> dict[str, Any]:
    """The schema of a plan file."""
    return _schema(Plan, "plan", "A planned week of home visits")


def rendered(schema: dict[str, Any]) -> bytes:
    """The bytes of a schema file."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def write() -> None:
    """Write both files."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "problem.schema.json").write_bytes(rendered(problem_schema()))
    (FOLDER / "plan.schema.json").write_bytes(rendered(plan_schema()))


def _schema(kind: type, name: str, title: str) -> dict[str, Any]:
    schema = msgspec.json.schema(kind)
    for part in schema["$defs"].values():
        if "properties" in part:
            part["additionalProperties"] = False
    head = {"$schema": DIALECT, "$id": f"urn:thuisronde:{name}:1", "title": title}
    return {**head, **schema}


if __name__ == "__main__":
    write()
