"""The master: CP-SAT composes the cheapest week out of remembered rounds, all rules kept.

Columns are rounds; each lane walks at most one. A visit of one worker is in exactly one chosen
round or left out. A frozen visit is in exactly one of its crews (day, start, lanes) or left out,
and each lane of the crew walks a round that holds it at that start.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from ortools.sat.python import cp_model

from scheduling.engine.pool import Crew, Pool, crews_of
from scheduling.engine.state import OUT, State
from scheduling.engine.walk import SHIFT, Route, Tokens

MOST_ROUNDS = 1200
MOST_CREWS = 400
NO_LIMIT = 1 << 20


@dataclass
class Master:
    """The model with what is needed to hint it and to read it."""

    model: cp_model.CpModel
    rounds: list[tuple[int, Tokens, cp_model.IntVar]] = field(default_factory=list)
    crews: list[tuple[Crew, cp_model.IntVar]] = field(default_factory=list)
    left_out: list[cp_model.IntVar] = field(default_factory=list)

    def state(self, empty: State, value: cp_model.CpSolver) -> State:
        """The solution as a state; its cost is computed anew."""
        chosen = [(lane, tokens) for lane, tokens, x in self.rounds if value.boolean_value(x)]
        crews = {crew[0]: crew[3] for crew, z in self.crews if value.boolean_value(z)}
        return State.of_rounds(empty, chosen, crews)


def build_master(best: State, pool: Pool) -> Master:
    """The model over the pool's rounds and the best state's, with that state as complete hint."""
    return _Builder(best, pool).build()


class _Builder:
    def __init__(self, best: State, pool: Pool) -> None:
        self.best, self.c = best, best.c
        self.model = cp_model.CpModel()
        self.cost: list[tuple[int, cp_model.IntVar]] = []
        self.master = Master(self.model)
        self.hold: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.on_day: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        self.with_worker: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        own = [(r.lane.number, r.tokens) for r in best.routes if r.visits]
        rounds = sorted({*own, *pool.rounds_by_merit(MOST_ROUNDS)})
        crews = sorted({*crews_of(best), *pool.crews_by_merit(MOST_CREWS)})
        held = {(v, n, tok) for v, _, tok, lanes in crews for n in lanes}
        frozen = [visit.frozen for visit in self.c.visits]
        self.routes: list[Route] = []
        for number, tokens in rounds:
            route = best.book.route(number, tokens)
            assert route is not None
            stops = [(t >> SHIFT, t) for t in tokens if t >> SHIFT < len(frozen)]
            if all(not frozen[v] or (v, number, t) in held for v, t in stops):
                self.routes.append(route)
        ready = {(t >> SHIFT, r.lane.number, t) for r in self.routes for t in r.tokens}
        self.crews = [
            crew for crew in crews if all((crew[0], n, crew[2]) in ready for n in crew[3])
        ]

    def build(self) -> Master:
        """Variables, then each coupling rule, then the objective."""
        self._rounds()
        self._crews()
        self._cover()
        self._limits()
        self._spacing()
        self._shared()
        for t in range(len(self.c.tenants)):
            self._workers_met(t)
        self._overload()
        self.model.minimize(sum(cost * var for cost, var in self.cost))
        return self.master

    def _var(self, hint: bool, cost: int = 0) -> cp_model.IntVar:
        var = self.model.new_bool_var("")
        self.model.add_hint(var, hint)
        if cost:
            self.cost.append((cost, var))
        return var

    def _int(self, most: int, hint: int, cost: int) -> cp_model.IntVar:
        var = self.model.new_int_var(0, most, "")
        self.model.add_hint(var, hint)
        self.cost.append((cost, var))
        return var

    def _rounds(self) -> None:
        c, best = self.c, self.best
        self.by_lane: dict[int, list[tuple[Route, cp_model.IntVar]]] = defaultdict(list)
        for route in self.routes:
            lane, cost = route.lane, route.cost
            for v in route.visits:
                if not c.visits[v].frozen:
                    cost += best.crews.cost(v, 1 << lane.worker)
            x = self._var(best.routes[lane.number].tokens == route.tokens, cost)
            self.by_lane[lane.number].append((route, x))
            self.master.rounds.append((lane.number, route.tokens, x))
            for tok in route.tokens:
                v = tok >> SHIFT
                if v >= len(c.visits):
                    continue
                if c.visits[v].frozen:
                    self.hold[v, lane.number, tok].append(x)
                else:
                    self.on_day[v, lane.day].append(x)
                    self.with_worker[v, lane.worker].append(x)
        for choices in self.by_lane.values():
            self.model.add_at_most_one(x for _, x in choices)

    def _crews(self) -> None:
        c, best = self.c, self.best
        own = set(crews_of(best))
        sides: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
        for crew in self.crews:
            v, day, tok, lanes = crew
            mask = sum(1 << c.lanes[n].worker for n in lanes)
            start = (tok & 4095) - 2
            cost = best.crews.cost(v, mask) + best.slot_cost(v, mask, day, start)
            z = self._var(crew in own, cost)
            self.master.crews.append((crew, z))
            self.on_day[v, day].append(z)
            for n in lanes:
                sides[v, n, tok].append(z)
                self.with_worker[v, c.lanes[n].worker].append(z)
        for key in sorted({*self.hold, *sides}):
            self.model.add(sum(self.hold.get(key, [])) == sum(sides.get(key, [])))

    def _cover(self) -> None:
        for v, visit in enumerate(self.c.visits):
            out = self._var(self.best.day[v] == OUT, visit.unplaced)
            self.master.left_out.append(out)
            if visit.held and self.best.day[v] != OUT:
                self.model.add(out == 0)
            placed = [x for day in range(self.c.days) for x in self.on_day.get((v, day), [])]
            self.model.add_exactly_one([*placed, out])

    def _limits(self) -> None:
        """Per worker and day over several lanes, per worker and week, and the day's reserve."""
        c = self.c
        walked = [(route, x) for lane in sorted(self.by_lane) for route, x in self.by_lane[lane]]
        for w, worker in enumerate(c.workers):
            mine = [(route, x) for route, x in walked if route.lane.worker == w]
            if mine and worker.visiting_limit < NO_LIMIT:
                self.model.add(sum(self._service(r) * x for r, x in mine) <= worker.visiting_limit)
            if worker.max_visits < NO_LIMIT:
                for day in range(c.days):
                    today = [(r, x) for r, x in mine if r.lane.day == day]
                    if len({r.lane.number for r, _ in today}) > 1:
                        count = sum(
                            sum(c.visits[v].limited for v in r.visits) * x for r, x in today
                        )
                        self.model.add(count <= worker.max_visits)
        for day, capacity in enumerate(c.capacity):
            today = [(r, x) for r, x in walked if r.lane.day == day]
            if capacity < NO_LIMIT and today:
                # on a day without any visit nothing is asked, so a negative room means: none at all
                self.model.add(sum(r.minutes * x for r, x in today) <= max(0, capacity))

    def _service(self, route: Route) -> int:
        return sum(self.c.visits[v].minutes for v in route.visits)

    def _spacing(self) -> None:
        c = self.c
        for tenant in c.tenants:
            spaced = [v for v in tenant.visits if c.visits[v].spaced]
            for one, two in combinations(spaced, 2):
                gap = max(c.visits[one].gap, c.visits[two].gap)
                for d in range(c.days):
                    for e in range(max(0, d - gap + 1), min(c.days, d + gap)):
                        both = [*self.on_day.get((one, d), []), *self.on_day.get((two, e), [])]
                        if len(both) > 1:
                            self.model.add_at_most_one(both)

    def _shared(self) -> None:
        c = self.c
        for r, count in enumerate(c.shared):
            for day in range(c.days):
                using = [
                    ((crew[2] & 4095) - 2, c.visits[crew[0]].minutes, z)
                    for crew, z in self.master.crews
                    if r in c.visits[crew[0]].shared and crew[1] == day
                ]
                for moment in sorted({start for start, _, _ in using}):
                    now = [z for start, minutes, z in using if start <= moment < start + minutes]
                    if len(now) > count:
                        self.model.add(sum(now) <= count)

    def _workers_met(self, t: int) -> None:
        """Rotation (each worker short of `distinct`) and the cap of distinct workers."""
        c, tenant = self.c, self.c.tenants[t]
        known = tenant.strangers + tenant.seen.bit_count()
        capped = tenant.cap < NO_LIMIT
        if not tenant.visits or not (capped or known < tenant.distinct):
            return
        met = []
        mask = self.best.met(t)
        for w in range(len(c.workers)):
            visits = [x for v in tenant.visits for x in self.with_worker.get((v, w), [])]
            if tenant.seen >> w & 1 or not visits:
                continue
            m = self._var(bool(mask >> w & 1))
            met.append(m)
            self.model.add(sum(visits) >= m)
            if capped:
                self.model.add(sum(visits) <= len(tenant.visits) * m)
        if capped and met:
            self.model.add(sum(met) <= max(0, tenant.cap - known))
        if known < tenant.distinct and c.rotation_weight:
            missing = max(0, tenant.distinct - tenant.strangers - mask.bit_count())
            short = self._int(tenant.distinct, missing, c.rotation_weight)
            self.model.add(short >= tenant.distinct - known - sum(met))

    def _overload(self) -> None:
        c = self.c
        for w, worker in enumerate(c.workers):
            if worker.overload_after >= NO_LIMIT or not c.overload_weight:
                continue
            mine = [
                (self._service(route), x)
                for lane in sorted(self.by_lane)
                for route, x in self.by_lane[lane]
                if route.lane.worker == w
            ]
            most = worker.carried + sum(minutes for minutes, _ in mine) - worker.overload_after
            if most <= 0:
                continue
            weight = c.overload_weight
            fives = self._int(weight * most // 5 + 1, self.best.overload(w, self.best.load[w]), 1)
            over = worker.carried - worker.overload_after + sum(m * x for m, x in mine)
            self.model.add(5 * fives >= weight * over - 4)
