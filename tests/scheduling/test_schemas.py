"""The published JSON Schemas: equal to what the dataclasses give, and of use to a validator."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from scheduling.instances import dump_plan, dump_problem
from scheduling.plan import Plan, Reason, ReasonCode, Unplaced
from scheduling.problem import Placement, Problem
from scheduling.schemas import FOLDER, plan_schema, problem_schema, rendered
from tests.scheduling.factories import problems, random_problem

PROBLEM = jsonschema.Draft202012Validator(problem_schema())
PLAN = jsonschema.Draft202012Validator(plan_schema())


def test_the_published_files_are_up_to_date() -> None:
    assert (FOLDER / "problem.schema.json").read_bytes() == rendered(problem_schema())
    assert (FOLDER / "plan.schema.json").read_bytes() == rendered(plan_schema())


def test_they_are_schemas_with_our_ids() -> None:
    for validator, name in ((PROBLEM, "problem"), (PLAN, "plan")):
        jsonschema.Draft202012Validator.check_schema(validator.schema)
        assert validator.schema["$id"] == f"urn:thuisronde:{name}:1"


@given(problems())
@settings(max_examples=30)
def test_every_problem_written_is_accepted(week: Problem) -> None:
    PROBLEM.validate(json.loads(dump_problem(week)))


def test_a_plan_is_accepted() -> None:
    plan = Plan(
        problem="0" * 64,
        placements=(Placement(visit="v1", day=0, start=600, workers=("w1",)),),
        unplaced=(Unplaced(visit="v2", reasons=(Reason(code=ReasonCode.ROLE, left=0),)),),
    )
    PLAN.validate(json.loads(dump_plan(plan)))


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("week"),
        lambda r: r.update(dais=7),
        lambda r: r["workers"][0].update(name="Jan"),
        lambda r: r["tenants"][0].update(code="Jan Janssens"),
        lambda r: r["visits"][0].update(minutes="30"),
        lambda r: r["visits"][0].update(priority="soon"),
        lambda r: r["visits"][0].update(fixed=[1]),
    ],
)
def test_what_the_reader_refuses_by_shape_the_schema_refuses(
    change: Callable[[dict[str, Any]], object],
) -> None:
    raw = json.loads(dump_problem(random_problem(1)))
    PROBLEM.validate(raw)
    change(raw)
    assert not PROBLEM.is_valid(raw)
