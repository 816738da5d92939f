"""Reasons for hand-made plans, and who could go at all."""

from hypothesis import given, settings

from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.explain import explain, who_could_go
from scheduling.plan import Plan, ReasonCode
from scheduling.problem import Place, Problem, Seat, Slot
from tests.scheduling.factories import every_day, place, problem, problems, tenant, visit, worker
from tests.scheduling.plans import at, plan

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=1, master=5)
NO_ROOM = place("home", north=10, excluded=("w2",))
TEAM = (
    worker("w1", discipline="nurse"),
    worker("w2"),
    worker("w3", may_go_alone=False),
    worker("w4", shifts=(*every_day((540, 1020))[:4], ())),
)


def chain(week: Problem, made: Plan, code: str) -> list[tuple[str, int]]:
    (one,) = [one for one in explain(week, made) if one.visit == code]
    return [(reason.code, reason.left) for reason in one.reasons]


def week_of(*visits: object, home: Place = NO_ROOM, **more: object) -> Problem:
    return problem(
        places=(place("base"), home),
        workers=TEAM,
        visits=visits,
        **{"tenants": (tenant("t1"),), **more},
    )


def test_the_chain_counts_workers_and_days() -> None:
    week = week_of(
        visit("v1"), tenants=(tenant("t1", windows=(*every_day((600, 700))[:3], (), ())),)
    )
    # 4 workers on 5 days; w2 may not go there and w3 not alone; w4 is off on Friday
    assert chain(week, plan(week), "v1") == [
        ("role", 20),
        ("exclusion", 10),
        ("gender", 10),
        ("duty", 9),
        ("window", 6),
        ("travel", 6),
        ("lunch", 6),
        ("limit", 6),
        ("price", 6),
    ]
    assert who_could_go(week) == {
        "v1": tuple((w, d) for w in ("w1", "w4") for d in range(3)),
    }


def test_roles_and_pairs() -> None:
    nurses = visit("v1", seats=(Seat(disciplines=("nurse",)), Seat(disciplines=("nurse",))))
    week = week_of(nurses)
    assert chain(week, plan(week), "v1")[-1] == (ReasonCode.PAIR, 0)
    week = week_of(visit("v1", seats=(Seat(skills=("injection",)),)))
    assert chain(week, plan(week), "v1") == [("role", 0)]


def test_a_hand_made_plan_takes_up_room() -> None:
    only = (worker("w1"),)
    week = problem(
        workers=only,
        tenants=(tenant("t1"), tenant("t2")),
        visits=(visit("v1", fixed=Slot(0, 600)), visit("v2", tenant="t2")),
    )
    assert chain(week, plan(week, at("v2", "w1", start=600)), "v1")[-1] == ("conflict", 1)
    assert chain(week, plan(week, at("v2", "w1", start=900)), "v1")[-1] == ("price", 1)


@given(problems())
@settings(max_examples=20, deadline=None)
def test_the_engine_and_the_question_agree(week: Problem) -> None:
    made = solve(week, budget=SHORT)
    again = {one.visit: one.reasons for one in explain(week, made)}
    assert again.keys() == {one.visit for one in made.unplaced}
    for one in made.unplaced:
        # a plan keeps minutes, the search only windows: at most the last word differs
        assert again[one.visit][:-1] == one.reasons[:-1]
