"""One lane walked: gaps, lunch in the first gap where it fits, what is spare and what is late."""

from scheduling.problem import Busy, Worker
from scheduling.rules.walk import Stop, Walk, walk
from scheduling.travel import ProblemTravel
from scheduling.windows import Interval
from tests.scheduling.factories import LUNCH, problem, worker

DAY = Interval(540, 1020)
TRAVEL = ProblemTravel(problem())


def walked(*visits: tuple[str, int, int], who: Worker | None = None) -> Walk:
    """Visits at 'home', ten minutes from the base."""
    stops = [Stop(start, end, code, "home", "home") for code, start, end in visits]
    return walk(who or worker("w1"), 0, DAY, visits=stops, travel=TRAVEL, lunch=LUNCH)


def test_from_base_to_base() -> None:
    found = walked(("v2", 660, 690), ("v1", 600, 630))
    assert found.visits == ("v1", "v2")
    assert [gap.leg for gap in found.gaps] == [10, 0, 10]
    assert found.travel == 20
    assert [gap.spare for gap in found.gaps] == [50, 30, 290]  # lunch in the last one
    assert found.waiting == 30


def test_lunch_is_taken_once_in_the_first_gap_where_it_fits() -> None:
    found = walked(("v1", 600, 690), ("v2", 720, 740), ("v3", 790, 800))
    assert [gap.lunch for gap in found.gaps] == [0, 30, 0, 0]
    assert found.lunch_taken
    assert found.waiting == 50


def test_lunch_needs_the_way_beside_it() -> None:
    """Ten minutes back to the base, then a meeting: lunch needs forty minutes in between."""

    def until(meeting: int) -> Walk:
        busy = Busy(day=0, start=meeting, end=900)
        return walked(("v1", 600, 700), who=worker("w1", busy=(busy,)))

    assert until(740).lunch_taken
    assert until(735).lunch_due
    assert not until(735).lunch_taken


def test_lunch_does_not_begin_before_its_time() -> None:
    assert walked(("v1", 720, 840)).lunch_taken
    assert not walked(("v1", 715, 840)).lunch_taken


def test_lunch_is_over_when_its_time_is() -> None:
    """30 minutes from 13:30 still end by 14:00; from 13:35 they do not."""
    assert walked(("v1", 690, 810)).lunch_taken
    assert not walked(("v1", 690, 815)).lunch_taken


def test_late_is_what_misses_to_the_next_stop() -> None:
    busy = Busy(day=0, start=700, end=720)
    found = walked(("v1", 600, 695), who=worker("w1", busy=(busy,)))
    assert [gap.late for gap in found.gaps] == [0, 5, 0]
    assert [gap.spare for gap in found.gaps][1] == -5
    assert found.waiting == 0


def test_meetings_of_other_days_and_hours_are_no_stops() -> None:
    away = (Busy(day=1, start=600, end=630), Busy(day=0, start=500, end=540))
    assert len(walked(("v1", 700, 730), who=worker("w1", busy=away)).gaps) == 2


def test_a_meeting_is_clipped_to_the_lane() -> None:
    early = (Busy(day=0, start=500, end=560, place="home"),)
    found = walked(("v1", 700, 730), who=worker("w1", busy=early))
    assert (found.gaps[0].after.start, found.gaps[0].after.end) == (540, 560)
    assert found.gaps[0].late == 10
