"""Problems and plans in and out of JSON: strict, canonical, with errors that say what to do."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.errors import InvalidProblem, MalformedPlan, MalformedProblem, ProblemError
from scheduling.instances import (
    canonical,
    dump_plan,
    dump_problem,
    load_plan,
    load_problem,
    problem_hash,
    validated,
)
from scheduling.plan import Placement, Plan, Reason, ReasonCode, Unplaced
from scheduling.problem import After, Problem, Seat
from scheduling.weights import Weights
from tests.scheduling.factories import problem, problems, random_problem, tenant, visit, worker
from tests.scheduling.shuffling import shuffled

SMALL = problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))
Change = Callable[[dict[str, Any]], object]


@given(problems())
def test_random_problems_are_valid_and_come_back(week: Problem) -> None:
    data = dump_problem(validated(week))
    again = load_problem(data)
    assert dump_problem(again) == data


@given(problems(), st.integers(0, 1000))
@settings(max_examples=50)
def test_the_order_of_the_input_does_not_change_the_hash(week: Problem, seed: int) -> None:
    other = shuffled(week, random.Random(seed))
    assert problem_hash(other) == problem_hash(week)


def test_what_an_older_file_does_not_say_does_not_change_its_hash() -> None:
    """Fields that were added later are written only where they say something."""
    raw = json.loads(dump_problem(SMALL))
    later = {"day_end", "duties", "offsets", "after", "largest_lateness", "limit", "spacing"}
    text = dump_problem(SMALL).decode()
    assert not [name for name in later if f'"{name}"' in text]
    assert "minutes" not in raw["visits"][0]["seats"][0]
    spelled = replace(SMALL, published=(Placement(visit="v1", day=0, start=600, workers=("w1",)),))
    same = replace(spelled, published=(replace(spelled.published[0], offsets=(0,)),))  # type: ignore[index]
    assert problem_hash(same) == problem_hash(spelled)


@pytest.mark.parametrize(
    "change",
    [
        {"day_end": 1500},
        {"weights": Weights(spacing=0)},
        {"visits": (visit("v1", seats=(Seat(minutes=15),)),)},
        {"visits": (visit("v1", seats=(Seat(), Seat(after=After(0, 30)))),)},
    ],
)
def test_what_it_does_say_comes_back(change: dict[str, Any]) -> None:
    week = replace(SMALL, **change)
    assert problem_hash(week) != problem_hash(SMALL)
    assert canonical(load_problem(dump_problem(week))) == canonical(validated(week))


def test_a_different_problem_has_a_different_hash() -> None:
    later = replace(SMALL, visits=(visit("v1", minutes=35),))
    assert problem_hash(later) != problem_hash(SMALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "expected `object`"),
        ("{}", "missing required field `week`"),
        ('{"week": "2026-11-23", "dais": 7}', r"\$\.dais is not a field"),
        ('{"week": "soon"}', r"\$\.week"),
        ('{"week": "2026-11-23", "grid": "5"}', r"\$\.grid: expected `int`"),
        ('{"week": "2026-11-23", "visits": [{"code": "v1"}]}', r"\$\.visits\[0\]"),
        ('{"week": "2026-11-23", "tenants": [{"code": "Jan Janssens"}]}', r"tenants\[0\]\.code"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(MalformedProblem, match=message):
        load_problem(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(MalformedProblem, match=r"not valid JSON|UTF-8"):
        load_problem(b"\xff\xfe\x00")


def broken(change: Change) -> str:
    raw = json.loads(dump_problem(SMALL))
    change(raw)
    with pytest.raises(ProblemError) as caught:
        load_problem(json.dumps(raw))
    return str(caught.value)


def seats(*after: object) -> Change:
    """Seats of v1, each with its `after` (None: together)."""
    return lambda r: r["visits"][0].update(seats=[{"after": one} for one in after])


def nights(raw: dict[str, Any]) -> None:
    """Work on Monday until 2:00, on Tuesday from 1:00."""
    raw["day_end"] = 1560
    raw["workers"][0]["shifts"][0] = [[900, 1560]]
    raw["workers"][0]["shifts"][1] = [[60, 600]]


def pin(**more: object) -> dict[str, object]:
    return {"visit": "v1", **more}


CONTRADICTIONS: list[tuple[str, Change, list[str]]] = [
    ("monday", lambda r: r.update(week="2026-11-25"), ["$.week", "2026-11-23"]),
    ("days", lambda r: r.update(days=8), ["$.days", "8"]),
    ("grid", lambda r: r.update(grid=7), ["$.grid", "7"]),
    ("schema", lambda r: r.update(schema=2), ["$.schema", "2"]),
    ("twin", lambda r: r["visits"].append(r["visits"][0]), ["$.visits", "v1", "2 times"]),
    ("tenant", lambda r: r["visits"][0].update(tenant="t9"), ["$.visits[0].tenant", "t9"]),
    ("place", lambda r: r["tenants"][0].update(place="p9"), ["$.tenants[0].place", "p9"]),
    ("base", lambda r: r["workers"][0].update(base="p9"), ["$.workers[0].base", "p9"]),
    ("short week", lambda r: r["workers"][0]["shifts"].pop(), ["$.workers[0].shifts", "4 days"]),
    (
        "off grid",
        lambda r: r["tenants"][0]["windows"][2][0].__setitem__(0, 541),
        ["$.tenants[0].windows[2][0][0]", "541", "grid of 5"],
    ),
    (
        "backwards",
        lambda r: r["tenants"][0]["windows"].__setitem__(1, [[700, 600]]),
        ["$.tenants[0].windows[1][0]", "700", "600"],
    ),
    ("no time", lambda r: r["visits"][0].update(minutes=0), ["$.visits[0].minutes", "0"]),
    ("negative", lambda r: r["visits"][0].update(minutes=-30), ["$.visits[0].minutes", "-30"]),
    ("negative gap", lambda r: r["visits"][0].update(gap_days=-1), ["gap_days", "-1", "0 or more"]),
    ("no seat", lambda r: r["visits"][0].update(seats=[]), ["$.visits[0].seats"]),
    ("fixed day", lambda r: r["visits"][0].update(fixed=[5, 600]), ["fixed[0]", "day 5"]),
    (
        "two days",
        lambda r: r["visits"][0].update(fixed=[1, 600], fixed_day=2),
        ["$.visits[0]", "day 1", "2"],
    ),
    ("after nobody", seats([0, 5]), ["$.visits[0].seats[0].after", "[0, 5]", "give the others"]),
    (
        "after backwards",
        seats(None, [30, 20]),
        ["$.visits[0].seats[1].after", "[30, 20]", "least first"],
    ),
    ("after before", seats(None, [-5, 20]), ["$.visits[0].seats[1].after", "[-5, 20]", "0 or"]),
    ("after off grid", seats(None, [0, 7]), ["$.visits[0].seats[1].after", "[0, 7]", "grid of 5"]),
    ("after too long", seats(None, [0, 1500]), ["seats[1].after", "1500", "at most 1440"]),
    (
        "seat without time",
        lambda r: r["visits"][0].update(seats=[{"minutes": 0}]),
        ["$.visits[0].seats[0].minutes", "0 minutes", "more than zero"],
    ),
    (
        "seat off grid",
        lambda r: r["visits"][0].update(seats=[{}, {"minutes": 7}]),
        ["$.visits[0].seats[1].minutes", "7", "grid of 5"],
    ),
    ("short day", lambda r: r.update(day_end=1380), ["$.day_end", "1380", "write 1440"]),
    ("long day", lambda r: r.update(day_end=2885), ["$.day_end", "2885", "1440 to 2880"]),
    ("day off grid", lambda r: r.update(day_end=1501), ["$.day_end", "1501", "grid of 5"]),
    (
        "past the day",
        lambda r: r["workers"][0]["shifts"].__setitem__(0, [[900, 1500]]),
        ["$.workers[0].shifts[0][0][1]", "1500", "raise $.day_end"],
    ),
    (
        "two days at once",
        nights,
        ["$.workers[0].shifts[1]", "minute 60", "until minute 120", "begin at 120"],
    ),
    (
        "fixed past the day",
        lambda r: r["visits"][0].update(fixed=[0, 1400], seats=[{}, {"after": [30, 60]}]),
        ["$.visits[0].fixed", "1460", "1440", "raise $.day_end"],
    ),
    ("weight", lambda r: r["weights"].update(spacing=-2), ["$.weights.spacing", "-2"]),
    (
        "published starts",
        lambda r: r.update(
            published=[
                {"visit": "v1", "day": 0, "start": 600, "workers": ["w1"], "offsets": [0, 5]}
            ]
        ),
        ["$.published[0].offsets", "2 minutes for 1 workers", "one for each"],
    ),
    ("resource", lambda r: r["visits"][0].update(resources=["car"]), ["resources", "car"]),
    ("hard gender", lambda r: r["tenants"][0].update(gender_hard=True), ["gender"]),
    ("lunch", lambda r: r.update(lunch={"start": 700, "end": 720, "minutes": 30}), ["$.lunch"]),
    ("reserve", lambda r: r.update(reserve=[0, 0]), ["$.reserve", "2 days"]),
    ("weight", lambda r: r["weights"].update(travel=-1), ["$.weights.travel"]),
    ("pin nowhere", lambda r: r.update(pins=[{"visit": "v9"}]), ["$.pins[0]", "v9"]),
    ("pin nobody", lambda r: r.update(pins=[pin(workers=["w9"])]), ["$.pins[0].workers", "w9"]),
    ("pin crowd", lambda r: r.update(pins=[pin(workers=["w1", "w2"])]), ["2 workers for 1 seats"]),
    ("pin twice", lambda r: r.update(pins=[pin(day=1), pin(day=2)]), ["$.pins[1]", "$.pins[0]"]),
    ("pin late", lambda r: r.update(pins=[pin(day=9)]), ["$.pins[0].day", "9"]),
    ("pin off grid", lambda r: r.update(pins=[pin(start=601)]), ["$.pins[0].start", "601"]),
    (
        "pin against fixed",
        lambda r: (r["visits"][0].update(fixed=[1, 600]), r.update(pins=[pin(day=2)])),
        ["$.pins[0]", "day 2", "v1", "fixed on 1"],
    ),
    (
        "busy twice",
        lambda r: r["workers"][0].update(
            busy=[{"day": 0, "start": 600, "end": 660}, {"day": 0, "start": 630, "end": 700}]
        ),
        ["$.workers[0].busy", "overlap"],
    ),
    (
        "matrix",
        lambda r: r.update(
            matrix={"places": ["base"], "tables": [{"mode": "bike", "minutes": [[0]]}]}
        ),
        ["$.matrix.places", "home"],
    ),
    (
        "published twice",
        lambda r: r.update(
            published=[{"visit": "v1", "day": 0, "start": 600, "workers": ["w1"]}] * 2
        ),
        ["$.published", "v1"],
    ),
]


@pytest.mark.parametrize(
    ("change", "parts"), [c[1:] for c in CONTRADICTIONS], ids=[c[0] for c in CONTRADICTIONS]
)
def test_contradictions_are_named(change: Change, parts: list[str]) -> None:
    message = broken(change)
    assert all(part in message for part in parts), message


def test_all_findings_are_kept_and_a_dozen_shown() -> None:
    week = replace(SMALL, visits=tuple(visit(f"v{i}", minutes=7) for i in range(20)))
    with pytest.raises(InvalidProblem, match="and 8 more") as caught:
        validated(week)
    assert len(caught.value.findings) == 20


PLAN = Plan(
    problem="0" * 64,
    placements=(Placement(visit="v1", day=0, start=600, workers=("w1",)),),
    unplaced=(Unplaced(visit="v2", reasons=(Reason(code=ReasonCode.ROLE, left=0),)),),
)


def test_a_plan_comes_back() -> None:
    assert load_plan(dump_plan(PLAN)) == PLAN


@pytest.mark.parametrize("text", ["", "{}", '{"problem": 3}', '{"problem": "x", "plan": 1}'])
def test_a_malformed_plan_is_refused(text: str) -> None:
    with pytest.raises(MalformedPlan):
        load_plan(text)


def test_a_name_never_fits_in_a_code() -> None:
    for name in ("Jan Janssens", "Rue de la Loi 16", "josé", ""):
        raw = dump_problem(random_problem(1)).replace(b'"t0"', json.dumps(name).encode())
        with pytest.raises(MalformedProblem):
            load_problem(raw)
