"""Rounds walked by hand, and against the judge's prices."""

from dataclasses import replace

from hypothesis import given, settings

from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.problem import After, Busy, Problem, Seat
from scheduling.rounds import Round, Stop, rounds
from scheduling.weights import Weights
from tests.scheduling.factories import (
    LUNCH,
    every_day,
    place,
    problem,
    problems,
    tenant,
    visit,
    worker,
)
from tests.scheduling.plans import at

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=1, master=5)


def test_a_morning_meeting_a_visit_lunch_and_another() -> None:
    week = problem(
        lunch=LUNCH,
        places=(place("base"), place("home", north=10), place("court", north=10, east=5)),
        workers=(worker("w1", busy=(Busy(day=0, start=540, end=570),)),),
        tenants=(tenant("t1"),),
        visits=(visit("v1", end_place="court"), visit("v2", place="court", gap_days=0)),
    )
    # base to home 10 minutes by bicycle, court to base 10, court to court none
    (walked,) = rounds(week, [at("v1", "w1", start=640), at("v2", "w1", start=720)])

    def stop(code: str | None, spot: str, start: int, leaves: str, *gap: int) -> Stop:
        travel, lunch, waiting = gap
        return Stop(
            visit=code,
            place=spot,
            leaves_from=leaves,
            start=start,
            end=start + 30,
            travel=travel,
            lunch=lunch,
            waiting=waiting,
        )

    assert walked == Round(
        worker="w1",
        day=0,
        leave=540,
        back=760,
        back_travel=10,
        lunch=0,
        stops=(
            stop(None, "base", 540, "base", 0, 0, 0),
            stop("v1", "home", 640, "court", 10, 0, 60),
            stop("v2", "court", 720, "court", 0, 30, 20),
        ),
    )
    assert walked.travel == 20


def test_each_worker_walks_the_own_part_of_a_visit() -> None:
    week = problem(
        workers=(worker("w1"), worker("w2")),
        tenants=(tenant("t1"),),
        visits=(visit("v1", seats=(Seat(), Seat(minutes=45, after=After(30, 60)))),),
    )
    walked = rounds(week, [at("v1", "w1", "w2", offsets=(0, 40))])
    assert [(one.worker, one.leave, one.back) for one in walked] == [
        ("w1", 590, 640),
        ("w2", 630, 695),
    ]
    assert [(stop.start, stop.end) for one in walked for stop in one.stops] == [
        (600, 630),
        (640, 685),
    ]


def test_a_round_goes_on_after_midnight() -> None:
    week = problem(
        workers=(worker("w1", shifts=every_day((840, 1500))),),
        tenants=(tenant("t1", windows=every_day((0, 1500))),),
        visits=(visit("v1"),),
        day_end=1500,
    )
    (walked,) = rounds(week, [at("v1", "w1", start=1440)])
    assert (walked.day, walked.leave, walked.back) == (0, 1430, 1480)


@given(problems())
@settings(max_examples=25, deadline=None)
def test_ways_and_waiting_are_those_the_judge_prices(week: Problem) -> None:
    week = replace(week, weights=Weights(waiting=1))
    plan = solve(week, budget=SHORT)
    walked = rounds(week, plan.placements)
    assert sum(r.travel for r in walked) == plan.costs["travel"]
    waiting = [stop.waiting for r in walked for stop in r.stops[1:]]
    assert sum(waiting) == plan.costs["waiting"]
    assert all(minutes >= 0 for minutes in waiting)
    held = sorted((s.visit, r.worker) for r in walked for s in r.stops if s.visit)
    assert held == sorted((p.visit, w) for p in plan.placements for w in p.workers)
