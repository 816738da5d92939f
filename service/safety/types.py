"""Lone-worker checks, ladders and alerts as people see them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.access.policy import CheckFacts
from service.safety.states import (
    AlertCause,
    AlertEnd,
    AlertStep,
    CheckEnd,
    CheckStep,
    NoLadder,
    Rung,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A colleague; `outside`: can also be told by e-mail or push, not on this site alone."""

    id: int
    code: str
    first_name: str
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Who would be told, in order; `missing` says why a check cannot start.

    `reachable`: ids of everybody who could be told just then, of the ladder or not.
    """

    buddies: tuple[Person, ...]
    lead: Person | None
    on_call: Person | None
    reachable: frozenset[int] = frozenset()

    @property
    def missing(self) -> tuple[NoLadder, ...]:
        """The steps for which nobody can be reached."""
        steps = (
            (NoLadder.BUDDY, bool(self.buddies)),
            (NoLadder.LEAD, self.lead is not None),
            (NoLadder.ON_CALL, self.on_call is not None),
        )
        return tuple(step for step, there in steps if not there)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of a check's log; `by` and `told` are first names, empty for the clock."""

    kind: CheckStep
    at: datetime
    by: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A lone-worker check; minutes count from `ends_at`, which each extension moves.

    `tenant` is a code. `taken`: the steps of the ladder that were taken since `ends_at`.
    """

    id: int
    team: int
    worker: Person
    visit: int | None
    tenant: str | None
    gate: bool
    started_at: datetime
    ends_at: datetime
    minutes: tuple[tuple[Rung, int], ...]
    buddy: Person
    lead: Person
    on_call: Person
    last_signal_at: datetime | None
    ended_at: datetime | None
    end_kind: CheckEnd | None
    taken: frozenset[Rung] = frozenset()
    no_signal_minutes: int = 5
    on_call_phone: str = ""

    @property
    def facts(self) -> CheckFacts:
        """What access hangs on."""
        ladder = frozenset({self.buddy.id, self.lead.id, self.on_call.id})
        return CheckFacts(worker=self.worker.id, team=self.team, ladder=ladder)

    def at(self, rung: Rung) -> datetime:
        """When a step of the ladder is due."""
        return self.ends_at + timedelta(minutes=dict(self.minutes)[rung])

    def told(self, rung: Rung) -> Person:
        """Who hears at a step."""
        people = {Rung.BUDDY: self.buddy, Rung.LEAD: self.lead, Rung.ON_CALL: self.on_call}
        return people.get(rung, self.worker)

    def due(self, now: datetime) -> tuple[Rung, ...]:
        """The steps whose time has come and that were not taken, in order."""
        return tuple(
            rung for rung, _ in self.minutes if self.at(rung) <= now and rung not in self.taken
        )

    def next_rung(self, now: datetime) -> Rung | None:
        """The step that comes next, None after the last one."""
        return next((rung for rung, _ in self.minutes if self.at(rung) > now), None)

    def overdue(self, now: datetime) -> bool:
        """Whether contact is due and nobody has said 'safe'."""
        return self.ended_at is None and self.at(Rung.DUE) <= now

    def no_signal_since(self, now: datetime) -> datetime | None:
        """Since when the worker's page has been silent; None if it is not, or at a gate."""
        if self.gate or self.ended_at is not None:
            return None
        last = self.last_signal_at or self.started_at
        silent = now - last > timedelta(minutes=self.no_signal_minutes)
        return last if silent else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneVisit:
    """A published visit that a worker makes alone today; `checked`: it had its check already."""

    visit: int
    tenant: str
    team: int
    starts_at: datetime
    ends_at: datetime
    gate: bool
    home: bool
    checked: bool
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One line of an alert's log."""

    kind: AlertStep
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """A no-contact alert; `tenant` is a code, `days` and `missed` as when it opened."""

    id: int
    tenant: str
    tenant_id: int
    team: int
    team_code: str
    team_name: str
    cause: AlertCause
    days: int
    missed: int
    opened_at: datetime
    closed_at: datetime | None
    end_kind: AlertEnd | None
    version: int
    last_contact: date | None = None
    steps: tuple[AlertLine, ...] = ()
