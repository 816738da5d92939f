"""A visit that is asked in a week, and what all tenants of that week share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from service.rounds.states import Priority, VisitKind
from service.teams.hours import Days
from service.teams.policy import TeamPolicy
from service.teams.states import Discipline

Ride = Callable[[int, int], int]
"""Minutes of the way between two places (ids) with a tenant, on the grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A visit asked in a week; `key` is the same however often the week is planned.

    Places are ids. `windows`: the local minutes of each day in which it may take place. `fixed`:
    an appointment's day index and start, the way there included. `exempt`: from spacing and from
    the limits per day (series, appointments). `resources`: codes of what it needs of the team's.
    `one_may_go`: two were agreed, and no rule of safety asks for them.
    """

    key: str
    tenant: int
    tenant_code: str
    kind: VisitKind
    priority: Priority
    minutes: int
    place: int
    windows: Days
    workers_needed: int = 1
    disciplines: tuple[Discipline, ...] = ()
    gap_days: int = 1
    overdue_days: int = 0
    exempt: bool = False
    dogs: bool = False
    pick_up: int | None = None
    end_place: int | None = None
    fixed: tuple[int, int] | None = None
    appointment: int | None = None
    series: int | None = None
    resources: tuple[str, ...] = ()
    one_may_go: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFrame:
    """What all tenants of a week share.

    `on`: the day from whose end 'overdue' is seen. `open_days`: day indexes on which somebody of
    the team works. `ride`: minutes between places. `base`: the team's place, for groups.
    """

    monday: date
    on: date
    policy: TeamPolicy
    open_days: frozenset[int]
    base: int
    ride: Ride

    def day(self, index: int) -> date:
        """The date of a day index."""
        return self.monday + timedelta(days=index)

    def on_grid(self, minutes: int) -> int:
        """A duration rounded up to the grid."""
        return -(-max(1, minutes) // self.policy.grid) * self.policy.grid
