"""PyVRP: an optional client for each visit, day and window, one vehicle type a worker and day.

Said: windows (a group of clients of which at most one is visited), hours, limits, who may go
(a way that no prize pays), language, gender and own worker (on the way in), prices of leaving out.
Done before: a tenant's days are shared out among the visits, pairs get a slot and keep it.
Not said: lunch, rotation, overload; start times off the five-minute grid do not arise.
"""

import numpy as np
import pyvrp  # type: ignore[import-not-found,unused-ignore]
from pyvrp.stop import MaxRuntime  # type: ignore[import-not-found,unused-ignore]

from tests.bench.outside import Bench, Week, WeekPlan
from tests.bench.peers.jobs import DAY, Job, Routing, routing_of, shared_days
from tests.bench.peers.line import run
from tests.bench.peers.mending import pairs_first

NEVER = 1_000_000
RELAXED = "no lunch, rotation or overload; days shared out and pairs placed beforehand"


def propose(bench: Bench, week: Week, seconds: float) -> WeekPlan:
    """The best solution after so many seconds."""
    held = pairs_first(bench, week)
    model = routing_of(bench, week, days=shared_days(bench, week), held=held)
    jobs = [job for job in model.jobs if job.seats == 1 or job.visit in held]
    data, stops = _data(model, jobs)
    result = pyvrp.solve(data, MaxRuntime(seconds), seed=1, collect_stats=False)
    plan: WeekPlan = {code: dict(place) for code, place in held.items()}
    for route in result.best.routes():
        vehicle = model.vehicles[route.vehicle_type()]
        for step in route.schedule():
            if not step.is_client():
                continue
            job = stops[step.idx]
            if job.seats == 1:
                start = step.start_time - DAY * vehicle.day
                plan[job.visit] = {"day": vehicle.day, "start": start, "workers": [vehicle.worker]}
    return plan


def _data(model: Routing, jobs: list[Job]) -> tuple[pyvrp.ProblemData, list[Job]]:
    """The instance, and the job behind each client.

    A location for each job, so that the way in can carry the worker's own cost; the bases first.
    """
    bases = sorted({vehicle.point for vehicle in model.vehicles})
    points = [*bases, *(job.point for job in jobs)]
    clients: list[pyvrp.Client] = []
    groups: list[pyvrp.ClientGroup] = []
    stops: list[Job] = []
    for number, job in enumerate(jobs):
        group = pyvrp.ClientGroup(required=False)
        for first, last in job.starts:
            group.add_client(len(clients))
            clients.append(
                pyvrp.Client(
                    location=len(bases) + number,
                    delivery=[1],
                    service_duration=job.minutes,
                    tw_early=first,
                    tw_late=last,
                    prize=job.price if job.seats == 1 else NEVER // 2,
                    required=False,
                    group=len(groups),
                )
            )
            stops.append(job)
        if job.starts:
            groups.append(group)
    workers = list(dict.fromkeys((vehicle.worker, vehicle.mode) for vehicle in model.vehicles))
    profile = {worker: number for number, (worker, _) in enumerate(workers)}
    index = np.array(points)
    durations = {
        mode: np.array(table)[np.ix_(index, index)] for mode, table in model.travel.items()
    }
    distances = []
    for worker, mode in workers:
        table = durations[mode].copy()
        for number, job in enumerate(jobs):
            extra = model.wishes.get((worker, job.visit), 0) if worker in job.allowed else NEVER
            table[:, len(bases) + number] += extra
        np.fill_diagonal(table, 0)
        distances.append(table)
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in points],
        clients=clients,
        depots=[pyvrp.Depot(location=number) for number in range(len(bases))],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=1,
                capacity=[vehicle.most],
                start_depot=bases.index(vehicle.point),
                end_depot=bases.index(vehicle.point),
                tw_early=vehicle.opens,
                tw_late=vehicle.closes,
                profile=profile[vehicle.worker],
            )
            for vehicle in model.vehicles
        ],
        distance_matrices=distances,
        duration_matrices=[durations[mode] for _, mode in workers],
        groups=groups,
    )
    return data, stops


if __name__ == "__main__":
    run("PyVRP", propose, relaxed=RELAXED)
