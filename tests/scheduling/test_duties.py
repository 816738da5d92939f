"""Staffing duty slots: who can, who rests, who had it, who had less; exact on small weeks."""

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.duties import DutyReason, staffed, unstaffed
from scheduling.errors import InvalidProblem
from scheduling.instances import dump_problem, load_problem, validated
from scheduling.on_duty import busied, staffing
from scheduling.problem import Busy, Duty, Problem, Staffed, busy_stops, lanes
from scheduling.windows import Interval
from tests.scheduling.factories import every_day, place, problem, worker
from tests.scheduling.plans import plan

NOON: dict[str, Any] = {"start": 660, "end": 780, "kind": "phone"}
EVENING: dict[str, Any] = {"start": 1020, "end": 1320, "kind": "evening"}


def duty(code: str, **more: Any) -> Duty:
    fields: dict[str, Any] = {"day": 0} | EVENING | more
    return Duty(code=code, **fields)


def week(*duties: Duty, workers: int = 2, **more: Any) -> Problem:
    team = tuple(worker(f"w{i + 1}") for i in range(workers))
    return validated(problem(**({"workers": team, "duties": duties} | more)))


def who(given_: Problem) -> dict[str, str | None]:
    return {one.code: one.worker for one in given_.duties}


def test_each_duty_gets_one_worker_and_the_plan_is_clean() -> None:
    given_ = week(*(duty(f"d{n}", day=n) for n in range(5)), workers=3)
    found = staffed(given_)
    assert set(who(found).values()) == {"w1", "w2", "w3"}
    made = replace(plan(given_), duties=staffing(found))
    assert check(given_, made) == ()
    assert unstaffed(given_, made.duties) == ()


def test_no_duties_change_nothing() -> None:
    given_ = week()
    assert staffed(given_) is given_


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"disciplines": ("nurse",)}, DutyReason.ROLE),
        ({"skills": ("injection",)}, DutyReason.ROLE),
        ({"place": "hall"}, DutyReason.EXCLUSION),
        ({"day": 3}, DutyReason.ABSENCE),
        ({"start": 960}, DutyReason.WORK),
        ({"end": 1325}, DutyReason.REST),
        ({"start": 300, "end": 360}, DutyReason.PAST),
    ],
)
def test_nobody_can_and_why(changes: dict[str, Any], reason: DutyReason) -> None:
    away = ((), (), (), (Interval(0, 1440),), ())
    given_ = week(
        duty("d1", **changes),
        workers=0,
        now=600 if reason is DutyReason.PAST else None,
        places=(place("base"), place("hall", excluded=("w1", "w2"))),
    )
    given_ = replace(given_, workers=(worker("w1", absences=away), worker("w2", absences=away)))
    assert who(staffed(given_)) == {"d1": None}
    (left,) = unstaffed(given_, ())
    assert (left.duty, left.reasons[-1].code, left.reasons[-1].left) == ("d1", reason, 0)
    assert all(step.left == 2 for step in left.reasons[:-1])


def test_one_of_two_at_once_goes_to_nobody_and_says_so() -> None:
    given_ = week(duty("d1", **NOON), duty("d2", **NOON), workers=1)
    made = staffing(staffed(given_))
    assert len(made) == 1
    (left,) = unstaffed(given_, made)
    assert (left.reasons[-1].code, left.reasons[-1].left) == (DutyReason.TAKEN, 1)


def test_who_has_it_keeps_it_though_others_had_less() -> None:
    kept = week(duty("d1", worker="w1"), duty("d2", day=2, worker="w1"), duty("d3", day=4))
    assert who(staffed(kept)) == {"d1": "w1", "d2": "w1", "d3": "w2"}


def test_who_cannot_any_more_gives_it_up_and_nothing_else_moves() -> None:
    absent = worker("w1", absences=((Interval(0, 1440),), (), (), (), ()))
    given_ = week(
        duty("d1", worker="w1"),
        duty("d2", day=2, worker="w1"),
        duty("d3", day=4, worker="w2"),
        workers=3,
    )
    given_ = replace(given_, workers=(absent, *given_.workers[1:]))
    assert who(staffed(given_)) == {"d1": "w3", "d2": "w1", "d3": "w2"}


