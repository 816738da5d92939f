"""The static chain: for each visit, how many (worker, day) choices are left after each filter.

Each filter looks at the visit as if it were alone in the week, but may come to it by way of any
other, so its counts hold for every plan: they are the first half of an explanation and the whole of
'who could go?'.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scheduling.engine import layout as at
from scheduling.engine.byways import with_byways
from scheduling.engine.compiled import Compiled, CompiledStop, CompiledVisit, Lane
from scheduling.engine.gaps import spans
from scheduling.engine.ground import empty, paper
from scheduling.engine.kernel import Array
from scheduling.plan import Reason, ReasonCode
from scheduling.problem import Tenant, Visit, Worker

Choice = tuple[int, int]
Spans = list[tuple[int, int]]


class Open(NamedTuple):
    """When a worker could begin in a seat."""

    worker: int
    spans: Spans


def role_mask(visit: CompiledVisit) -> int:
    """Workers who fit any seat."""
    mask = 0
    for seat in visit.seats:
        mask |= seat
    return mask & visit.pin_mask


class Chain:
    """Runs the chain for one visit after another."""

    def __init__(self, c: Compiled, t: Array, team: list[Worker]) -> None:
        """`team` in compiled order; `c` and its tables `t` without results of the chain yet."""
        self.c, self.t, self.team = c, with_byways(t), team
        self.w = paper(t)
        self.idle = {lunch: empty(self.t, lunch=lunch) for lunch in (False, True)}
        self.places = {place.code: frozenset(place.excluded) for place in c.problem.places}
        self.pins = {pin.visit: pin for pin in c.problem.pins}
        self.by_worker_day: dict[Choice, list[Lane]] = {}
        for lane in c.lanes:
            self.by_worker_day.setdefault((lane.worker, lane.day), []).append(lane)

    def run(
        self, v: int, visit: Visit, tenant: Tenant
    ) -> tuple[tuple[tuple[int, ...], ...], int, tuple[Reason, ...]]:
        """(lanes per day that passed everything, choices left, counts after each filter)."""
        c, compiled = self.c, self.c.visits[v]
        roles, wish = role_mask(compiled), tenant.gender if tenant.gender_hard else None
        out = [self._excluded(w, visit, tenant) for w in self.team]
        shortest = min(c.stops[call].minutes for call in self._calls(compiled))
        lanes = {
            choice: [lane for lane in found if lane.end - lane.start >= shortest]
            for choice, found in self.by_worker_day.items()
            if roles >> choice[0] & 1
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
        keep_lanes(ReasonCode.WINDOW, lambda lane: self._in_window(compiled, lane))
        keep_lanes(ReasonCode.TRAVEL, lambda lane: self._reached(compiled, lane, lunch=False))
        keep_lanes(
            ReasonCode.LUNCH,
            lambda lane: not lane.lunch or self._reached(compiled, lane, lunch=True),
        )
        keep(ReasonCode.LIMIT, lambda choice: self._in_limits(v, visit, tenant, choice, lanes))
        if len(compiled.seats) > 1:
            together = self._together(v, choices, lanes)
            keep(ReasonCode.PAIR, lambda choice: choice in together)
        table = [
            tuple(lane.number for choice in choices if choice[1] == d for lane in lanes[choice])
            for d in range(c.days)
        ]
        return tuple(table), len(choices), tuple(reasons)

    def _excluded(self, worker: Worker, visit: Visit, tenant: Tenant) -> bool:
        """Exclusion, dogs, and going alone where there is one seat only."""
        spots = {visit.place or tenant.place, visit.pick_up, visit.end_place}
        return (
            worker.code in tenant.excluded
            or any(worker.code in self.places[spot] for spot in spots if spot)
            or (visit.dogs and worker.no_dogs)
            or (len(visit.seats) == 1 and not worker.may_go_alone)
        )

    def _calls(self, visit: CompiledVisit) -> range:
        return range(visit.first, visit.first + len(visit.seats))

    def _open_calls(self, visit: CompiledVisit, worker: int) -> Iterator[int]:
        """Calls whose seat fits the worker; one of those that are alike."""
        for call, seat in zip(self._calls(visit), visit.seats, strict=True):
            if seat & visit.pin_mask & 1 << worker:
                yield call
                if visit.alike:
                    return

    def _days(self, visit: Visit) -> set[int]:
        """Days that `fixed`, `fixed_day` and a pin allow."""
        pin = self.pins.get(visit.code)
        asked = {visit.fixed.day if visit.fixed else None, visit.fixed_day, pin and pin.day}
        asked.discard(None)
        return {d for d in range(self.c.days) if not asked or d in asked}

    def _in_window(self, visit: CompiledVisit, lane: Lane) -> bool:
        for call in self._open_calls(visit, lane.worker):
            stop = self.c.stops[call]
            last = lane.end - stop.minutes
            if any(max(a, lane.start) <= min(b, last) for a, b in stop.ranges[lane.day]):
                return True
        return False

    def _reached(self, visit: CompiledVisit, lane: Lane, *, lunch: bool) -> bool:
        """Alone in the lane beside its busy times."""
        return any(
            spans(self.t, self.idle[lunch], self.w, call, lane.number, 0, 0)
            for call in self._open_calls(visit, lane.worker)
        )

    def _spans(self, call: int, lanes: list[Lane]) -> Spans:
        """First and last starts of a call in any of the lanes, with lunch where it is due."""
        found: Spans = []
        for lane in lanes:
            n = spans(self.t, self.idle[True], self.w, call, lane.number, 0, 0)
            for cell in range(self.t[at.W_SPANS], self.t[at.W_SPANS] + n * at.SPAN, at.SPAN):
                found.append((int(self.w[cell + 3]), int(self.w[cell + 4])))
        return found

    def _in_limits(
        self, v: int, visit: Visit, tenant: Tenant, choice: Choice, lanes: dict[Choice, list[Lane]]
    ) -> bool:
        """Limits, last contact, cap of workers, reserve: with nothing else planned."""
        worker, day = choice
        limits, compiled = self.c.workers[worker], self.c.visits[v]
        weights = self.c.problem.weights
        shortest = min(self.c.stops[n].minutes for n in self._open_calls(compiled, worker))
        return (
            (visit.exempt_from_limits or limits.max_visits >= 1 or weights.limit is not None)
            and (limits.visiting_limit >= shortest or weights.visiting is not None)
            and self._bearable(v, 1 << worker)
            and (
                tenant.last_contact is None
                or visit.exempt_from_spacing
                or weights.spacing is not None
                or day - tenant.last_contact >= visit.gap_days
            )
            and all(self.c.shared[r] >= 1 for r in compiled.shared)
            and (weights.reserve is not None or self._in_reserve(v, day, lanes[choice]))
        )

    def _in_reserve(self, v: int, day: int, lanes: list[Lane]) -> bool:
        stops, calls = self.c.stops, self._calls(self.c.visits[v])
        stop = stops[calls[0]]
        ways = [
            self._way(lane, lane.base, stop.origin) + self._way(lane, stop.goal, lane.base)
            for lane in lanes
        ]
        return sum(stops[n].minutes for n in calls) + min(ways) <= self.c.capacity[day]

    def _way(self, lane: Lane, here: int, there: int) -> int:
        """Minutes from place to place, perhaps by way of other visits."""
        ways = self.t[self.t[at.LANE_WAYS] + lane.number]
        return int(self.t[ways + here * self.t[at.PLACES] + there])

    def _bearable(self, v: int, crew: int) -> bool:
        """Whether the tenant's cap leaves a crew, given as a mask."""
        people = self.c.tenants[self.c.visits[v].tenant]
        met = people.seen | crew
        soft = self.c.problem.weights.distinct is not None
        return soft or met == people.seen or people.strangers + met.bit_count() <= people.cap

    def _together(
        self, v: int, choices: list[Choice], lanes: dict[Choice, list[Lane]]
    ) -> set[Choice]:
        """Choices that are part of a full crew that can meet."""
        found: set[Choice] = set()
        visit, stops = self.c.visits[v], self.c.stops
        calls = self._calls(visit)
        for day in range(self.c.days):
            today = [w for w, d in choices if d == day]
            seats = [
                [
                    Open(w, self._spans(call, lanes[w, day]))
                    for w in today
                    if seat & visit.pin_mask & 1 << w
                ]
                for call, seat in zip(calls, visit.seats, strict=True)
            ]
            starts = {
                low - stops[call].most
                for call, offers in zip(calls, seats, strict=True)
                for offer in offers
                for low, _ in offer.spans
            }
            for start in sorted(starts):
                free = [
                    [offer.worker for offer in offers if _meets(offer, stops[call], start)]
                    for call, offers in zip(calls, seats, strict=True)
                ]
                for worker in today:
                    if (worker, day) not in found:
                        crew = self._crew_with(v, free, worker)
                        found.update((w, day) for w in crew)
        return found

    def _crew_with(self, v: int, free: list[list[int]], worker: int) -> tuple[int, ...]:
        """Some full crew of whom the worker is one, () if there is none."""

        def fill(k: int, crew: tuple[int, ...]) -> tuple[int, ...]:
            if k == len(free):
                return crew if worker in crew and self._is_crew(v, crew) else ()
            left = len(free) - k
            choices = free[k] if worker in crew or left > 1 else [w for w in free[k] if w == worker]
            for w in choices:
                if w not in crew:
                    done = fill(k + 1, (*crew, w))
                    if done:
                        return done
            return ()

        return fill(0, ())

    def _is_crew(self, v: int, crew: tuple[int, ...]) -> bool:
        mask = sum(1 << w for w in crew)
        learners = (mask & ~self.c.seconds).bit_count()
        return (
            bool(mask & self.c.alone)
            and learners <= self.c.visits[v].learners
            and self._bearable(v, mask)
        )


def _meets(offer: Open, stop: CompiledStop, start: int) -> bool:
    """Whether a seat can begin as the first seat's start asks."""
    least, most = stop.least, stop.most
    return any(max(low, start + least) <= min(high, start + most) for low, high in offer.spans)
