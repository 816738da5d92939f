"""What stands in the coming weeks beside the agreements: series and appointments outside."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from service.demo.calendar import instant, monday
from service.demo.caseload import Caseload
from service.demo.model import DemoAppointment, DemoSeries
from service.demo.staff import ACT, ICM
from service.people.states import AppointmentKind, SeriesKind
from service.teams.states import Discipline

_APPOINTMENTS = (
    # team, weeks ahead, weekday, minute, minutes, kind, place
    (ACT, 1, 1, 630, 60, AppointmentKind.WELFARE_OFFICE, "welfare-brussels"),
    (ACT, 1, 2, 555, 105, AppointmentKind.COURT, "court"),
    (ACT, 1, 4, 645, 75, AppointmentKind.HOSPITAL, "hospital-1"),
    (ACT, 1, 5, 840, 45, AppointmentKind.OFFICE, "townhall-molenbeek"),
    (ICM, 1, 1, 570, 60, AppointmentKind.WELFARE_OFFICE, "welfare-saint-gilles"),
    (ICM, 1, 2, 810, 75, AppointmentKind.HOSPITAL, "hospital-2"),
    (ICM, 1, 3, 600, 60, AppointmentKind.OFFICE, "office-health"),
    (ICM, 1, 4, 570, 105, AppointmentKind.COURT, "court-etterbeek"),
    (ICM, 1, 5, 660, 45, AppointmentKind.OFFICE, "office-housing"),
    (ACT, 0, 4, 600, 60, AppointmentKind.WELFARE_OFFICE, "welfare-anderlecht"),
    (ICM, 0, 3, 840, 60, AppointmentKind.WELFARE_OFFICE, "welfare-schaerbeek"),
    (ACT, 2, 3, 585, 90, AppointmentKind.COURT, "court"),
    (ICM, 2, 2, 600, 60, AppointmentKind.OFFICE, "townhall-anderlecht"),
)


def appointments_of(
    rng: Random,
    visited: Sequence[str],
    caseloads: Mapping[str, Caseload],
    *,
    pick_up: Mapping[str, str],
    today: date,
) -> list[DemoAppointment]:
    """Appointments of this week and the two after it, from and back to where the tenant stays.

    `visited`: tenants who can leave where they stay; `pick_up`: the place of each.
    """
    tenants = {
        team: rng.sample([code for code in visited if caseloads[code].team == team], 8)
        for team in (ACT, ICM)
    }
    rows = []
    for team, weeks, weekday, minute, minutes, kind, place in _APPOINTMENTS:
        tenant = tenants[team].pop()
        day = monday(today) + timedelta(days=7 * weeks + weekday - 1)
        rows.append(
            DemoAppointment(
                tenant=tenant,
                kind=kind,
                place=place,
                starts_at=instant(day, minute),
                minutes=minutes,
                pick_up=pick_up[tenant],
                end_place=pick_up[tenant] if kind is not AppointmentKind.HOSPITAL else None,
            )
        )
    return rows


def series_of(
    rng: Random, housed: Sequence[str], caseloads: Mapping[str, Caseload], *, today: date
) -> list[DemoSeries]:
    """Medication on fixed days, depot injections every two or four weeks, a weekly group.

    One injection of each team is due in the coming week.
    """
    act = rng.sample([code for code in housed if caseloads[code].team == ACT], 5)
    icm = rng.sample([code for code in housed if caseloads[code].team == ICM], 2)
    next_week = monday(today) + timedelta(days=7)
    begun = today - timedelta(days=200)
    nurse = Discipline.NURSE
    depots = [
        _depot(act[0], 14, next_week + timedelta(days=1)),
        _depot(act[1], 28, next_week + timedelta(days=3)),
        _depot(act[2], 28, next_week + timedelta(days=9)),
        _depot(icm[0], 28, next_week + timedelta(days=2)),
    ]
    medication = [
        DemoSeries(
            tenant=tenant,
            kind=SeriesKind.MEDICATION,
            starts_on=begun,
            minutes=20,
            weekdays=days,
            discipline=nurse,
            from_minute=540,
            to_minute=735,
        )
        for tenant, days in ((act[3], (1, 3, 5)), (icm[1], (2, 5)))
    ]
    group = DemoSeries(
        tenant=act[4],
        kind=SeriesKind.GROUP,
        starts_on=begun,
        minutes=90,
        weekdays=(4,),
        from_minute=840,
        to_minute=1020,
    )
    return [*depots, *medication, group]


def _depot(tenant: str, interval: int, due: date) -> DemoSeries:
    """An injection by a nurse, a series that is due on a day and began ten injections earlier."""
    first = due - timedelta(days=10 * interval)
    return DemoSeries(
        tenant=tenant,
        kind=SeriesKind.DEPOT,
        starts_on=first,
        minutes=30,
        interval_days=interval,
        tolerance_days=2 if interval == 14 else 3,
        anchor_on=first,
        discipline=Discipline.NURSE,
        from_minute=540,
        to_minute=1020,
    )
