"""The static chain: for each visit, how many (worker, day) choices are left after each filter.

Each filter looks at the visit as if it were alone in the week, so its counts hold for every plan:
they are the first half of an explanation and the whole of 'who could go?'.
"""

from collections.abc import Callable
from itertools import combinations

from scheduling.engine.compiled import Compiled, CompiledVisit, Lane
from scheduling.engine.crew import seated
from scheduling.engine.walk import FROZEN, Gap, Route, token
from scheduling.plan import Reason, ReasonCode
from scheduling.problem import Place, Tenant, Visit, Worker

Choice = tuple[int, int]


def role_mask(visit: CompiledVisit) -> int:
    """Workers who fit any seat."""
    mask = 0
    for seat in visit.seats:
        mask |= seat
    return mask & visit.pin_mask


def excluded(worker: Worker, visit: Visit, tenant: Tenant, places: dict[str, Place]) -> bool:
    """Exclusion, dogs, and going alone where there is one seat only."""
    spots = {visit.place or tenant.place, visit.pick_up, visit.end_place} - {None}
    return (
        worker.code in tenant.excluded
        or any(worker.code in places[spot].excluded for spot in spots if spot)
        or (visit.dogs and worker.no_dogs)
        or (len(visit.seats) == 1 and not worker.may_go_alone)
    )


