"""What was missed and is asked again: while its week lasts, and a *must* in the week after."""

from datetime import timedelta

from scheduling.windows import Interval, intersect
from service.encounters.queries import MissedVisit
from service.encounters.states import DayPart, Outcome
from service.people.facts import SeriesFacts, StayFacts, TenantFacts, WeekdayWindow
from service.people.states import StayKind
from service.rounds.needs.history import History
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.needs.place import visit_windows, workers_asked
from service.rounds.states import Priority
from service.teams.hours import Days
from service.teams.states import Discipline

SOON_DAYS = 2
"""A missed *must* is offered today or tomorrow."""

NOON, EVENING = 12 * 60, 17 * 60
PARTS = {
    DayPart.MORNING: Interval(0, NOON),
    DayPart.AFTERNOON: Interval(NOON, EVENING),
    DayPart.EVENING: Interval(EVENING, 24 * 60),
}
_AWAY = {Outcome.IN_HOSPITAL: StayKind.HOSPITAL, Outcome.IN_PRISON: StayKind.PRISON}


def again_key(tenant_code: str, *, visit: int, series: int | None) -> str:
    """The key of the need that stands in for a missed visit, in whichever week it is asked."""
    middle = "" if series is None else f"{series}:"
    return f"{tenant_code}:again:{middle}{visit}"


def missed_visit_of(key: str) -> int | None:
    """The missed visit (id) that a need stands in for, None for any other need."""
    parts = key.split(":")
    return int(parts[-1]) if len(parts) > 2 and parts[1] == "again" else None


def missed_needs(
    tenant: TenantFacts, history: History, where: dict[int, StayFacts], frame: WeekFrame
) -> list[Need]:
    """The visits that stand in for missed ones; `where`: the stay by day index.

    Whoever is in hospital or prison is asked there, once a stay says where that is.
    """
    needs = []
    for missed in history.missed:
        if missed.week < frame.monday and missed.priority is not Priority.MUST:
            continue
        series = next((one for one in tenant.series if one.id == missed.series), None)
        if missed.series is not None and (series is None or _asks_itself(series, missed, frame)):
            continue
        days = _days(tenant, missed, series, where, frame)
        if not days:
            continue
        stay = where[min(days)]
        days = frozenset(i for i in days if where[i].place == stay.place)
        pair = 2 if missed.outcome is Outcome.UNSAFE else missed.workers_needed
        needs.append(
            Need(
                key=again_key(tenant.code, visit=missed.visit, series=missed.series),
                tenant=tenant.id,
                tenant_code=tenant.code,
                kind=missed.kind,
                priority=missed.priority,
                minutes=frame.on_grid(missed.minutes),
                place=stay.place,
                windows=_windows(tenant, missed, series, days, stay, frame),
                workers_needed=workers_asked(tenant, pair, history, stay, frame),
                disciplines=_disciplines(tenant, series, min(days), frame),
                gap_days=frame.policy.gap_days,
                exempt=series is not None,
                dogs=stay.dogs,
                series=missed.series,
            )
        )
    return needs


def _asks_itself(series: SeriesFacts, missed: MissedVisit, frame: WeekFrame) -> bool:
    """Whether the series asks for it anew in a later week: an interval counts from the last one
    given, and given weekdays come round within two days."""
    if missed.week == frame.monday:
        return False
    return series.interval_days is not None or bool(
        {day - 1 for day in series.weekdays} & set(sorted(frame.open_days)[:SOON_DAYS])
    )


def _days(
    tenant: TenantFacts,
    missed: MissedVisit,
    series: SeriesFacts | None,
    where: dict[int, StayFacts],
    frame: WeekFrame,
) -> frozenset[int]:
    """Day indexes from today on which it can be tried again; of a *must*, the first two."""
    today = (frame.on - frame.monday).days
    away = _AWAY.get(missed.outcome)
    days = []
    for index in sorted(frame.open_days):
        day = frame.day(index)
        if index < today or index not in where:
            continue
        if away is not None and where[index].kind is not away:
            continue
        if series is not None and series.span.holds(day):
            days.append(index)
        elif series is None:
            agreement = tenant.agreement_on(day)
            if agreement is not None and agreement.contacts and not agreement.paused_on(day):
                days.append(index)
    return frozenset(days[:SOON_DAYS] if missed.priority is Priority.MUST else days)


def _windows(
    tenant: TenantFacts,
    missed: MissedVisit,
    series: SeriesFacts | None,
    days: frozenset[int],
    stay: StayFacts,
    frame: WeekFrame,
) -> Days:
    """When it may be: as agreed, at the part of the day that was wished where that leaves room."""
    asked: tuple[WeekdayWindow, ...] = ()
    if series is None:
        agreement = tenant.agreement_on(frame.monday + timedelta(days=min(days)))
        asked = agreement.windows if agreement else ()
    elif series.from_minute is not None and series.to_minute is not None:
        asked = tuple(
            WeekdayWindow(weekday=i + 1, from_minute=series.from_minute, to_minute=series.to_minute)
            for i in sorted(days)
        )
    windows = visit_windows(days, asked, stay, frame)
    if missed.part is None:
        return windows
    part = (PARTS[missed.part],)
    narrowed = tuple(tuple(intersect(day, part)) for day in windows)
    fits = any(i.end - i.start >= missed.minutes for day in narrowed for i in day)
    return narrowed if fits else windows


def _disciplines(
    tenant: TenantFacts, series: SeriesFacts | None, index: int, frame: WeekFrame
) -> tuple[Discipline, ...]:
    if series is not None:
        return (series.discipline,) if series.discipline else ()
    agreement = tenant.agreement_on(frame.day(index))
    return agreement.disciplines if agreement else ()
