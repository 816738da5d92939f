"""Weeks to which something happens: what must change does, the rest stays, the right are told."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.event_files import MalformedEvents, event_of, load_events, moment
from scheduling.events import (
    Absent,
    Asked,
    Away,
    Cancelled,
    Event,
    Late,
    UnknownInEvent,
    after_events,
    has_begun,
)
from scheduling.explain import who_could_go
from scheduling.instances import dump_plan, validated
from scheduling.mending import changed_visits
from scheduling.on_duty import busied, staffing
from scheduling.plan import Plan
from scheduling.problem import Duty, Pin, Priority, Problem, Seat, Slot, Staffed
from scheduling.repair import Repair, afresh, repair
from scheduling.score import score
from scheduling.telling import Became
from tests.scheduling.factories import (
    every_day,
    problem,
    problems,
    random_problem,
    tenant,
    visit,
    worker,
)
from tests.scheduling.plans import at, plan
from tests.scheduling.random_problems import random_week

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=0, master=5)
TUESDAY = 1440
FIVE = tuple(tenant(f"t{i}") for i in range(1, 6))


def team_week(**more: object) -> Problem:
    """Two workers; v1 to v4 of t1 to t4."""
    visits = tuple(visit(f"v{i}", tenant=f"t{i}") for i in range(1, 5))
    defaults: dict[str, object] = {
        "workers": (worker("w1"), worker("w2")),
        "tenants": FIVE,
        "visits": visits,
    }
    return problem(**(defaults | more))


PLACED = (
    at("v1", "w1", start=550),
    at("v2", "w1", day=2, start=550),
    at("v3", "w1", day=4, start=550),
    at("v4", "w2", day=4, start=600),
)


def became(done: Repair) -> dict[str, str]:
    return {one.visit: one.became.value for one in done.told}


def places(done: Repair) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    return {p.visit: (p.day, p.start, p.workers) for p in done.plan.placements}


def test_a_sick_workers_visits_go_to_others_and_the_rest_stays() -> None:
    week = team_week()
    made = plan(week, *PLACED)
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY + 480)
    assert done.lost == ("v2", "v3")
    assert done.changed == ("v2", "v3")
    assert done.kept == 2
    assert places(done)["v1"] == (0, 550, ("w1",))
    assert places(done)["v4"] == (4, 600, ("w2",))
    assert became(done) == {"v2": "given", "v3": "given"}
    assert [one.workers for one in done.told] == [("w1", "w2"), ("w1", "w2")]
    assert check(done.problem, done.plan) == ()
    assert done.plan.costs["change"] == 2 * 80
    assert done.plan.cost == score(done.problem, done.plan).total


def test_tenants_are_told_within_a_day_or_if_promised() -> None:
    promised = visit("v3", tenant="t3", promised=True)
    visits = (visit("v1"), visit("v2", tenant="t2"), promised, visit("v4", tenant="t4"))
    week = team_week(visits=visits)
    made = plan(week, *PLACED)
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY + 600)
    told = {one.visit: one.tenant for one in done.told}
    assert told == {"v2": "t2", "v3": "t3"}  # Wednesday morning is within a day; v3 was promised
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY + 480)
    assert {one.visit: one.tenant for one in done.told} == {"v2": None, "v3": "t3"}


def test_what_nobody_else_can_do_is_dropped_with_the_reason() -> None:
    nurse = visit("v3", tenant="t3", seats=(Seat(disciplines=("nurse",)),))
    week = team_week(
        workers=(worker("w1", discipline="nurse"), worker("w2")),
        visits=(nurse,),
    )
    made = plan(week, at("v3", "w1", day=4, start=550))
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY)
    (one,) = done.told
    assert one.became is Became.DROPPED
    assert one.after is None
    assert [(r.code.value, r.left) for r in one.reasons][-1] == ("window", 0)


def test_a_new_must_makes_one_other_give_way() -> None:
    short = worker("w1", shifts=every_day((540, 640)))
    other = visit("v1", minutes=60, priority=Priority.WANT)
    week = team_week(workers=(short,), visits=(other,))
    made = plan(week, at("v1", "w1", day=1, start=550))
    must = visit("v9", tenant="t2", minutes=60, priority=Priority.MUST, fixed_day=1)
    done = repair(week, made, [Asked(visit=must)], now=TUESDAY)
    assert done.new == ("v9",)
    assert places(done)["v9"][0] == 1
    assert places(done)["v1"][0] > 1
    assert became(done) == {"v1": "moved", "v9": "new"}


def test_a_cancelled_visit_is_called_off_and_nothing_else_moves() -> None:
    week = team_week(pins=(Pin(visit="v2", day=2, start=550),))
    made = plan(week, *PLACED)
    done = repair(week, made, [Cancelled(visit="v2")], now=TUESDAY + 800)
    assert done.called_off == ("v2",)
    assert done.changed == ()
    assert became(done) == {"v2": "called_off"}
    assert done.told[0].workers == ("w1",)
    assert done.told[0].tenant == "t2"


def test_a_tenant_in_hospital_is_visited_on_other_days_or_not_at_all() -> None:
    fixed = visit("v3", tenant="t3", fixed=Slot(4, 550))
    week = team_week(visits=(visit("v1"), visit("v2", tenant="t2"), fixed, visit("v4")))
    week = problem(
        places=week.places,
        workers=week.workers,
        tenants=FIVE,
        visits=(visit("v1"), visit("v2", tenant="t2"), fixed),
    )
    made = plan(week, *PLACED[:3])
    away = [Away(tenant="t2", first_day=2, last_day=3), Away(tenant="t3", first_day=3, last_day=4)]
    done = repair(week, made, away, now=TUESDAY)
    assert done.called_off == ("v3",)
    assert places(done)["v2"][0] in (1, 4)
    assert places(done)["v1"] == (0, 550, ("w1",))


def test_a_late_worker_comes_later_and_no_more_than_that() -> None:
    week = team_week(visits=(visit("v1"), visit("v2", tenant="t2")))
    made = plan(week, at("v1", "w1", day=1, start=550), at("v2", "w1", day=1, start=580))
    done = repair(week, made, [Late(worker="w1", day=1, minutes=18)], now=TUESDAY + 560)
    assert places(done) == {"v1": (1, 550, ("w1",)), "v2": (1, 600, ("w1",))}
    assert done.changed == ()  # people do not count 20 minutes, but they are told
    assert became(done) == {"v2": "moved"}
    late = repair(week, made, [Late(worker="w1", day=1, minutes=20)], now=TUESDAY + 480)
    assert places(late)["v1"] == (1, 570, ("w1",))


def test_what_is_under_way_is_finished_before_an_absence() -> None:
    week = team_week(visits=(visit("v1"), visit("v2", tenant="t2")))
    made = plan(week, at("v1", "w1", day=1, start=550), at("v2", "w1", day=1, start=600))
    done = repair(week, made, [Absent(worker="w1", day=1, minute=555)], now=TUESDAY + 555)
    assert places(done)["v1"] == (1, 550, ("w1",))
    assert places(done)["v2"][2] == ("w2",)


def test_a_duty_of_the_sick_worker_goes_to_somebody_else() -> None:
    duty = Duty(code="d1", day=3, start=1080, end=1200, kind="evening")
    week = team_week(duties=(duty,))
    made = plan(week, *PLACED)
    made = Plan(
        problem="",
        placements=made.placements,
        unplaced=made.unplaced,
        duties=(Staffed(duty="d1", worker="w1"),),
    )
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY)
    assert done.plan.duties == (Staffed(duty="d1", worker="w2"),)
    calm = repair(week, made, [Cancelled(visit="v3")], now=TUESDAY)
    assert calm.plan.duties == made.duties


def test_a_pin_lets_go_of_whoever_is_away() -> None:
    week = team_week(pins=(Pin(visit="v3", day=4, start=550, workers=("w1",)),))
    made = plan(week, *PLACED)
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY)
    assert places(done)["v3"] == (4, 550, ("w2",))


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (Absent(worker="w9", day=1), "worker w9 is not in this week"),
        (Absent(worker="w1", day=9), "day 9 is outside 0 to 4"),
        (Cancelled(visit="v9"), "visit v9 is not in this week"),
        (Away(tenant="t9", first_day=0, last_day=1), "tenant t9 is not in this week"),
        (Asked(visit=visit("v1")), "visit v1 is asked already"),
        (Late(worker="w1", day=1, minutes=0), "0 minutes late"),
    ],
)
def test_an_event_that_cannot_be_says_why(event: Event, says: str) -> None:
    week = team_week()
    with pytest.raises(UnknownInEvent, match=says):
        after_events(week, plan(week, *PLACED), [event], now=None)


def test_planning_afresh_changes_more_and_is_priced_alike() -> None:
    week = team_week()
    made = plan(week, *PLACED)
    done = repair(week, made, [Absent(worker="w1", day=1)], now=TUESDAY)
    fresh = afresh(done)
    assert fresh.changed >= len(done.changed)
    assert fresh.cost >= done.plan.cost
    assert fresh.unplaced == 0


def mended_well(week: Problem, made: Plan, seed: int) -> None:
    """A random event at a random moment: a clean plan, the past as it was, all changes told."""
    rng = random.Random(seed)
    now = rng.randrange(week.days * 1440)
    day = rng.randrange(week.days)
    kinds: list[Event] = []
    if week.workers:
        someone = rng.choice(week.workers).code
        kinds += [
            Absent(worker=someone, day=day, minute=now % 1440),
            Late(worker=someone, day=day, minutes=rng.choice((5, 25, 90))),
        ]
    if week.visits:
        kinds.append(Cancelled(visit=rng.choice(week.visits).code))
        kinds.append(Away(tenant=rng.choice(week.tenants).code, first_day=0, last_day=day))
    events = rng.sample(kinds, min(len(kinds), 2))
    broken = after_events(week, made, events, now=now)
    if _contradicts(broken.problem) or not _reached_alone(broken.problem):
        return
    done = repair(week, made, events, now=now)
    assert check(done.problem, done.plan) == ()
    after = {p.visit: p for p in done.plan.placements}
    before = {p.visit: p for p in made.placements}
    for code, place in before.items():
        if has_begun(place, broken.problem.now) and code not in done.called_off:
            now_at = after[code]
            assert (now_at.day, now_at.start) == (place.day, place.start)
            assert set(now_at.workers) == set(place.workers)
    told = {one.visit for one in done.told}
    assert set(changed_visits(made.placements, after)) <= told
    assert {code for code in after if code not in before} <= told
    assert dump_plan(repair(week, made, events, now=now).plan) == dump_plan(done.plan)


def _reached_alone(week: Problem) -> bool:
    """Whether all pinned visits can be reached from the base and back: others are not found yet."""
    could = who_could_go(busied(week, staffing(week)))
    return all(could[pin.visit] for pin in week.pins)


def _contradicts(week: Problem) -> bool:
    try:
        validated(week)
    except Exception:  # noqa: BLE001 - whatever is wrong, it is refused
        return True
    return False


@given(problems(), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_random_weeks_are_mended(week: Problem, seed: int) -> None:
    mended_well(week, solve(week, budget=SHORT), seed)


@given(st.integers(0, 3000), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_random_weeks_with_every_field_are_mended(which: int, seed: int) -> None:
    week = random_week(which)
    mended_well(week, solve(week, budget=SHORT), seed)


def test_a_visit_is_called_off_that_its_tenants_stay_away_has_taken_out() -> None:
    week = random_problem(595, workers=1, tenants=2, visits=1, days=7, features=frozenset())
    (asked,) = week.visits
    away = Away(tenant=asked.tenant, first_day=0, last_day=6)
    made = solve(week, budget=SHORT)
    broken = after_events(week, made, (away, Cancelled(visit=asked.code)), now=None)
    assert broken.problem.visits == ()


def test_events_as_words_and_as_json() -> None:
    assert event_of("absent:w1:2@09:30") == Absent(worker="w1", day=2, minute=570)
    assert event_of("absent:w1:2") == Absent(worker="w1", day=2)
    assert event_of("late:w1:2:25") == Late(worker="w1", day=2, minutes=25)
    assert event_of("cancelled:v1") == Cancelled(visit="v1")
    assert event_of("away:t1:2:4") == Away(tenant="t1", first_day=2, last_day=4)
    text = """{"now": "2 09:30", "events": [
        {"kind": "absent", "worker": "w1", "day": 2},
        {"kind": "asked", "visit": {"code": "v9", "tenant": "t1", "minutes": 30}}]}"""
    assert load_events(text) == (
        moment("2 09:30"),
        (Absent(worker="w1", day=2), Asked(visit=visit("v9"))),
    )


@pytest.mark.parametrize(
    "text",
    ["sick:w1", "absent:w1", "late:w1:2", "away:t1:2", "absent:w1:x", "cancelled:v1@09:00"],
)
def test_words_that_are_no_event(text: str) -> None:
    with pytest.raises(MalformedEvents, match="is no event"):
        event_of(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "no JSON"),
        ('{"later": 1}', "expected an object"),
        ('{"now": "noon"}', "is no moment"),
        ('{"events": [{"kind": "sick"}]}', r"\$.events\[0\].kind"),
        ('{"events": [{"kind": "absent", "worker": "w1"}]}', "day"),
        ('{"events": [{"kind": "cancelled", "visit": "v1", "why": "x"}]}', "why"),
    ],
)
def test_files_that_are_no_events(text: str, says: str) -> None:
    with pytest.raises(MalformedEvents, match=says):
        load_events(text)
