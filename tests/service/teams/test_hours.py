"""Hours of a week: cycles, employment, absences, and the days the clocks change."""

from datetime import UTC, date, datetime

from scheduling.windows import Interval
from service.teams.hours import (
    Pattern,
    Span,
    Stretch,
    cut,
    minutes_of,
    net,
    shrunk,
    week_away,
    week_hours,
    widened,
)

MONDAY = date(2026, 11, 30)
ALWAYS = Span(date(2020, 1, 6))
MORNING = Interval(540, 720)


def _pattern(*stretches: Stretch, weeks: int = 1, span: Span = ALWAYS) -> Pattern:
    return Pattern(
        span=span, cycle_weeks=weeks, cycle_starts_on=date(2026, 11, 23), stretches=stretches
    )


def test_a_cycle_of_two_weeks_alternates() -> None:
    pattern = _pattern(Stretch(0, 1, 540, 720), Stretch(1, 2, 540, 720), weeks=2)
    first = week_hours(date(2026, 11, 23), [pattern], on_duty=((ALWAYS,),))
    second = week_hours(MONDAY, [pattern], on_duty=((ALWAYS,),))
    before = week_hours(date(2026, 11, 16), [pattern], on_duty=((ALWAYS,),))
    assert first[0] == (MORNING,)
    assert first[1] == ()
    assert second[0] == ()
    assert second[1] == (MORNING,)
    assert before == second


def test_hours_end_with_employment_and_begin_with_membership() -> None:
    pattern = _pattern(*(Stretch(0, day, 540, 720) for day in range(1, 6)))
    hours = week_hours(
        MONDAY,
        [pattern],
        on_duty=((Span(date(2020, 1, 6), date(2026, 12, 3)),), (Span(date(2026, 12, 1)),)),
        closed={date(2026, 12, 2)},
    )
    assert [bool(day) for day in hours] == [False, True, False, False, False, False, False]


def test_an_absence_covers_its_minutes_and_no_others() -> None:
    away = week_away(
        MONDAY,
        [(datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 3, 8, 30, tzinfo=UTC))],
    )
    assert away[0] == ()
    assert away[1] == (Interval(600, 1440),)
    assert away[2] == (Interval(0, 1440),)
    assert away[3] == (Interval(0, 570),)
    assert minutes_of(net(((MORNING,),) * 7, away)) == 4 * 180 + 60 + 150


def test_absences_on_the_day_the_clocks_go_forward() -> None:
    """29 March 2026: 8:00 is 6:00 UTC after the change, not 7:00."""
    monday = date(2026, 3, 23)
    away = week_away(
        monday, [(datetime(2026, 3, 29, 6, tzinfo=UTC), datetime(2026, 3, 29, 10, tzinfo=UTC))]
    )
    assert away[6] == (Interval(480, 720),)


def test_absences_on_the_day_the_clocks_go_back() -> None:
    """25 October 2026: an end in the hour that comes twice covers the hour whole."""
    monday = date(2026, 10, 19)
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    away = week_away(monday, [(start, second_half_past_two)])
    assert away[5] == (Interval(1320, 1440),)
    assert away[6] == (Interval(0, 180),)
    whole_day = week_away(
        monday, [(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))]
    )
    assert whole_day[6] == (Interval(0, 1440),)
    assert whole_day[5] == ()


def test_hours_shrink_to_the_grid_and_absences_widen() -> None:
    days = ((Interval(541, 719),),) + ((),) * 6
    assert shrunk(days, 5)[0] == (Interval(545, 715),)
    assert widened(days, 5)[0] == (Interval(540, 720),)
    assert cut(days, ((Interval(700, 800),),) + ((),) * 6)[0] == (Interval(700, 719),)
