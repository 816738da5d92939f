"""Visits that a person added to a draft: asked as they were added, where the tenant can be met."""

from collections.abc import Iterable, Mapping

from service.people.facts import StayFacts, TenantFacts
from service.rounds.needs.history import History
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.needs.place import visit_windows, workers_asked
from service.rounds.rows import DraftVisit
from service.rounds.states import VisitState

ADDED = "add"


def added_key(tenant: str, number: int) -> str:
    """The key of a tenant's added visit."""
    return f"{tenant}:{ADDED}:{number}"


def is_added(need: str) -> bool:
    """Whether a key is that of a visit which a person added."""
    return need.split(":")[1:2] == [ADDED]


def added_needs(
    draft: Iterable[DraftVisit],
    tenants: Iterable[TenantFacts],
    histories: Mapping[int, History],
    frame: WeekFrame,
) -> tuple[Need, ...]:
    """The needs of the draft's added visits; none for a tenant who can be met nowhere."""
    known = {tenant.id: tenant for tenant in tenants}
    found = []
    for row in draft:
        tenant = known.get(row.tenant)
        if not is_added(row.need) or row.state is VisitState.CANCELLED or tenant is None:
            continue
        stays = {i: stay for i in range(7) if (stay := tenant.stay_on(frame.day(i)))}
        if stays:
            found.append(_need(row, tenant, stays, histories.get(tenant.id, History()), frame))
    return tuple(found)


def _need(
    row: DraftVisit,
    tenant: TenantFacts,
    stays: Mapping[int, StayFacts],
    history: History,
    frame: WeekFrame,
) -> Need:
    stay = stays[max(stays)]
    days = frozenset(i for i, one in stays.items() if one.id == stay.id)
    return Need(
        key=row.need,
        tenant=tenant.id,
        tenant_code=tenant.code,
        kind=row.kind,
        priority=row.priority,
        minutes=row.minutes,
        place=stay.place,
        windows=visit_windows(days, (), stay, frame),
        workers_needed=workers_asked(tenant, 1, history, stay, frame),
        gap_days=frame.policy.gap_days,
        dogs=stay.dogs,
    )
