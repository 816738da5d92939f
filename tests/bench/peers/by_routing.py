"""OR-Tools routing, the textbook model: a node for each seat, a vehicle for each worker and day.

Said: windows and days on one time dimension, hours, limits, lunch as a break, who may go, prices of
leaving out (disjunctions), days between a tenant's visits, pairs as two nodes with the same start,
both or neither, on two vehicles; language, gender and own worker on the way in. Not said: rotation,
overload. With `--pairs held` pairs get a slot beforehand and keep it. Time counts in grid steps.
"""

import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import (
    FirstSolutionStrategy,
    LocalSearchMetaheuristic,
)

from tests.bench.outside import Bench, Week, WeekPlan
from tests.bench.peers.jobs import DAY, Job, Routing, routing_of
from tests.bench.peers.line import run
from tests.bench.peers.mending import pairs_first

WIDEST = 480
"""No two starts of one day are further apart: tenants are open from 9:00 to 17:00."""


def linked(bench: Bench, week: Week, seconds: float) -> WeekPlan:
    """Pairs are linked nodes, to be found by the solver."""
    return _Textbook(routing_of(bench, week), week["grid"]).solve(seconds)


def held(bench: Bench, week: Week, seconds: float) -> WeekPlan:
    """Pairs are two fixed appointments each."""
    pairs = pairs_first(bench, week)
    model = routing_of(bench, week, held=pairs)
    jobs = tuple(job for job in model.jobs if job.seats == 1 or job.visit in pairs)
    return _Textbook(replace(model, jobs=jobs), week["grid"]).solve(seconds)


