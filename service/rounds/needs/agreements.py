"""What a support agreement asks in a week: contacts, level over the weeks, and how urgently."""

from collections import defaultdict
from datetime import date, timedelta

from scheduling.weeks import monday_of
from service.encounters.overdue import days_overdue
from service.people.facts import AgreementFacts, StayFacts, TenantFacts
from service.rounds.needs.history import History
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.needs.place import pair_for_safety, visit_windows, workers_asked
from service.rounds.states import Priority, VisitKind

EPOCH = date(2024, 1, 1)  # a Monday: agreements of more than a week are levelled from here
WIDEST_SPREAD = 3


def agreement_needs(
    tenant: TenantFacts, history: History, where: dict[int, StayFacts], frame: WeekFrame
) -> list[Need]:
    """The visits that the agreement in force asks; `where`: the stay by day index."""
    agreement, stay, days = _longest_part(tenant, where, frame)
    if agreement is None or stay is None:
        return []
    open_days = frame.open_days & days
    asked = contacts_asked(agreement, history, frame.monday)
    if len(days) < 7:
        asked = -(-asked * len(days) // 7)
    asked = min(asked, max(1, len(open_days)))
    late = days_overdue(
        last_contact=history.past.last_on,
        since=max(tenant.support.starts_on, agreement.span.starts_on),
        longest_gap_days=agreement.longest_gap_days,
        on=frame.on,
        pauses=agreement.pauses,
    )
    spread = min(WIDEST_SPREAD, len(open_days) // asked) if asked > 1 else 0
    preset = frame.policy.presets.get(agreement.preset)
    return [
        Need(
            key=f"{tenant.code}:agr:{number}",
            tenant=tenant.id,
            tenant_code=tenant.code,
            kind=VisitKind.HOME_VISIT,
            priority=_priority(number, must=preset.must if preset else 0),
            minutes=frame.on_grid(agreement.minutes),
            place=stay.place,
            windows=visit_windows(days, agreement.windows, stay, frame),
            workers_needed=workers_asked(tenant, agreement.workers_needed, history, stay, frame),
            one_may_go=agreement.workers_needed > 1
            and not pair_for_safety(tenant, history, stay, frame),
            disciplines=agreement.disciplines,
            gap_days=max(frame.policy.gap_days, spread),
            overdue_days=late if number == 1 else 0,
            dogs=stay.dogs,
        )
        for number in range(1, asked + 1)
    ]


def contacts_asked(agreement: AgreementFacts, history: History, monday: date) -> int:
    """How many contacts an agreement asks in a week, before its days are counted.

    Contacts fall due at equal distances from an epoch, shifted by the agreement's id, so that
    fortnightly tenants are level over the weeks. One of a period longer than a week that was
    not given since it fell due, or whose longest gap would pass, is asked again.
    """
    due = _due_days(agreement, monday)
    in_week = sum(monday <= day < monday + timedelta(days=7) for day in due)
    if in_week or agreement.period_days <= 7:
        return in_week
    last = history.last_before(monday)
    before = max((day for day in due if day < monday), default=None)
    missed = before is not None and (last is None or last < monday_of(before))
    longest = timedelta(days=agreement.longest_gap_days)
    too_long = last is not None and last + longest < monday + timedelta(days=7)
    begun = before is not None and agreement.span.holds(before)
    return int((missed and begun) or too_long)


def _due_days(agreement: AgreementFacts, monday: date) -> list[date]:
    """Days on which a contact falls due, from a period before the week to its end."""
    period, count = agreement.period_days, max(1, agreement.contacts)
    shift = agreement.id * 7 % period if period > 7 else 0
    start = (monday - EPOCH).days - shift
    first, last = (start - period) * count // period - 1, (start + 7) * count // period + 1
    days = (EPOCH + timedelta(days=n * period // count + shift) for n in range(first, last + 1))
    return [day for day in days if day < monday + timedelta(days=7)]


def _longest_part(
    tenant: TenantFacts, where: dict[int, StayFacts], frame: WeekFrame
) -> tuple[AgreementFacts | None, StayFacts | None, frozenset[int]]:
    """The agreement and stay that hold together on most days of the week, and those days."""
    parts: dict[tuple[int, int], set[int]] = defaultdict(set)
    agreements = {a.id: a for a in tenant.agreements}
    stays = {stay.id: stay for stay in where.values()}
    for index, stay in where.items():
        agreement = tenant.agreement_on(frame.day(index))
        if agreement and agreement.contacts and not agreement.paused_on(frame.day(index)):
            parts[agreement.id, stay.id].add(index)
    if not parts:
        return None, None, frozenset()
    best = max(parts, key=lambda part: (len(parts[part]), max(parts[part])))
    return agreements[best[0]], stays[best[1]], frozenset(parts[best])


def _priority(number: int, *, must: int) -> Priority:
    if number <= must:
        return Priority.MUST
    return Priority.SHOULD if number == 1 else Priority.WANT
