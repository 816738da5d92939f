"""What took place: each contact with its kind, its workers then at work, its time and outcome."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from service.demo.calendar import WorkCalendar, instant
from service.demo.caseload import Caseload
from service.demo.model import DemoEncounter, DemoWorker
from service.demo.safety import Safety
from service.demo.staff import ACT
from service.encounters.states import WHERE_THEY_STAY, EncounterKind, Outcome, Reason
from service.people.states import StayKind

BETWEEN = 15
"""Minutes kept between two contacts of a worker."""

_MINUTES = {
    EncounterKind.HOME_VISIT: (30, 40, 45, 45, 50, 60),
    EncounterKind.ACCOMPANIMENT: (75, 90, 120, 150),
    EncounterKind.CONSULTATION: (60, 75),
    EncounterKind.PHONE: (10, 15, 20),
    EncounterKind.AT_DOOR: (5, 10, 10),
}
_TRIED = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact to be staffed: about a day, with a tenant, of a kind, for reasons."""

    day: date
    tenant: str
    kind: EncounterKind
    reasons: tuple[Reason, ...]
    outcome: Outcome = Outcome.DONE


@dataclass(slots=True)
class Staffing:
    """Finds workers and times for meetings, never two at once for a worker."""

    rng: Random
    calendar: WorkCalendar
    workers: dict[str, DemoWorker]
    caseloads: dict[str, Caseload]
    safety: Safety
    stay_kind: Callable[[str, date], StayKind]
    busy: dict[tuple[str, date], list[tuple[int, int]]] = field(default_factory=dict)

    def held(self, meeting: Meeting, *, first: date, end: date) -> DemoEncounter:
        """The meeting on its day or the nearest one on which somebody is free.

        Raises:
            ValueError: nobody was free in the two weeks around it, between `first` and `end`.
        """
        for offset in _TRIED:
            day = meeting.day + timedelta(days=offset)
            if first <= day < end and (found := self._on(meeting, day)):
                return found
        raise ValueError(f"nobody is free for {meeting.tenant} around {meeting.day}")

    def _on(self, meeting: Meeting, day: date) -> DemoEncounter | None:
        caseload = self.caseloads[meeting.tenant]
        team = caseload.team_on(day)
        excluded = self.safety.excluded(meeting.tenant, day)
        there = [code for code in self.calendar.team(team, day) if code not in excluded]
        there = self._in_order(there, caseload, team)
        needed = self._needed(meeting, day)
        minutes = self.rng.choice(_MINUTES[meeting.kind])
        firsts = [code for code in there if self.workers[code].may_go_alone]
        for one in firsts[:6]:
            others = [c for c in there if c != one and self.workers[c].counts_as_second]
            for start in self._starts():
                if not self._free(one, day, start, minutes):
                    continue
                free = [c for c in others if self._free(c, day, start, minutes)]
                if len(free) + 1 >= needed:
                    together = (one, *free[: needed - 1])
                    return self._encounter(meeting, day, team, start, minutes, together)
        return None

    def _in_order(self, there: Sequence[str], caseload: Caseload, team: str) -> list[str]:
        """By chance, those who visit most first; with ICM the tenant's own workers before."""

        def weight(code: str) -> float:
            row = self.workers[code]
            visiting = row.visiting_share_percent * row.contract_percent / 10_000
            if team != ACT:
                visiting += 1.2 * (code == caseload.primary) + 0.3 * (code == caseload.backup)
            return visiting * self.rng.random()

        weights = {code: weight(code) for code in there}
        return sorted(there, key=lambda code: -weights[code])

    def _needed(self, meeting: Meeting, day: date) -> int:
        if meeting.kind is EncounterKind.CONSULTATION:
            return 2
        visit = meeting.kind in WHERE_THEY_STAY
        return 2 if visit and self.safety.two_workers(meeting.tenant, day) else 1

    def _starts(self) -> list[int]:
        """Starts to try, on the five-minute grid, the working day's middle first."""
        starts = [self.rng.randrange(570, 960, 5) for _ in range(6)]
        return starts + list(range(545, 990, 15))

    def _free(self, worker: str, day: date, start: int, minutes: int) -> bool:
        hours = self.calendar.hours(worker, day)
        if hours is None or start < hours[0] or start + minutes > hours[1]:
            return False
        taken = self.busy.get((worker, day), ())
        return all(start >= b + BETWEEN or start + minutes + BETWEEN <= a for a, b in taken)

    def _encounter(
        self,
        meeting: Meeting,
        day: date,
        team: str,
        start: int,
        minutes: int,
        workers: tuple[str, ...],
    ) -> DemoEncounter:
        if meeting.outcome in {Outcome.NOT_HOME, Outcome.REFUSED}:
            minutes = 10
        elif meeting.outcome is Outcome.SHORTENED:
            minutes = max(10, minutes // 2 // 5 * 5)
        for worker in workers:
            self.busy.setdefault((worker, day), []).append((start, start + minutes))
        starts_at = instant(day, start)
        late = self.rng.random() < 0.06
        delay = self.rng.randrange(30, 64) * 60 if late else self.rng.randrange(minutes, 300)
        place = None
        if meeting.kind in WHERE_THEY_STAY:
            place = self.stay_kind(meeting.tenant, day)
        return DemoEncounter(
            tenant=meeting.tenant,
            team=team,
            kind=meeting.kind,
            outcome=meeting.outcome,
            starts_at=starts_at,
            minutes=minutes,
            place_kind=place,
            reasons=meeting.reasons,
            recorded_at=starts_at + timedelta(minutes=delay),
            workers=workers,
        )