class Chain:
    """Runs the chain for one visit after another."""

    def __init__(self, c: Compiled, team: list[Worker], places: dict[str, Place]) -> None:
        """`team` in compiled order; `c` without results of the chain yet."""
        self.c, self.team, self.places = c, team, places
        self.idle: dict[tuple[int, bool], Route] = {}
        self.by_worker_day: dict[Choice, list[Lane]] = {}
        for lane in c.lanes:
            self.by_worker_day.setdefault((lane.worker, lane.day), []).append(lane)

    def run(
        self, v: int, visit: Visit, tenant: Tenant
    ) -> tuple[tuple[tuple[int, ...], ...], int, tuple[Reason, ...]]:
        """(lanes per day that passed everything, choices left, counts after each filter)."""
        c, compiled = self.c, self.c.visits[v]
        roles, wish = role_mask(compiled), tenant.gender if tenant.gender_hard else None
        out = [excluded(w, visit, tenant, self.places) for w in self.team]
        lanes = {
            choice: [lane for lane in found if lane.end - lane.start >= visit.minutes]
            for choice, found in self.by_worker_day.items()
        }
        choices = [(w, d) for w in range(len(self.team)) for d in range(c.days)]
        reasons: list[Reason] = []

        def keep(code: ReasonCode, test: Callable[[Choice], bool]) -> None:
            choices[:] = [choice for choice in choices if test(choice)]
            reasons.append(Reason(code=code, left=len(choices)))

        def keep_lanes(code: ReasonCode, test: Callable[[Lane], bool]) -> None:
            for choice in choices:
                lanes[choice] = [lane for lane in lanes[choice] if test(lane)]
            keep(code, lambda choice: bool(lanes[choice]))

        keep(ReasonCode.ROLE, lambda choice: bool(roles >> choice[0] & 1))
        keep(ReasonCode.EXCLUSION, lambda choice: not out[choice[0]])
        keep(ReasonCode.GENDER, lambda choice: wish in (None, self.team[choice[0]].gender))
        days = self._days(visit)
        keep(ReasonCode.DUTY, lambda choice: choice[1] in days and bool(lanes.get(choice)))
        keep_lanes(ReasonCode.WINDOW, lambda lane: self._in_window(v, lane))
        keep_lanes(ReasonCode.TRAVEL, lambda lane: self._reached(v, lane, lunch=False))
        keep_lanes(ReasonCode.LUNCH, lambda lane: self._reached(v, lane, lunch=lane.lunch))
        keep(ReasonCode.LIMIT, lambda choice: self._in_limits(v, visit, tenant, choice, lanes))
        if len(compiled.seats) > 1:
            together = self._together(v, choices, lanes)
            keep(ReasonCode.PAIR, lambda choice: choice in together)
        table = [
            tuple(lane.number for choice in choices if choice[1] == d for lane in lanes[choice])
            for d in range(c.days)
        ]
        return tuple(table), len(choices), tuple(reasons)

    def _days(self, visit: Visit) -> set[int]:
        """Days that `fixed`, `fixed_day` and a pin allow."""
        pin = next((p for p in self.c.problem.pins if p.visit == visit.code), None)
        asked = {visit.fixed.day if visit.fixed else None, visit.fixed_day, pin and pin.day}
        asked.discard(None)
        return {d for d in range(self.c.days) if not asked or d in asked}

    def _in_window(self, v: int, lane: Lane) -> bool:
        last = lane.end - self.c.visits[v].minutes
        ranges = self.c.stops[v].ranges[lane.day]
        return any(max(low, lane.start) <= min(high, last) for low, high in ranges)

    def _reached(self, v: int, lane: Lane, *, lunch: bool) -> bool:
        """Alone in the lane beside its busy times."""
        return bool(self._gaps(v, lane, lunch=lunch))

    def _gaps(self, v: int, lane: Lane, *, lunch: bool) -> list[Gap]:
        stops, key = self.c.stops, (lane.number, lunch)
        if key not in self.idle:
            busy = (token(b, FROZEN + stops[b].ranges[lane.day][0][0]) for b in lane.busy)
            self.idle[key] = Route(self.c, lane._replace(lunch=lunch), tuple(busy))
        return self.idle[key].gaps(self.c, v, stops[v].ranges[lane.day])

    def _in_limits(
        self, v: int, visit: Visit, tenant: Tenant, choice: Choice, lanes: dict[Choice, list[Lane]]
    ) -> bool:
        """Limits, last contact, cap of workers, reserve: with nothing else planned."""
        worker, day = choice
        limits, compiled = self.c.workers[worker], self.c.visits[v]
        people = self.c.tenants[compiled.tenant]
        met = people.seen | 1 << worker
        new = met != people.seen
        return (
            (visit.exempt_from_limits or limits.max_visits >= 1)
            and limits.visiting_limit >= visit.minutes
            and not (new and people.strangers + met.bit_count() > people.cap)
            and (
                tenant.last_contact is None
                or visit.exempt_from_spacing
                or day - tenant.last_contact >= visit.gap_days
            )
            and all(self.c.shared[r] >= 1 for r in compiled.shared)
            and self._in_reserve(v, day, lanes[choice])
        )

    def _in_reserve(self, v: int, day: int, lanes: list[Lane]) -> bool:
        visit, stop = self.c.visits[v], self.c.stops[v]
        ways = [
            lane.travel[lane.base][stop.origin] + lane.travel[stop.goal][lane.base]
            for lane in lanes
        ]
        return visit.minutes * len(visit.seats) + min(ways) <= self.c.capacity[day]

    def _together(
        self, v: int, choices: list[Choice], lanes: dict[Choice, list[Lane]]
    ) -> set[Choice]:
        """Choices that are part of a full crew that can meet at one start."""
        found: set[Choice] = set()
        visit = self.c.visits[v]
        for day in range(self.c.days):
            spans = {
                w: [
                    (low, high)
                    for lane in lanes[w, d]
                    for _, _, low, high in self._gaps(v, lane, lunch=lane.lunch)
                ]
                for w, d in choices
                if d == day
            }
            for start in sorted({low for mine in spans.values() for low, _ in mine}):
                free = [w for w, mine in spans.items() if any(a <= start <= b for a, b in mine)]
                for crew in combinations(free, len(visit.seats)):
                    if all((w, day) in found for w in crew):
                        continue
                    if seated(self.c, visit, crew) is not None and self._bearable(v, crew):
                        found.update((w, day) for w in crew)
        return found

    def _bearable(self, v: int, crew: tuple[int, ...]) -> bool:
        people = self.c.tenants[self.c.visits[v].tenant]
        met = people.seen
        for worker in crew:
            met |= 1 << worker
        return met == people.seen or people.strangers + met.bit_count() <= people.cap