class _Textbook:
    """The routing model of one week. Nodes: the jobs in order, then the bases."""

    def __init__(self, model: Routing, grid: int) -> None:
        possible = Counter(job.visit for job in model.jobs if job.starts and job.allowed)
        self.model, self.grid = model, grid
        self.jobs = [job for job in model.jobs if possible[job.visit] == job.seats]
        self.bases = sorted({vehicle.point for vehicle in model.vehicles})
        ends = [len(self.jobs) + self.bases.index(vehicle.point) for vehicle in model.vehicles]
        nodes = len(self.jobs) + len(self.bases)
        self.manager = pywrapcp.RoutingIndexManager(nodes, len(ends), ends, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._costs()
        self.clock = self._clock()
        for node, job in enumerate(self.jobs):
            self._node(self.manager.NodeToIndex(node), job)
        for a, job in enumerate(self.jobs):
            for b in range(a + 1, len(self.jobs)):
                if self.jobs[b].tenant == job.tenant:
                    self._couple(a, b)
        self._lunches()

    def solve(self, seconds: float) -> WeekPlan:
        """Half the time from parallel cheapest insertion; then on, or anew from nothing placed."""
        asked = pywrapcp.DefaultRoutingSearchParameters()
        asked.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        asked.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        asked.time_limit.FromMilliseconds(round(500 * seconds))
        found = self.routing.SolveWithParameters(asked)
        if found is None:
            asked.first_solution_strategy = FirstSolutionStrategy.ALL_UNPERFORMED
            found = self.routing.SolveWithParameters(asked)
        else:
            found = self.routing.SolveFromAssignmentWithParameters(found, asked) or found
        return {} if found is None else self._plan(found)

    def _points(self) -> list[int]:
        return [*(job.point for job in self.jobs), *self.bases]

    def _costs(self) -> None:
        points, of_worker = self._points(), {}
        for number, vehicle in enumerate(self.model.vehicles):
            if vehicle.worker not in of_worker:
                travel = self.model.travel[vehicle.mode]
                extra = [self.model.wishes.get((vehicle.worker, job.visit), 0) for job in self.jobs]
                extra += [0] * len(self.bases)
                rows = [[travel[p][q] + extra[b] for b, q in enumerate(points)] for p in points]
                of_worker[vehicle.worker] = self._callback(rows)
            self.routing.SetArcCostEvaluatorOfVehicle(of_worker[vehicle.worker], number)

    def _clock(self) -> Any:
        """The time dimension; and one that counts visits."""
        points, grid, vehicles = self._points(), self.grid, self.model.vehicles
        minutes = [*(job.minutes for job in self.jobs), *(0 for _ in self.bases)]
        of_mode = {}
        for mode, travel in self.model.travel.items():
            of_mode[mode] = self._callback(
                [
                    [(minutes[a] + travel[p][q]) // grid for q in points]
                    for a, p in enumerate(points)
                ]
            )
        end = max((vehicle.closes for vehicle in vehicles), default=0) // grid
        evaluators = [of_mode[vehicle.mode] for vehicle in vehicles]
        self.routing.AddDimensionWithVehicleTransits(evaluators, end, end, False, "time")
        clock = self.routing.GetDimensionOrDie("time")
        for number, vehicle in enumerate(vehicles):
            for index in (self.routing.Start(number), self.routing.End(number)):
                clock.CumulVar(index).SetRange(vehicle.opens // grid, vehicle.closes // grid)
        ones = [[int(a < len(self.jobs))] * len(points) for a in range(len(points))]
        most = [vehicle.most for vehicle in vehicles]
        counted = self._callback(ones)
        self.routing.AddDimensionWithVehicleCapacity(counted, 0, most, True, "visits")
        return clock

    def _callback(self, rows: list[list[int]]) -> int:
        node = self.manager.IndexToNode
        number: int = self.routing.RegisterTransitCallback(lambda a, b: rows[node(a)][node(b)])
        return number

    def _node(self, index: int, job: Job) -> None:
        """Windows, who may go and on which days, and the price of leaving out."""
        grid = self.grid
        steps = {s for a, b in job.starts for s in range(a // grid, b // grid + 1)}
        self.clock.CumulVar(index).SetValues(sorted(steps))
        days = {first // DAY for first, _ in job.starts}
        able = [
            number
            for number, vehicle in enumerate(self.model.vehicles)
            if vehicle.worker in job.allowed and vehicle.day in days
        ]
        self.routing.VehicleVar(index).SetValues([-1, *able])
        self.routing.AddDisjunction([index], job.price)

    def _couple(self, a: int, b: int) -> None:
        """A pair: both or neither, at one start, on two vehicles. A tenant: days apart."""
        solver, first, second = self.routing.solver(), self.jobs[a], self.jobs[b]
        i, j = self.manager.NodeToIndex(a), self.manager.NodeToIndex(b)
        here, there = self.routing.ActiveVar(i), self.routing.ActiveVar(j)
        if first.visit == second.visit:
            solver.Add(here == there)
            solver.Add(self.clock.CumulVar(i) == self.clock.CumulVar(j))
            vehicles = self.routing.VehicleVar(i), self.routing.VehicleVar(j)
            solver.Add(solver.IsDifferentVar(*vehicles) >= here)
        elif first.seat == second.seat == 0:
            apart = (DAY * max(first.gap, second.gap) - WIDEST) // self.grid
            distance = abs(self.clock.CumulVar(i) - self.clock.CumulVar(j))
            solver.Add(distance >= apart * (here + there - 1))

    def _lunches(self) -> None:
        """A break for each vehicle that is out over noon."""
        lunch, grid = self.model.lunch, self.grid
        lengths = [job.minutes // grid for job in self.jobs] + [0] * len(self.bases)
        indices = range(self.routing.Size() + self.routing.vehicles())
        visiting = [lengths[self.manager.IndexToNode(index)] for index in indices]
        for number, vehicle in enumerate(self.model.vehicles):
            if vehicle.lunch:
                opens, closes = (DAY * vehicle.day + lunch[key] for key in ("from", "to"))
                rest = self.routing.solver().FixedDurationIntervalVar(
                    opens // grid,
                    (closes - lunch["len"]) // grid,
                    lunch["len"] // grid,
                    False,
                    "lunch",
                )
                self.clock.SetBreakIntervalsOfVehicle([rest], number, visiting)

    def _plan(self, found: Any) -> WeekPlan:
        plan: WeekPlan = {}
        seats: dict[str, dict[int, str]] = {}
        for number, vehicle in enumerate(self.model.vehicles):
            index = found.Value(self.routing.NextVar(self.routing.Start(number)))
            while not self.routing.IsEnd(index):
                job = self.jobs[self.manager.IndexToNode(index)]
                start = found.Min(self.clock.CumulVar(index)) * self.grid - DAY * vehicle.day
                seats.setdefault(job.visit, {})[job.seat] = vehicle.worker
                plan[job.visit] = {"day": vehicle.day, "start": start, "workers": []}
                index = found.Value(self.routing.NextVar(index))
        for code, workers in seats.items():
            plan[code]["workers"] = [workers[seat] for seat in sorted(workers)]
        return plan


if __name__ == "__main__":
    if "--pairs=held" in sys.argv:
        sys.argv.remove("--pairs=held")
        told = "no rotation or overload; pairs placed beforehand"
        run("OR-Tools routing, pairs held", held, relaxed=told)
    else:
        run("OR-Tools routing", linked, relaxed="no rotation or overload")
