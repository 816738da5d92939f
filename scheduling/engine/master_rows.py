"""The rows of the master: which rounds go together, and what the week costs with them.

One method for each rule that ties rounds together, in the order of `Builder.build`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from ortools.sat.python import cp_model

from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge, Weighed
from scheduling.engine.layout import NO_LIMIT
from scheduling.engine.pool import Crew, Round

DAY = 1440


@dataclass
class Master:
    """The model with what is needed to read its solution."""

    model: cp_model.CpModel
    rounds: list[tuple[Round, cp_model.IntVar]] = field(default_factory=list)
    crews: list[tuple[Crew, cp_model.IntVar]] = field(default_factory=list)

    def draft(self, empty: Draft, value: cp_model.CpSolver) -> Draft | None:
        """The solution as a draft, its cost computed anew; None if it cannot be walked."""
        rounds = [one for one, x in self.rounds if value.boolean_value(x)]
        crews = [crew for crew, z in self.crews if value.boolean_value(z)]
        found = empty.copy()
        return found if found.fill(rounds, crews) else None


class Builder:
    """A master over weighed rounds and crews, with a plan as complete hint."""

    def __init__(self, best: Draft, gauge: Gauge, rounds: list[Weighed], crews: list[Crew]) -> None:
        self.best, self.c, self.gauge = best, best.c, gauge
        self.rounds, self.crews = rounds, crews
        self.weights = self.c.problem.weights
        self.model = cp_model.CpModel()
        self.cost: list[tuple[int, cp_model.IntVar]] = []
        self.master = Master(self.model)
        self.hold: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.on_day: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.with_worker: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.chosen: list[tuple[Weighed, cp_model.IntVar]] = []

    def build(self, should_stop: Callable[[], bool]) -> Master | None:
        """Variables, then each coupling rule, then the objective; None if it was stopped."""
        for part in (
            self._rounds, self._crews, self._cover, self._limits, self._reserve, self._spacing,
            self._shared, self._rotation, self._overload, self._latest,
        ):  # fmt: skip
            if should_stop():
                return None
            part()
        self.model.minimize(sum(cost * var for cost, var in self.cost))
        return self.master

    def _var(self, hint: bool, cost: int = 0) -> cp_model.IntVar:
        var = self.model.new_bool_var("")
        self.model.add_hint(var, hint)
        if cost:
            self.cost.append((cost, var))
        return var

    def _over(self, terms: list[tuple[int, cp_model.IntVar]], most: int, cost: int) -> None:
        """A price for each unit above `most`; for those below zero once any Boolean is true."""
        if most < 0 and terms and cost:
            some = self._var(any(self.hints[x.index] for _, x in terms), -most * cost)
            self.model.add(sum(x for _, x in terms) <= len(terms) * some)
            most = 0
        top = sum(n for n, _ in terms) - most
        if top <= 0 or not cost:
            return
        hinted = sum(n for n, x in terms if self.hints[x.index])
        over = self.model.new_int_var(0, top, "")
        self.model.add_hint(over, max(0, hinted - most))
        self.cost.append((cost, over))
        self.model.add(over >= sum(n * x for n, x in terms) - most)

    def _rounds(self) -> None:
        c, own = self.c, set(self.best.rounds())
        self.hints: dict[int, bool] = {}
        by_lane: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for one in self.rounds:
            key = (one.lane, one.stops)
            x = self._var(key in own, one.cost)
            self.hints[x.index] = key in own
            by_lane[one.lane].append(x)
            self.chosen.append((one, x))
            self.master.rounds.append((key, x))
            lane = c.lanes[one.lane]
            for call, how in one.calls:
                v = c.stops[call].visit
                if c.visits[v].frozen:
                    self.hold[call, one.lane, how].append(x)
                else:
                    self.on_day[v, lane.day].append(x)
                    self.with_worker[v, lane.worker].append(x)
        for choices in by_lane.values():
            self.model.add_at_most_one(choices)

    def _crews(self) -> None:
        c, own = self.c, set(self.best.crews())
        sides: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
        for crew in self.crews:
            v, seats = crew
            z = self._var(crew in own, self.gauge.crew(crew))
            self.hints[z.index] = crew in own
            self.master.crews.append((crew, z))
            self.on_day[v, c.lanes[seats[0][0]].day].append(z)
            for i, (lane, start) in enumerate(seats):
                self.with_worker[v, c.lanes[lane].worker].append(z)
                sides[c.visits[v].first + i, lane, start].append(z)
        for side, xs in self.hold.items():
            self.model.add(sum(xs) == sum(sides.get(side, [])))

    def _cover(self) -> None:
        """Each visit once or left out; visits that people pinned and that are placed stay."""
        for v, visit in enumerate(self.c.visits):
            placed = [x for day in range(self.c.days) for x in self.on_day.get((v, day), [])]
            left = self._var(self.best.is_out(v), visit.unplaced)
            self.model.add_exactly_one([*placed, left])
            if visit.held and not self.best.is_out(v):
                self.model.add(left == 0)

    def _limits(self) -> None:
        """Visits of a worker's day, minutes of a worker's week."""
        for w, worker in enumerate(self.c.workers):
            mine = [(one, x) for one, x in self.chosen if self.c.lanes[one.lane].worker == w]
            week = [(one.service, x) for one, x in mine]
            if worker.visiting_limit < NO_LIMIT:
                if self.weights.visiting is None:
                    self.model.add(sum(n * x for n, x in week) <= worker.visiting_limit)
                else:
                    self._over(week, worker.visiting_limit, self.weights.visiting)
            if worker.max_visits >= NO_LIMIT:
                continue
            for day in range(self.c.days):
                today = [(one.limited, x) for one, x in mine if self.c.lanes[one.lane].day == day]
                if self.weights.limit is not None:
                    self._over(today, worker.max_visits, self.weights.limit)
                elif today:
                    self.model.add(sum(n * x for n, x in today) <= worker.max_visits)

    def _reserve(self) -> None:
        for day, capacity in enumerate(self.c.capacity):
            today = [
                (one.minutes, x) for one, x in self.chosen if self.c.lanes[one.lane].day == day
            ]
            if capacity >= NO_LIMIT or not today:
                continue
            # on a day without any visit nothing is asked: a negative room means none at all
            if self.weights.reserve is None:
                self.model.add(sum(n * x for n, x in today) <= max(0, capacity))
            else:
                self._over(today, capacity, self.weights.reserve)

    def _spacing(self) -> None:
        c, price = self.c, self.weights.spacing
        for tenant in c.tenants:
            spaced = [v for v in tenant.visits if c.visits[v].spaced]
            for one, two in combinations(spaced, 2):
                gap = max(c.visits[one].gap, c.visits[two].gap)
                for d in range(c.days):
                    for e in range(max(0, d - gap + 1), min(c.days, d + gap)):
                        first, second = self.on_day.get((one, d), []), self.on_day.get((two, e), [])
                        if not first or not second:
                            continue
                        if price is None:
                            self.model.add_at_most_one([*first, *second])
                        else:
                            both = [(1, x) for x in [*first, *second]]
                            self._over(both, 1, price * (gap - abs(d - e)))

    def _shared(self) -> None:
        c = self.c
        for r, count in enumerate(c.shared):
            using = []
            for crew, z in self.master.crews:
                v, seats = crew
                if r in c.visits[v].shared:
                    day = c.lanes[seats[0][0]].day * DAY
                    end = max(
                        start + c.stops[c.visits[v].first + i].minutes
                        for i, (_, start) in enumerate(seats)
                    )
                    using.append((day + seats[0][1], day + end, z))
            for moment in sorted({start for start, _, _ in using}):
                now = [z for start, end, z in using if start <= moment < end]
                if len(now) > count:
                    self.model.add(sum(now) <= count)

    def _rotation(self) -> None:
        """Rotation (each worker short of `distinct`) and the cap of distinct workers."""
        for t in range(len(self.c.tenants)):
            self._workers_met(t)

    def _workers_met(self, t: int) -> None:
        c, tenant, weights = self.c, self.c.tenants[t], self.weights
        known = tenant.strangers + tenant.seen.bit_count()
        capped = tenant.cap < NO_LIMIT
        if not tenant.visits or not (capped or known < tenant.distinct):
            return
        met = []
        for w in range(len(c.workers)):
            visits = [x for v in tenant.visits for x in self.with_worker.get((v, w), [])]
            if tenant.seen >> w & 1 or not visits:
                continue
            hint = any(self.hints[x.index] for x in visits)
            m = self._var(hint)
            self.hints[m.index] = hint
            met.append(m)
            self.model.add(sum(visits) >= m)
            if capped:
                self.model.add(sum(visits) <= len(tenant.visits) * m)
        if capped and met:
            if weights.distinct is None:
                self.model.add(sum(met) <= max(0, tenant.cap - known))
            else:
                self._over([(1, m) for m in met], tenant.cap - known, weights.distinct)
        if known < tenant.distinct and weights.rotation:
            short = self.model.new_int_var(0, tenant.distinct, "")
            here = sum(self.hints[m.index] for m in met)
            self.model.add_hint(short, max(0, tenant.distinct - known - here))
            self.cost.append((weights.rotation, short))
            self.model.add(short >= tenant.distinct - known - sum(met))

    def _overload(self) -> None:
        weight = self.weights.overload
        for w, worker in enumerate(self.c.workers):
            if worker.overload_after >= NO_LIMIT or not weight:
                continue
            mine = [
                (one.service, x) for one, x in self.chosen if self.c.lanes[one.lane].worker == w
            ]
            free = worker.carried - worker.overload_after
            most = free + sum(minutes for minutes, _ in mine)
            if most <= 0:
                continue
            hinted = free + sum(minutes for minutes, x in mine if self.hints[x.index])
            fives = self.model.new_int_var(0, weight * most // 5 + 1, "")
            self.model.add_hint(fives, max(0, weight * hinted // 5))
            self.cost.append((1, fives))
            self.model.add(5 * fives >= weight * (free + sum(m * x for m, x in mine)) - 4)

    def _latest(self) -> None:
        """The largest lateness of all chosen rounds."""
        late = [(one.latest, x) for one, x in self.chosen if one.latest > 0]
        if not late or not self.weights.largest_lateness:
            return
        latest = self.model.new_int_var(0, max(n for n, _ in late), "")
        hint = max((n for n, x in late if self.hints[x.index]), default=0)
        self.model.add_hint(latest, hint)
        self.cost.append((self.weights.largest_lateness, latest))
        for n, x in late:
            self.model.add(latest >= n * x)
