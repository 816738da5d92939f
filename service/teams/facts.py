"""What is known of a team and of its workers in a week, ready for the planner and the board."""

from dataclasses import dataclass
from datetime import date

from service.teams.hours import Days, minutes_of, net
from service.teams.policy import TeamPolicy
from service.teams.states import Discipline, Gender, TeamKind, TravelMode


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """A team with its settings; `base` is a place's id."""

    id: int
    code: str
    name: str
    kind: TeamKind
    base: int | None
    active: bool
    policy: TeamPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFacts:
    """A worker as the planner and the board know them; names are for pages alone."""

    id: int
    code: str
    first_name: str
    last_name: str
    discipline: Discipline
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    gender: Gender
    contract_percent: int
    visiting_share_percent: int
    may_go_alone: bool
    counts_as_second: bool
    no_dogs: bool
    travel_mode: TravelMode
    max_visits_per_day: int

    @property
    def comes_along(self) -> bool:
        """Whether they never fill a seat of a visit: a student, an intern, a newcomer."""
        return not (self.may_go_alone or self.counts_as_second)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerWeek:
    """A worker's week: `hours` by pattern, `away` what absences cover, both in local minutes."""

    worker: WorkerFacts
    monday: date
    hours: Days
    away: Days

    @property
    def at_work(self) -> Days:
        """Hours without absences."""
        return net(self.hours, self.away)

    @property
    def share_minutes(self) -> int:
        """The week's minutes that are meant for visits: the visiting share of the time at work,
        none for who only comes along."""
        if self.worker.comes_along:
            return 0
        return minutes_of(self.at_work) * self.worker.visiting_share_percent // 100
