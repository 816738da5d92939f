"""The outside judge's synthetic weeks as problems, and plans back into its format.

A week of several teams becomes one problem: each worker has their team as a skill, each seat asks
it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduling.plan import Plan, Unplaced
from scheduling.problem import (
    Lunch,
    Matrix,
    Mode,
    ModeMinutes,
    Place,
    Placement,
    Priority,
    Problem,
    Seat,
    Slot,
    Tenant,
    Visit,
    Windows,
    Worker,
)
from scheduling.weights import Weights
from scheduling.windows import Interval
from tests.bench.outside import Bench, Week, WeekPlan

MONDAY = date(2026, 11, 23)
MODES = {"pt": Mode.TRANSIT, "bike": Mode.BIKE, "walk": Mode.WALK}


def problem_of(bench: Bench, week: Week, published: WeekPlan | None = None) -> Problem:
    """The same week as a problem; travel minutes, fair shares and weights are the judge's own."""
    points = sorted(
        {tuple(team["base"]) for team in week["teams"]}
        | {tuple(item["loc"]) for item in [*week["tenants"], *week["visits"]]}
    )
    places = {point: f"p{i}" for i, point in enumerate(points)}
    shares = bench.evaluator.fair_share(week)
    teams = {team["id"]: team for team in week["teams"]}
    placements = None
    if published is not None:
        placements = tuple(_placement(code, one) for code, one in published.items())
    return Problem(
        week=MONDAY,
        days=week["days"],
        grid=week["grid"],
        lunch=Lunch(
            start=week["lunch"]["from"], end=week["lunch"]["to"], minutes=week["lunch"]["len"]
        ),
        places=tuple(
            Place(code=code, lat=round(point[0] * 1e6), lon=round(point[1] * 1e6))
            for point, code in places.items()
        ),
        workers=tuple(
            _worker(w, places[tuple(teams[w["team"]]["base"])], shares) for w in week["workers"]
        ),
        tenants=tuple(
            _tenant(t, places[tuple(t["loc"])], act=teams[t["team"]]["model"] == "ACT")
            for t in week["tenants"]
        ),
        visits=tuple(_visit(v, places[tuple(v["loc"])]) for v in week["visits"]),
        matrix=_matrix(bench, points, {w["mode"] for w in week["workers"]}),
        published=placements,
        weights=_weights(bench.evaluator.WEIGHTS),
    )


def plan_of(problem: Problem, plan: WeekPlan) -> Plan:
    """The evaluator's plan as ours; what is not in it is unplaced."""
    codes = sorted({visit.code for visit in problem.visits} - set(plan))
    return Plan(
        problem="",
        placements=tuple(_placement(code, plan[code]) for code in sorted(plan)),
        unplaced=tuple(Unplaced(visit=code, reasons=()) for code in codes),
    )


def week_plan_of(plan: Plan) -> WeekPlan:
    """Our plan as the evaluator reads it."""
    return {
        placed.visit: {"day": placed.day, "start": placed.start, "workers": list(placed.workers)}
        for placed in plan.placements
    }


def _placement(code: str, one: Mapping[str, Any]) -> Placement:
    return Placement(visit=code, day=one["day"], start=one["start"], workers=tuple(one["workers"]))


def _windows(days: list[Any]) -> Windows:
    return tuple(tuple(Interval(*window) for window in day) for day in days)


def _worker(one: Mapping[str, Any], base: str, shares: Mapping[str, int]) -> Worker:
    return Worker(
        code=one["id"],
        discipline=one["role"],
        base=base,
        shifts=_windows([[shift] if shift else [] for shift in one["shifts"]]),
        mode=MODES[one["mode"]],
        skills=(_team(one),),
        languages=tuple(one["langs"]),
        gender=one["gender"],
        max_visits=one["max_visits"],
        overload_after=shares[one["id"]],
    )


def _tenant(one: Mapping[str, Any], home: str, *, act: bool) -> Tenant:
    return Tenant(
        code=one["id"],
        place=home,
        windows=_windows(one["avail"]),
        languages=(one["lang"],),
        gender=one["gender"],
        gender_hard=bool(one["gender"] and one["gender_hard"]),
        primary=one["primary"],
        excluded=tuple(one["excluded"]),
        distinct=one["distinct"] if act else 0,
        seen=tuple(one["seen"]),
        new=one["new"],
    )


def _visit(one: Mapping[str, Any], place: str) -> Visit:
    return Visit(
        code=one["id"],
        tenant=one["tenant"],
        minutes=one["dur"],
        kind=one["kind"],
        priority=Priority(one["prio"]),
        seats=tuple(
            Seat(disciplines=(role,) if role else (), skills=(_team(one),)) for role in one["need"]
        ),
        place=place,
        fixed=Slot(*one["fixed"]) if one["fixed"] else None,
        gap_days=one["gap"],
    )


def _team(one: Mapping[str, Any]) -> str:
    return f"team:{one['team']}"


def _matrix(bench: Bench, points: list[Any], modes: set[str]) -> Matrix:
    travel = bench.generator.travel
    return Matrix(
        places=tuple(f"p{i}" for i in range(len(points))),
        tables=tuple(
            ModeMinutes(
                mode=MODES[mode],
                minutes=tuple(tuple(travel(a, b, mode) for b in points) for a in points),
            )
            for mode in sorted(modes)
        ),
    )


def _weights(outside: Mapping[str, Any]) -> Weights:
    unplaced, change = outside["unplaced"], outside["change"]
    return Weights(
        unplaced_must=unplaced["must"],
        unplaced_should=unplaced["should"],
        unplaced_want=unplaced["want"],
        change_worker=change["worker"],
        change_day=change["day"],
        change_time=change["time"],
        change_cancelled=0,
        not_primary=outside["not_primary"],
        rotation=outside["rotation"],
        language=outside["language"],
        gender=outside["gender"],
        travel=outside["travel"],
        overload=outside["overload"],
    )
