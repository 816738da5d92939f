"""What planning asks of tenants: where they stay, what they chose, what must be kept apart.

Ids and codes only; no name, address, phone or note ever enters these types.
"""

from dataclasses import dataclass
from datetime import date, datetime

from service.people.states import AgreementPreset, SeriesKind, StayKind
from service.teams.hours import Span
from service.teams.states import Discipline, Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdayWindow:
    """Local minutes of one weekday, 1 to 7."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """Where a tenant can be visited; no windows means any time."""

    id: int
    kind: StayKind
    place: int
    span: Span
    windows: tuple[WeekdayWindow, ...] = ()
    dogs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """What contact the tenant chose; `wanted` and `unwanted` are workers' codes."""

    id: int
    preset: AgreementPreset
    span: Span
    contacts: int
    period_days: int
    longest_gap_days: int
    minutes: int
    workers_needed: int = 1
    disciplines: tuple[Discipline, ...] = ()
    windows: tuple[WeekdayWindow, ...] = ()
    gender_wish: Gender | None = None
    gender_wish_hard: bool = False
    distinct_workers: int = 2
    most_workers: int | None = None
    pauses: tuple[Span, ...] = ()
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def paused_on(self, day: date) -> bool:
        """Whether it asks for nothing on that day."""
        return any(pause.holds(day) for pause in self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """Visits on given weekdays, or every `interval_days` with a tolerance."""

    id: int
    kind: SeriesKind
    span: Span
    minutes: int
    weekdays: tuple[int, ...] = ()
    interval_days: int | None = None
    tolerance_days: int = 0
    anchor_on: date | None = None
    discipline: Discipline | None = None
    workers_needed: int = 1
    from_minute: int | None = None
    to_minute: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFacts:
    """Something outside at a fixed time; places are ids."""

    id: int
    place: int
    pick_up: int | None
    end_place: int | None
    starts_at: datetime
    minutes: int
    workers_needed: int = 1
    discipline: Discipline | None = None
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantFacts:
    """A tenant of a team's caseload, with everything the week's needs follow from.

    `support` are the days of support within this team's caseload; `flagged`: two workers.
    """

    id: int
    code: str
    support: Span
    languages: tuple[str, ...]
    primary: str | None
    backup: str | None
    flagged: bool
    agreements: tuple[AgreementFacts, ...] = ()
    stays: tuple[StayFacts, ...] = ()
    series: tuple[SeriesFacts, ...] = ()
    appointments: tuple[AppointmentFacts, ...] = ()

    def agreement_on(self, day: date) -> AgreementFacts | None:
        """The agreement in force on a day, paused or not."""
        return next((a for a in self.agreements if a.span.holds(day)), None)

    def stay_on(self, day: date) -> StayFacts | None:
        """Where to visit on a day: the stay that began last."""
        held = [stay for stay in self.stays if stay.span.holds(day)]
        return max(held, key=lambda stay: (stay.span.starts_on, stay.id), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """Who must not meet whom, or where, on a day: pairs of ids or codes.

    `worker_tenant` (worker code, tenant id), `worker_place` (worker code, place id),
    `worker_area` (worker code, refnis), `tenant_area` (tenant id, refnis).
    """

    worker_tenant: frozenset[tuple[str, int]] = frozenset()
    worker_place: frozenset[tuple[str, int]] = frozenset()
    worker_area: frozenset[tuple[str, str]] = frozenset()
    tenant_area: frozenset[tuple[int, str]] = frozenset()
