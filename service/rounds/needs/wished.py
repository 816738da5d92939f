"""What a morning meeting asks of a day: a *must* on it, or no visit on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scheduling.windows import Interval, intersect
from service.clock import BRUSSELS
from service.morning.states import DayPart, DayWishKind
from service.morning.wishes import DayWish
from service.people.facts import TenantFacts
from service.rounds.needs.history import History
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.needs.place import visit_windows, workers_asked
from service.rounds.rows import DraftVisit
from service.rounds.states import Priority, VisitKind
from service.teams.hours import Days

NOON = 12 * 60
PARTS = {
    DayPart.ANY: Interval(0, 24 * 60),
    DayPart.MORNING: Interval(0, NOON),
    DayPart.AFTERNOON: Interval(NOON, 24 * 60),
}
MINUTES = 30
"""Of a visit for somebody without an agreement."""


def with_wishes(
    needs: Sequence[Need],
    wishes: Iterable[DayWish],
    *,
    tenants: Sequence[TenantFacts],
    histories: Mapping[int, History],
    draft: Sequence[DraftVisit],
    frame: WeekFrame,
    now: datetime,
) -> tuple[Need, ...]:
    """The needs as the meetings want them, by key; wishes of days that are over count no more.

    'Go': one that waits, or stands on that day, becomes a *must* of the day; without one there is
    one more visit, unless one has begun on that day. 'Not': visits that no series and no
    appointment asks for keep off the day.
    """
    found = {need.key: need for need in needs}
    known = {tenant.id: tenant for tenant in tenants}
    for wish in wishes:
        index = (wish.day - frame.monday).days
        tenant = known.get(wish.tenant)
        if wish.day < frame.on or tenant is None:
            continue
        if wish.kind is DayWishKind.NOT:
            for need in _movable(found.values(), wish.tenant):
                found[need.key] = replace(need, windows=_without(need.windows, index))
            continue
        begun = {row.need for row in draft if row.starts_at is not None and row.starts_at < now}
        if any(row.need in begun and _on(row, wish) for row in draft):
            continue
        chosen = _chosen(found.values(), draft, wish, index) or _one_more(
            tenant, histories.get(tenant.id, History()), wish, index, frame
        )
        if chosen is not None:
            found[chosen.key] = _must(chosen, wish, index)
    return tuple(sorted(found.values(), key=lambda need: need.key))


def _movable(needs: Iterable[Need], tenant: int) -> list[Need]:
    return [n for n in needs if n.tenant == tenant and n.fixed is None and not n.exempt]


def _chosen(
    needs: Iterable[Need], draft: Sequence[DraftVisit], wish: DayWish, index: int
) -> Need | None:
    """The need that stands on the day, else one that waits and may come onto it."""
    rows = {row.need: row for row in draft}
    waiting = None
    for need in sorted(_movable(needs, wish.tenant), key=lambda need: need.key):
        row = rows.get(need.key)
        if row is not None and row.called_off:
            continue
        if row is not None and row.placed:
            if _on(row, wish):
                return need
            continue
        if waiting is None and need.windows[index]:
            waiting = need
    return waiting


def _one_more(
    tenant: TenantFacts, history: History, wish: DayWish, index: int, frame: WeekFrame
) -> Need | None:
    """A visit beside what was agreed, at the stay of that day; None for who is nowhere."""
    stay = tenant.stay_on(wish.day)
    if stay is None:
        return None
    agreement = tenant.agreement_on(wish.day)
    days = frozenset({index})
    return Need(
        key=f"{tenant.code}:day:{wish.day.isoformat()}",
        tenant=tenant.id,
        tenant_code=tenant.code,
        kind=VisitKind.HOME_VISIT,
        priority=Priority.MUST,
        minutes=frame.on_grid(agreement.minutes if agreement else MINUTES),
        place=stay.place,
        windows=visit_windows(days, (), stay, frame),
        workers_needed=workers_asked(
            tenant, agreement.workers_needed if agreement else 1, history, stay, frame
        ),
        gap_days=0,
        dogs=stay.dogs,
    )


def _must(need: Need, wish: DayWish, index: int) -> Need:
    hours = tuple(intersect(need.windows[index], (PARTS[wish.part],)))
    fits = any(one.end - one.start >= need.minutes for one in hours)
    day = hours if fits else need.windows[index]
    return replace(
        need,
        priority=Priority.MUST,
        windows=tuple(day if i == index else () for i in range(7)),
        workers_needed=max(need.workers_needed, 2 if wish.by_two else 1),
        gap_days=0,
    )


def _without(windows: Days, index: int) -> Days:
    return tuple(() if i == index else hours for i, hours in enumerate(windows))


def _on(row: DraftVisit, wish: DayWish) -> bool:
    return (
        row.tenant == wish.tenant
        and row.starts_at is not None
        and row.starts_at.astimezone(BRUSSELS).date() == wish.day
    )
