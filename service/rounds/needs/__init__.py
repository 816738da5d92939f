"""The visit needs of a team's week, from agreements, series, appointments and history: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.people.facts import TenantFacts
from service.rounds.needs.agreements import agreement_needs
from service.rounds.needs.appointments import appointment_need
from service.rounds.needs.history import History
from service.rounds.needs.missed import missed_needs
from service.rounds.needs.need import Need, Ride, WeekFrame
from service.rounds.needs.series import series_needs

__all__ = ["History", "Need", "Ride", "WeekFrame", "WeekNeeds", "week_needs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekNeeds:
    """A week's needs by key; `nowhere`: codes of tenants who cannot be visited anywhere."""

    needs: tuple[Need, ...] = ()
    nowhere: tuple[str, ...] = field(default=())


def week_needs(
    tenants: Iterable[TenantFacts], histories: Mapping[int, History], frame: WeekFrame
) -> WeekNeeds:
    """The needs of all tenants, sorted by key."""
    needs: list[Need] = []
    nowhere: list[str] = []
    for tenant in tenants:
        known = histories.get(tenant.id, History())
        stays = {i: tenant.stay_on(frame.day(i)) for i in range(7)}
        where = {
            i: stay for i, stay in stays.items() if stay and tenant.support.holds(frame.day(i))
        }
        if not where:
            nowhere.append(tenant.code)
        needs += agreement_needs(tenant, known, where, frame)
        needs += missed_needs(tenant, known, where, frame)
        for series in tenant.series:
            needs += series_needs(tenant, series, known, where, frame)
        needs += (
            need
            for appointment in tenant.appointments
            if (need := appointment_need(tenant, appointment, frame)) is not None
        )
    return WeekNeeds(
        needs=tuple(sorted(needs, key=lambda need: need.key)), nowhere=tuple(sorted(nowhere))
    )
