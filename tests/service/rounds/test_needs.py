"""What a week asks: agreements, series, appointments, stays, pairs. Pure, with days worked out."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling.windows import Interval
from service.encounters.queries import Contacts
from service.people.facts import (
    AgreementFacts,
    AppointmentFacts,
    SeriesFacts,
    StayFacts,
    TenantFacts,
    WeekdayWindow,
)
from service.people.states import AgreementPreset, SeriesKind, StayKind
from service.rounds.needs import History, Need, WeekFrame, week_needs
from service.rounds.needs.agreements import contacts_asked
from service.rounds.needs.series import series_days
from service.rounds.states import Priority, VisitKind
from service.teams.hours import Span
from service.teams.policy import TeamPolicy
from service.teams.states import Discipline

MONDAY = date(2026, 11, 30)
ALWAYS = Span(date(2020, 1, 6))
HOME, HOSPITAL, BASE, COURT = 1, 2, 9, 5
FRAME = WeekFrame(
    monday=MONDAY,
    on=date(2026, 11, 26),
    policy=TeamPolicy(),
    open_days=frozenset(range(5)),
    base=BASE,
    ride=lambda start, end: 0 if start == end else 25,
)
STAY = StayFacts(id=1, kind=StayKind.HOME, place=HOME, span=ALWAYS)
WEEKLY = AgreementFacts(
    id=1,
    preset=AgreementPreset.CUSTOM,
    span=ALWAYS,
    contacts=1,
    period_days=7,
    longest_gap_days=10,
    minutes=45,
)
SEEN = History(past=Contacts(days=(date(2026, 11, 20),), visited=(date(2026, 11, 20),)))
TENANT = TenantFacts(
    id=41,
    code="T-041",
    support=ALWAYS,
    languages=(),
    primary=None,
    backup=None,
    flagged=False,
    agreements=(WEEKLY,),
    stays=(STAY,),
)


def _needs(
    tenant: TenantFacts = TENANT, *, history: History = SEEN, frame: WeekFrame = FRAME
) -> tuple[Need, ...]:
    return week_needs([tenant], {tenant.id: history}, frame).needs


def _with(agreement: AgreementFacts) -> TenantFacts:
    return replace(TENANT, agreements=(agreement,))


# -- agreements


def test_a_weekly_agreement_asks_one_visit_with_a_stable_key() -> None:
    (need,) = _needs()
    assert need.key == "T-041:agr:1"
    assert (need.kind, need.priority) == (VisitKind.HOME_VISIT, Priority.SHOULD)
    assert (need.place, need.minutes, need.workers_needed) == (HOME, 45, 1)
    assert need.windows == ((Interval(540, 1020),),) * 7
    assert need.overdue_days == 0
    assert _needs() == (need,)


def test_the_first_contact_should_and_the_others_would_be_liked() -> None:
    needs = _needs(_with(replace(WEEKLY, contacts=3)))
    assert [need.priority for need in needs] == [Priority.SHOULD, Priority.WANT, Priority.WANT]


def test_two_contacts_of_a_week_are_two_days_apart() -> None:
    assert [need.gap_days for need in _needs(_with(replace(WEEKLY, contacts=2)))] == [2, 2]


def test_the_first_visit_of_who_just_moved_in_must_be() -> None:
    moved = replace(WEEKLY, preset=AgreementPreset.JUST_MOVED_IN, contacts=2, longest_gap_days=4)
    assert [need.priority for need in _needs(_with(moved))] == [Priority.MUST, Priority.WANT]


def test_a_crisis_asks_each_day_on_which_somebody_works() -> None:
    crisis = replace(WEEKLY, preset=AgreementPreset.CRISIS, contacts=7, longest_gap_days=1)
    needs = _needs(_with(crisis))
    assert [need.priority for need in needs] == [Priority.MUST] * 5
    assert {need.gap_days for need in needs} == {1}


def test_overdue_days_weigh_on_the_first_visit_alone() -> None:
    late = History(past=Contacts(days=(date(2026, 11, 2),), visited=(date(2026, 11, 2),)))
    needs = _needs(_with(replace(WEEKLY, contacts=2)), history=late)
    assert [need.overdue_days for need in needs] == [14, 0]


def test_a_published_visit_ahead_does_not_end_overdue() -> None:
    late = Contacts(days=(date(2026, 11, 2),))
    ahead = Contacts(days=(date(2026, 11, 27),))
    (need,) = _needs(history=History(past=late, ahead=ahead))
    assert need.overdue_days == 14


def test_a_pause_asks_nothing_and_half_a_week_asks_half() -> None:
    paused = replace(WEEKLY, contacts=4, pauses=(Span(MONDAY, MONDAY + timedelta(days=7)),))
    assert _needs(_with(paused)) == ()
    ends = replace(WEEKLY, contacts=4, span=Span(ALWAYS.starts_on, MONDAY + timedelta(days=3)))
    needs = _needs(_with(ends))
    assert len(needs) == 2
    assert [bool(day) for day in needs[0].windows] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(("period", "weeks"), [(14, 2), (21, 3), (28, 4)])
def test_long_periods_are_level_over_the_weeks(period: int, weeks: int) -> None:
    """Of many agreements the same number falls due each week, and each once in its period."""
    agreements = [replace(WEEKLY, id=i, period_days=period, longest_gap_days=90) for i in range(60)]
    mondays = [MONDAY + timedelta(weeks=i) for i in range(weeks)]
    due = {
        monday: [
            a.id
            for a in agreements
            if contacts_asked(a, History(past=Contacts(days=(monday - timedelta(days=1),))), monday)
        ]
        for monday in mondays
    }
    assert all(len(ids) == 60 // weeks for ids in due.values())
    assert Counter(i for ids in due.values() for i in ids) == Counter(range(60))


def test_a_missed_fortnightly_visit_is_asked_again_until_given() -> None:
    fortnightly = replace(WEEKLY, period_days=14, longest_gap_days=60)
    week = next(
        MONDAY + timedelta(weeks=i)
        for i in range(2)
        if contacts_asked(
            fortnightly,
            History(past=Contacts(days=(MONDAY + timedelta(weeks=i, days=-1),))),
            MONDAY + timedelta(weeks=i),
        )
    )
    after = week + timedelta(weeks=1)
    missed = History(past=Contacts(days=(week - timedelta(days=7),)))
    given = History(past=Contacts(days=(week + timedelta(days=2),)))
    planned = replace(missed, ahead=Contacts(days=(week + timedelta(days=2),)))
    assert contacts_asked(fortnightly, missed, after) == 1
    assert contacts_asked(fortnightly, given, after) == 0
    assert contacts_asked(fortnightly, planned, after) == 0


def test_a_gap_that_would_grow_too_long_is_asked_off_its_week() -> None:
    stable = replace(WEEKLY, period_days=28, longest_gap_days=21)
    seen = History(past=Contacts(days=(MONDAY - timedelta(days=16),)))
    asked = [contacts_asked(replace(stable, id=i), seen, MONDAY) for i in range(8)]
    assert asked == [1] * 8


# -- series


def test_medication_on_given_days_must_be_and_stands_apart() -> None:
    series = SeriesFacts(
        id=3,
        kind=SeriesKind.MEDICATION,
        span=Span(ALWAYS.starts_on, MONDAY + timedelta(days=4)),
        minutes=15,
        weekdays=(1, 3, 5),
        discipline=Discipline.NURSE,
        from_minute=510,
        to_minute=600,
    )
    needs = _needs(replace(TENANT, agreements=(), series=(series,)))
    assert [need.key for need in needs] == [
        "T-041:medication:3:2026-11-30",
        "T-041:medication:3:2026-12-02",
    ]
    assert {(n.priority, n.exempt, n.disciplines, n.series) for n in needs} == {
        (Priority.MUST, True, (Discipline.NURSE,), 3)
    }
    assert needs[0].windows == ((Interval(510, 600),), *(((),) * 6))


DEPOT = SeriesFacts(
    id=7,
    kind=SeriesKind.DEPOT,
    span=ALWAYS,
    minutes=30,
    interval_days=14,
    tolerance_days=2,
    anchor_on=date(2026, 11, 4),
)


@pytest.mark.parametrize(
    ("last_given", "expected"),
    [
        (date(2026, 11, 18), [(date(2026, 12, 2), (0, 1, 2, 3, 4), 0)]),
        (date(2026, 11, 22), [(date(2026, 12, 6), (4, 5, 6), 0)]),
        (date(2026, 11, 23), []),
        (date(2026, 11, 15), [(date(2026, 11, 29), (0, 1), 0)]),
        (date(2026, 11, 10), [(date(2026, 11, 24), (0, 1, 2, 3, 4, 5, 6), 4)]),
        (None, [(date(2026, 12, 2), (0, 1, 2, 3, 4), 0)]),
    ],
)
def test_a_depot_counts_from_the_last_one_given(
    last_given: date | None, expected: list[tuple[date, tuple[int, ...], int]]
) -> None:
    assert series_days(DEPOT, last_given, MONDAY) == expected


def test_a_depot_given_or_published_before_the_week_moves_the_next_one() -> None:
    tenant = replace(TENANT, agreements=(), series=(DEPOT,))
    given = Contacts(given={7: (date(2026, 11, 18),)})
    ahead = Contacts(given={7: (date(2026, 11, 27),)})
    assert [n.key for n in _needs(tenant, history=History(past=given))] == [
        "T-041:depot:7:2026-12-02"
    ]
    assert _needs(tenant, history=History(past=given, ahead=ahead)) == ()
    in_week = Contacts(given={7: (date(2026, 11, 18), date(2026, 12, 1))})
    assert [n.key for n in _needs(tenant, history=History(past=in_week))] == [
        "T-041:depot:7:2026-12-02"
    ]


def test_a_group_takes_place_at_the_base() -> None:
    group = SeriesFacts(id=2, kind=SeriesKind.GROUP, span=ALWAYS, minutes=90, weekdays=(4,))
    (need,) = _needs(replace(TENANT, agreements=(), series=(group,)))
    assert need.place == BASE


# -- appointments


def test_an_appointment_begins_early_enough_for_the_way() -> None:
    appointment = AppointmentFacts(
        id=17,
        place=COURT,
        pick_up=HOME,
        end_place=HOME,
        starts_at=datetime(2026, 12, 2, 9, 7, tzinfo=UTC),
        minutes=60,
    )
    (need,) = _needs(replace(TENANT, agreements=(), appointments=(appointment,)))
    assert need.key == "T-041:app:17"
    assert need.fixed == (2, 580)  # 10:07 in Brussels, 25 minutes of way, down to the grid
    assert need.minutes == 115  # 27 + 60 + 25, up to the grid
    assert (need.priority, need.kind) == (Priority.MUST, VisitKind.ACCOMPANIMENT)


def test_an_appointment_keeps_its_wall_clock_over_the_change_of_clocks() -> None:
    frame = replace(FRAME, monday=date(2026, 10, 19), on=date(2026, 10, 15))
    sunday = AppointmentFacts(
        id=1,
        place=COURT,
        pick_up=None,
        end_place=None,
        starts_at=datetime(2026, 10, 25, 9, tzinfo=UTC),
        minutes=60,
    )
    (need,) = _needs(replace(TENANT, agreements=(), appointments=(sunday,)), frame=frame)
    assert need.fixed == (6, 600)


# -- where, when, how many


def test_visits_follow_the_stay_that_began_last_and_its_visiting_hours() -> None:
    hospital = StayFacts(
        id=2,
        kind=StayKind.HOSPITAL,
        place=HOSPITAL,
        span=Span(date(2026, 11, 10)),
        windows=(WeekdayWindow(weekday=2, from_minute=840, to_minute=960),),
    )
    mornings = replace(WEEKLY, windows=(WeekdayWindow(weekday=1, from_minute=540, to_minute=720),))
    tenant = replace(_with(mornings), stays=(STAY, hospital))
    (need,) = _needs(tenant)
    assert need.place == HOSPITAL
    assert need.windows == ((), (Interval(840, 960),), *(((),) * 5))
    (at_home,) = _needs(_with(mornings))
    assert at_home.windows == ((Interval(540, 720),), *(((),) * 6))


def test_a_move_in_the_week_visits_where_most_days_are() -> None:
    second = StayFacts(id=2, kind=StayKind.HOME, place=3, span=Span(MONDAY + timedelta(days=2)))
    tenant = replace(
        TENANT,
        stays=(replace(STAY, span=Span(ALWAYS.starts_on, MONDAY + timedelta(days=2))), second),
    )
    (need,) = _needs(tenant)
    assert need.place == 3
    assert [bool(day) for day in need.windows] == [False, False, True, True, True, True, True]


def test_two_go_where_a_flag_is_in_force_or_the_place_is_unknown() -> None:
    (flagged,) = _needs(replace(TENANT, flagged=True))
    assert flagged.workers_needed == 2
    (unknown,) = _needs(history=History(past=Contacts(days=(date(2026, 11, 20),))))
    assert unknown.workers_needed == 2
    moved = replace(TENANT, stays=(replace(STAY, span=Span(date(2026, 11, 25))),))
    assert _needs(moved)[0].workers_needed == 2
    trusting = replace(FRAME, policy=TeamPolicy(first_visit_pairs=False))
    assert _needs(moved, frame=trusting)[0].workers_needed == 1


def test_who_stays_nowhere_is_named() -> None:
    found = week_needs([replace(TENANT, stays=())], {}, FRAME)
    assert found.needs == ()
    assert found.nowhere == ("T-041",)


def test_needs_do_not_depend_on_the_order_of_tenants() -> None:
    other = replace(TENANT, id=42, code="T-042")
    histories = {41: SEEN, 42: SEEN}
    assert week_needs([TENANT, other], histories, FRAME) == week_needs(
        [other, TENANT], histories, FRAME
    )
