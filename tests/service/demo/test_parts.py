"""Parts of the demonstration by themselves: reasons, contact days, working days, names."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from service.demo.calendar import WorkCalendar, instant, public_holidays
from service.demo.chance import chance
from service.demo.contacts import Stretch, contact_days
from service.demo.model import DemoAbsence, DemoWorker
from service.demo.names import people_names
from service.demo.reasons import counts_for, reasons_for
from service.encounters.states import EncounterKind, Reason
from service.people.names import name_key
from service.teams.states import AbsenceKind, Discipline, Gender

VISIT, CONSULTATION = EncounterKind.HOME_VISIT, EncounterKind.CONSULTATION
MONDAY = date(2026, 3, 2)


def test_reasons_meet_their_counts_and_leave_no_meeting_without_one() -> None:
    kinds = [VISIT] * 40 + [CONSULTATION] * 3
    counts = {Reason.HOUSING: 41, Reason.MEDICAL: 30, Reason.CRISIS: 1, Reason.CASE_CONFERENCE: 5}
    chosen = reasons_for(chance(1, "reasons"), kinds, counts=counts)
    assert Counter(reason for reasons in chosen for reason in reasons) == counts
    assert all(chosen)
    assert all(len(set(reasons)) == len(reasons) for reasons in chosen)
    assert all(Reason.CASE_CONFERENCE in reasons for reasons in chosen[40:])


@pytest.mark.parametrize("counts", [{Reason.HOUSING: 9}, {Reason.HOUSING: 11, Reason.CRISIS: 3}])
def test_counts_that_cannot_be_met_are_refused(counts: dict[Reason, int]) -> None:
    with pytest.raises(ValueError, match="10 meetings cannot have the reasons"):
        reasons_for(chance(1, "reasons"), [VISIT] * 10, counts=counts)


@pytest.mark.parametrize("meetings", [1, 2, 7, 100, 2542])
def test_scaled_counts_can_be_met(meetings: int) -> None:
    consultations = meetings * 56 // 2542
    kinds = [VISIT] * (meetings - consultations) + [CONSULTATION] * consultations
    counts = counts_for(meetings, consultations)
    chosen = reasons_for(chance(2, "reasons"), kinds, counts=counts)
    assert sum(len(reasons) for reasons in chosen) == sum(counts.values())
    assert all(chosen)


def test_contacts_are_at_even_distances_on_workdays() -> None:
    stretch = Stretch("T1", MONDAY, (1 / 7,) * 140)
    days = [
        day for day, _ in contact_days(chance(1, "days"), [stretch], total=20, silent={}, due={})
    ]
    assert len(set(days)) == 20
    assert all(day.isoweekday() <= 5 for day in days)
    gaps = [(b - a).days for a, b in pairwise(days)]
    assert max(gaps) <= 14


def test_contacts_fall_into_the_weeks_in_which_they_are_due() -> None:
    stretch = Stretch("T1", MONDAY, (1 / 14,) * 140)
    due = [MONDAY + timedelta(days=14 * i) for i in range(10)]
    days = [
        day
        for day, _ in contact_days(
            chance(1, "days"), [stretch], total=10, silent={}, due={"T1": due}
        )
    ]
    assert [day - timedelta(days=day.weekday()) for day in days] == due


def test_who_is_silent_is_not_met_and_few_workdays_hold_few_contacts() -> None:
    stretch = Stretch("T1", MONDAY, (1 / 7,) * 28)
    since = MONDAY + timedelta(days=7)
    silent = contact_days(chance(1, "days"), [stretch], total=9, silent={"T1": since}, due={})
    assert len(silent) == 5  # the five days of the first week
    assert all(day < since for day, _ in silent)


def test_nobody_works_on_holidays_when_absent_or_before_the_first_day() -> None:
    worker = DemoWorker(
        code="W1",
        first_name="",
        last_name="",
        discipline=Discipline.NURSE,
        gender=Gender.FEMALE,
        languages=("fr",),
        teams=("ACT",),
        hours=((0, 1, 540, 1020), (1, 2, 600, 840)),
        cycle_weeks=2,
        employed_from=date(2026, 1, 5),
    )
    away = DemoAbsence(
        worker="W1",
        starts_at=instant(date(2026, 2, 16), 960),
        ends_at=instant(date(2026, 2, 17), 0),
        kind=AbsenceKind.PLANNED,
    )
    calendar = WorkCalendar([worker], [away])
    assert calendar.hours("W1", date(2026, 1, 5)) is not None  # the first week of the cycle
    assert calendar.hours("W1", date(2026, 1, 12)) is None  # its second
    assert calendar.hours("W1", date(2026, 1, 13)) == (600, 840)
    assert calendar.hours("W1", date(2025, 12, 22)) is None  # not employed yet
    assert calendar.hours("W1", date(2026, 2, 16)) is None  # away from 16:00
    assert date(2026, 4, 6) in public_holidays(2026)
    assert calendar.hours("W1", date(2026, 4, 6)) is None  # Easter Monday
    assert calendar.team("ACT", date(2026, 1, 19)) == ["W1"]


def test_local_minutes_are_right_on_both_sides_of_a_clock_change() -> None:
    assert instant(date(2026, 3, 27), 600) == datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert instant(date(2026, 3, 30), 600) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_names_fold_to_plain_letters() -> None:
    assert name_key(first="Şebnem", last="Çelikpınarlı") == "celikpinarli sebnem"
    assert name_key(first="Łukasz", last="Îlotier") == "ilotier lukasz"


def test_there_are_not_names_for_everybody_in_town() -> None:
    with pytest.raises(ValueError, match="500 people, but only"):
        people_names(chance(1, "names"), [Gender.MALE] * 500)