def test_what_has_begun_stays_even_with_somebody_who_left() -> None:
    absent = worker("w1", absences=(((Interval(0, 1440),),) + ((),) * 4))
    given_ = validated(
        problem(workers=(absent, worker("w2")), duties=(duty("d1", worker="w1"),), now=1025)
    )
    found = staffed(given_)
    assert who(found) == {"d1": "w1"}
    assert check(given_, replace(plan(given_), duties=staffing(found))) == ()


def test_what_was_done_before_counts() -> None:
    given_ = week(duty("d1"), duty("d2", day=2), workers=0)
    tired = replace(worker("w1"), duty_minutes=900)
    assert who(staffed(replace(given_, workers=(tired, worker("w2"))))) == {"d1": "w2", "d2": "w2"}


def test_nobody_is_called_in_for_what_somebody_at_work_can_do() -> None:
    off = worker("w1", shifts=((), *every_day((540, 1020))[1:]))
    given_ = week(duty("d1", **NOON), duty("d2", day=1, **NOON), workers=0)
    both = (off, replace(worker("w2"), duty_minutes=6000))
    assert who(staffed(replace(given_, workers=both))) == {"d1": "w2", "d2": "w1"}


def test_who_works_half_does_half() -> None:
    half = worker("w1", shifts=every_day((540, 780)))
    given_ = week(*(duty(f"d{n}", day=n, **NOON) for n in range(5)), workers=0)
    found = who(staffed(replace(given_, workers=(half, worker("w2")))))
    assert sorted(str(code) for code in found.values()) == ["w1", "w1", "w2", "w2", "w2"]


def test_holidays_are_shared_out_too() -> None:
    given_ = week(
        duty("d1", **NOON, holiday=True),
        duty("d2", day=1, **NOON),
        duty("d3", day=2, **NOON, holiday=True),
        duty("d4", day=3, **NOON),
    )
    found = who(staffed(given_))
    assert found["d1"] != found["d3"]
    assert found["d2"] != found["d4"]


def test_a_night_ends_on_the_next_day_and_keeps_its_worker_from_work() -> None:
    night = duty("d1", start=1320, end=1860, kind="standby")
    given_ = week(night, workers=0)
    off = worker("w2", shifts=((), (), *every_day((540, 1020))[2:]))
    assert who(staffed(replace(given_, workers=(worker("w1"), off)))) == {"d1": "w2"}


def test_rest_counts_across_the_edges_of_the_week() -> None:
    late = worker("w1", outside=(Busy(day=-1, start=1200, end=1380),))
    early = worker("w2", outside=(Busy(day=5, start=360, end=840),))
    given_ = week(duty("d1", start=480, end=540), duty("d2", day=4, end=1200), workers=0)
    given_ = validated(replace(given_, workers=(late, early)))
    assert who(staffed(given_)) == {"d1": "w2", "d2": "w1"}


def test_three_that_leave_no_rest_together_are_not_given_to_one() -> None:
    """0-6, 10-13 and 17-22 o'clock: any two leave eleven hours or make thirteen, all three not."""
    times = ((0, 360), (600, 780), (1020, 1320))
    duties = [duty(f"d{n}", start=a, end=b) for n, (a, b) in enumerate(times)]
    idle = worker("w1", shifts=((),) * 5)
    given_ = validated(problem(workers=(idle,), duties=tuple(duties)))
    assert len(staffing(staffed(given_))) == 2


def test_a_staffed_duty_is_busy_time_in_the_lane_and_nowhere_else() -> None:
    given_ = week(
        duty("d1", **NOON, place="home"),
        duty("d2", day=1),
        duty("d3", day=2, **NOON, visits=True),
        workers=1,
    )
    given_ = busied(given_, [Staffed(duty=f"d{n}", worker="w1") for n in (1, 2, 3)])
    (only,) = given_.workers
    found = [
        (day, *stop)
        for day in range(5)
        for lane in lanes(only, day)
        for stop in busy_stops(only, day, lane)
    ]
    assert found == [(0, 660, 780, "home")]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"day": 5}, "$.duties[0].day"),
        ({"start": 1440, "end": 1500}, "$.duties[0].start"),
        ({"end": 1020}, "$.duties[0].end"),
        ({"end": 2885}, "$.duties[0].end"),
        ({"end": 1321}, "$.duties[0].end"),
        ({"place": "nowhere"}, "$.duties[0].place"),
        ({"worker": "w9"}, "$.duties[0].worker"),
    ],
)
def test_a_malformed_duty_is_refused_with_its_field(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidProblem) as refused:
        week(duty("d1", **changes))
    assert [finding.path for finding in refused.value.findings] == [path]


