"""What a series asks in a week: given weekdays, or an interval from the last one given."""

from datetime import date, timedelta

from service.people.facts import SeriesFacts, StayFacts, TenantFacts, WeekdayWindow
from service.people.states import SeriesKind
from service.rounds.needs.history import History
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.needs.place import visit_windows, workers_asked
from service.rounds.states import Priority, VisitKind
from service.teams.hours import Days

_KINDS = {
    SeriesKind.MEDICATION: VisitKind.MEDICATION,
    SeriesKind.DEPOT: VisitKind.DEPOT,
    SeriesKind.GROUP: VisitKind.GROUP,
}


def series_needs(
    tenant: TenantFacts,
    series: SeriesFacts,
    history: History,
    where: dict[int, StayFacts],
    frame: WeekFrame,
) -> list[Need]:
    """The visits of a series, each *must*; `where`: the stay by day index."""
    needs = []
    for due, days, late in series_days(
        series, history.given_before(series.id, frame.monday), frame.monday
    ):
        possible = frozenset(i for i in days if i in where and series.span.holds(frame.day(i)))
        if not possible:
            continue
        stay = where[min(possible)]
        possible = frozenset(i for i in possible if where[i].place == stay.place)
        group = series.kind is SeriesKind.GROUP
        needs.append(
            Need(
                key=f"{tenant.code}:{series.kind}:{series.id}:{due.isoformat()}",
                tenant=tenant.id,
                tenant_code=tenant.code,
                kind=_KINDS[series.kind],
                priority=Priority.MUST,
                minutes=frame.on_grid(series.minutes),
                place=frame.base if group else stay.place,
                windows=_series_windows(series, possible, stay, frame),
                workers_needed=workers_asked(tenant, series.workers_needed, history, stay, frame),
                disciplines=(series.discipline,) if series.discipline else (),
                overdue_days=late,
                exempt=True,
                dogs=stay.dogs and not group,
                series=series.id,
            )
        )
    return needs


def series_days(
    series: SeriesFacts, last_given: date | None, monday: date
) -> list[tuple[date, tuple[int, ...], int]]:
    """What is due in a week: (due day, day indexes on which it may be given, days late).

    An interval counts from the last one given, else from the anchor; it may be given within its
    tolerance of the due day, and on any day of the week once that has passed.
    """
    if series.interval_days is None:
        days = [(monday + timedelta(days=weekday - 1), weekday - 1) for weekday in series.weekdays]
        return [(day, (index,), 0) for day, index in sorted(days) if series.span.holds(day)]
    step = timedelta(days=series.interval_days)
    due = last_given + step if last_given else _from_anchor(series, step, monday)
    found = []
    while due < monday + timedelta(days=7):
        offset = (due - monday).days
        first, last = offset - series.tolerance_days, offset + series.tolerance_days
        late = max(0, -last)
        window = range(7) if late else range(max(0, first), min(6, last) + 1)
        found.append((due, tuple(window), late))
        due = max(due + step, monday + step) if late else due + step
    return found


def _from_anchor(series: SeriesFacts, step: timedelta, monday: date) -> date:
    """The first due day of the anchor's rhythm that the week can still keep."""
    anchor = series.anchor_on or series.span.starts_on
    earliest = monday - timedelta(days=series.tolerance_days)
    steps = max(0, -(-(earliest - anchor).days // step.days))
    return anchor + steps * step


def _series_windows(
    series: SeriesFacts, days: frozenset[int], stay: StayFacts, frame: WeekFrame
) -> Days:
    if series.from_minute is None and series.to_minute is None:
        return visit_windows(days, (), stay, frame)
    start = series.from_minute if series.from_minute is not None else frame.policy.opening_from
    end = series.to_minute if series.to_minute is not None else frame.policy.opening_to
    asked = tuple(
        WeekdayWindow(weekday=i + 1, from_minute=start, to_minute=end) for i in sorted(days)
    )
    return visit_windows(days, asked, stay, frame)
