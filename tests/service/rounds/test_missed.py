"""What was missed is asked again: when, how often, where, and by how many."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduling.windows import Interval
from service.encounters.queries import MissedVisit
from service.encounters.states import DayPart, Outcome
from service.people.facts import SeriesFacts, StayFacts, TenantFacts
from service.people.states import SeriesKind, StayKind
from service.rounds.needs import History, Need, week_needs
from service.rounds.needs.missed import again_key, missed_visit_of
from service.rounds.states import Priority, VisitKind
from service.teams.hours import Span
from tests.service.rounds.test_needs import ALWAYS, FRAME, HOSPITAL, MONDAY, SEEN, TENANT, WEEKLY

WEDNESDAY = replace(FRAME, on=date(2026, 12, 2))
MISSED = MissedVisit(
    visit=77,
    tenant=TENANT.id,
    week=MONDAY,
    at=datetime(2026, 12, 2, 8, 30, tzinfo=UTC),
    outcome=Outcome.NOT_HOME,
    kind=VisitKind.HOME_VISIT,
    priority=Priority.SHOULD,
    series=None,
    minutes=45,
    workers_needed=1,
)
DAILY = SeriesFacts(
    id=12, kind=SeriesKind.MEDICATION, span=ALWAYS, minutes=15, weekdays=(1, 2, 3, 4, 5)
)
DEPOT = SeriesFacts(id=13, kind=SeriesKind.DEPOT, span=ALWAYS, minutes=30, interval_days=14)


def again(
    missed: MissedVisit = MISSED, *, tenant: TenantFacts = TENANT, monday: date = MONDAY
) -> list[Need]:
    frame = WEDNESDAY if monday == MONDAY else replace(FRAME, monday=monday, on=monday)
    history = replace(SEEN, missed=(missed,))
    needs = week_needs([tenant], {tenant.id: history}, frame).needs
    return [need for need in needs if missed_visit_of(need.key) is not None]


def days(need: Need) -> list[int]:
    return [index for index, hours in enumerate(need.windows) if hours]


def test_a_missed_visit_is_asked_on_what_is_left_of_its_week() -> None:
    (need,) = again()
    assert need.key == again_key("T-041", visit=77, series=None)
    assert missed_visit_of(need.key) == 77
    assert days(need) == [2, 3, 4]
    assert (need.priority, need.minutes) == (Priority.SHOULD, 45)


def test_nothing_missed_asks_nothing() -> None:
    assert week_needs([TENANT], {TENANT.id: History()}, FRAME).needs != ()
    assert missed_visit_of("T-041:agr:1") is None


def test_a_missed_must_is_offered_today_or_tomorrow_and_crosses_the_weeks_end() -> None:
    must = replace(MISSED, priority=Priority.MUST)
    assert days(again(must)[0]) == [2, 3]
    later = date(2026, 12, 7)
    assert days(again(must, monday=later)[0]) == [0, 1]
    assert again(MISSED, monday=later) == []


def test_another_part_of_the_day_where_it_leaves_room() -> None:
    afternoon = again(replace(MISSED, part=DayPart.AFTERNOON))[0]
    assert afternoon.windows[2] == (Interval(12 * 60, 17 * 60),)
    evening = again(replace(MISSED, part=DayPart.EVENING))[0]
    assert evening.windows[2] == again()[0].windows[2]  # nobody visits then


def test_two_go_where_it_was_unsafe() -> None:
    assert again(replace(MISSED, outcome=Outcome.UNSAFE))[0].workers_needed == 2


def test_whoever_is_in_hospital_is_asked_there_once_a_stay_says_so() -> None:
    missed = replace(MISSED, outcome=Outcome.IN_HOSPITAL)
    assert again(missed) == []
    ward = StayFacts(id=2, kind=StayKind.HOSPITAL, place=HOSPITAL, span=Span(date(2026, 12, 3)))
    (need,) = again(missed, tenant=replace(TENANT, stays=(*TENANT.stays, ward)))
    assert (need.place, days(need)) == (HOSPITAL, [3, 4])


def test_a_pause_or_an_ended_agreement_asks_nothing_again() -> None:
    paused = replace(WEEKLY, pauses=(Span(date(2026, 12, 2)),))
    assert again(tenant=replace(TENANT, agreements=(paused,))) == []
    assert again(tenant=replace(TENANT, agreements=())) == []


@pytest.mark.parametrize(("series", "crosses"), [(DAILY, False), (DEPOT, False)])
def test_a_series_is_asked_again_in_its_week_and_asks_itself_after_it(
    series: SeriesFacts, crosses: bool
) -> None:
    tenant = replace(TENANT, series=(series,))
    missed = replace(MISSED, priority=Priority.MUST, series=series.id, kind=VisitKind.MEDICATION)
    (need,) = again(missed, tenant=tenant)
    assert (need.series, need.exempt) == (series.id, True)
    assert need.key.split(":")[2] == str(series.id)
    assert bool(again(missed, tenant=tenant, monday=date(2026, 12, 7))) is crosses


def test_medication_once_a_week_crosses() -> None:
    thursdays = replace(DAILY, weekdays=(4,))
    tenant = replace(TENANT, series=(thursdays,))
    missed = replace(MISSED, priority=Priority.MUST, series=thursdays.id)
    (need,) = again(missed, tenant=tenant, monday=date(2026, 12, 7))
    assert days(need) == [0, 1]