def test_duties_of_one_code_and_work_far_outside_are_refused() -> None:
    with pytest.raises(InvalidProblem, match="d1 stands there 2 times"):
        week(duty("d1"), duty("d1"))
    far = (worker("w1", outside=(Busy(day=7, start=0, end=60),), duty_minutes=-5),)
    with pytest.raises(InvalidProblem) as refused:
        validated(problem(workers=far))
    paths = {finding.path for finding in refused.value.findings}
    assert paths == {"$.workers[0].outside[0].day", "$.workers[0].duty_minutes"}


# -- random weeks ----------------------------------------------------------------------------


def random_week(seed: int, *, workers: int, duties: int) -> Problem:
    rng = random.Random(seed)
    team = []
    for n in range(workers):
        hours = tuple(
            (Interval(start, start + 480),) if rng.random() < 0.7 else ()
            for start in (rng.choice((420, 480, 540, 600)) for _ in range(7))
        )
        away = tuple((Interval(0, 1440),) if rng.random() < 0.1 else () for _ in range(7))
        busy = tuple(Busy(day=d, start=660, end=720) for d in range(7) if rng.random() < 0.2)
        team.append(
            worker(
                f"w{n}",
                discipline=rng.choice(("nurse", "social")),
                shifts=hours,
                absences=away,
                busy=busy,
                duty_minutes=rng.choice((0, 0, 300, 600)),
            )
        )
    slots = []
    for n in range(duties):
        start = rng.choice((0, 480, 660, 1020, 1320))
        slots.append(
            duty(
                f"d{n}",
                day=rng.randrange(7),
                start=start,
                end=start + rng.choice((60, 120, 300, 540)),
                kind=rng.choice(("phone", "evening", "standby")),
                disciplines=rng.choice(((), (), ("nurse",))),
                worker=rng.choice([None, *(w.code for w in team)]),
                holiday=rng.random() < 0.2,
                visits=rng.random() < 0.2,
            )
        )
    return validated(problem(days=7, workers=tuple(team), duties=tuple(slots)))


def allowed(given_: Problem, made: tuple[Staffed, ...]) -> bool:
    return check(given_, replace(plan(given_), duties=made)) == ()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), workers=st.integers(0, 5), duties=st.integers(0, 9))
def test_what_is_staffed_keeps_every_rule_and_what_is_not_could_not(
    seed: int, workers: int, duties: int
) -> None:
    given_ = random_week(seed, workers=workers, duties=duties)
    made = staffing(staffed(given_))
    assert allowed(given_, made)
    for left in unstaffed(given_, made):
        for one in given_.workers:
            assert not allowed(given_, (*made, Staffed(duty=left.duty, worker=one.code)))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_other_choice_staffs_more_or_keeps_more(seed: int) -> None:
    """Against every possible choice of a small week."""
    given_ = random_week(seed, workers=3, duties=4)
    codes = [None, *(w.code for w in given_.workers)]
    had = who(given_)

    def worth(made: tuple[Staffed, ...]) -> tuple[int, int]:
        return len(made), sum(had[one.duty] == one.worker for one in made)

    choices = (
        tuple(Staffed(duty=d, worker=w) for d, w in zip(had, choice, strict=True) if w is not None)
        for choice in itertools.product(codes, repeat=len(had))
    )
    best = max(worth(made) for made in choices if allowed(given_, made))
    assert worth(staffing(staffed(given_))) == best


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_input_means_nothing(seed: int) -> None:
    given_ = random_week(seed, workers=4, duties=8)
    rng = random.Random(seed)
    mixed = replace(
        given_,
        workers=tuple(rng.sample(given_.workers, 4)),
        duties=tuple(rng.sample(given_.duties, 8)),
    )
    assert staffing(staffed(mixed)) == staffing(staffed(given_))
    assert load_problem(dump_problem(mixed)) == load_problem(dump_problem(given_))
