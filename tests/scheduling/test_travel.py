"""Straight line and given matrix."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduling.problem import Mode, ModeMinutes, ModeSpeed, Place, StraightLine
from scheduling.shares import overload_thresholds
from scheduling.travel import ProblemTravel, StraightLineTravel, TravelTimes, matrix_of, round_up
from tests.scheduling.factories import place, problem

A, B, C = place("a"), place("b", north=10), place("c", north=40, east=30)
LINE: TravelTimes = StraightLineTravel(StraightLine())


def test_walking_a_kilometre_and_a_bit() -> None:
    # 0.01 degree north is 1.112 km; times 1.3 at 4.8 km/h is 18.07 minutes
    assert LINE.minutes(A, B, Mode.WALK) == 19


def test_the_faster_of_walking_and_riding() -> None:
    # 1.445 km: cycling 6.2 + 3 minutes, transit 5.8 + 6
    assert LINE.minutes(A, B, Mode.BIKE) == 10
    assert LINE.minutes(A, B, Mode.TRANSIT) == 12
    near = place("near", north=1)  # 145 m: 1.8 minutes on foot, more by any other way
    assert {LINE.minutes(A, near, mode) for mode in Mode} == {2}


def test_a_mode_without_a_speed_is_walked() -> None:
    only = StraightLineTravel(
        StraightLine(speeds=(ModeSpeed(mode=Mode.WALK, metres_per_hour=6000),))
    )
    assert only.minutes(A, B, Mode.CAR) == only.minutes(A, B, Mode.WALK) == 15


def test_bulk_equals_one_by_one() -> None:
    places = [A, B, C]
    for mode in Mode:
        one_by_one = tuple(tuple(LINE.minutes(a, b, mode) for b in places) for a in places)
        assert LINE.matrix(places, mode) == one_by_one


def test_a_matrix_from_a_provider_is_on_the_grid_and_zero_only_in_place() -> None:
    twin = replace(A, code="twin")
    made = matrix_of(LINE, [A, B, twin], modes=[Mode.WALK], grid=5)
    assert made.places == ("a", "b", "twin")
    assert made.tables == (
        ModeMinutes(mode=Mode.WALK, minutes=((0, 20, 0), (20, 0, 20), (0, 20, 0))),
    )


def test_a_given_matrix_wins_and_may_be_asymmetric() -> None:
    table = ModeMinutes(mode=Mode.BIKE, minutes=((0, 15), (35, 0)))
    week = problem()
    given_matrix = replace(matrix_of(LINE, list(week.places), modes=[], grid=5), tables=(table,))
    travel = ProblemTravel(replace(week, matrix=given_matrix))
    assert travel.minutes("base", "home", Mode.BIKE) == 15
    assert travel.minutes("home", "base", Mode.BIKE) == 35


@given(
    st.integers(-500, 500), st.integers(-500, 500), st.sampled_from(Mode), st.sampled_from([1, 5])
)
def test_straight_lines_of_a_problem_are_symmetric_and_on_the_grid(
    north: int, east: int, mode: Mode, grid: int
) -> None:
    other: Place = place("other", north=north, east=east)
    travel = ProblemTravel(problem(places=(A, other), grid=grid))
    there, back = travel.minutes("a", "other", mode), travel.minutes("other", "a", mode)
    assert there == back
    assert there % grid == 0
    assert (there == 0) == (north == east == 0)


def test_rounding_up_forgives_a_billionth() -> None:
    assert [round_up(m, 5) for m in (0, 0.1, 5, 5 + 1e-9, 5.1)] == [0, 5, 5, 5, 10]


def test_fair_shares_follow_hours_with_a_tenth_of_tolerance() -> None:
    shares = overload_thresholds({"w1": 2400, "w2": 1200, "w3": 0}, demand=1000)
    assert shares == {"w1": 730, "w2": 365, "w3": 0}  # 733.3 and 366.7, down to the grid
