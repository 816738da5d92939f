"""VROOM: a job for each visit, a vehicle for each worker and day, lunch as a break.

Said: windows, hours, limits, lunch, who may go (a skill for each visit), language, gender and own
worker (costs on the way in), priorities. Done before: a tenant's days are shared out among the
visits, pairs get a slot and keep it. Not said: rotation, overload; a break may cut a way in two.
It stops by itself when its search is exhausted, often long before the limit.
"""

from datetime import timedelta

import numpy as np
import vroom  # type: ignore[import-not-found,unused-ignore]

from tests.bench.outside import Bench, Week, WeekPlan
from tests.bench.peers.jobs import DAY, Routing, Vehicle, routing_of, shared_days
from tests.bench.peers.line import run
from tests.bench.peers.mending import pairs_first

RELAXED = "no rotation or overload; days shared out and pairs placed beforehand"
PRIORITY = {10000: 100, 2000: 60, 500: 10}
EXPLORATION = 5


def propose(bench: Bench, week: Week, seconds: float) -> WeekPlan:
    """The best solution within so many seconds."""
    held = pairs_first(bench, week)
    model = routing_of(bench, week, days=shared_days(bench, week), held=held)
    jobs = [j for j in model.jobs if j.starts and (j.seats == 1 or j.visit in held)]
    asked = vroom.Input()
    bases = sorted({vehicle.point for vehicle in model.vehicles})
    index = np.array([*bases, *(job.point for job in jobs)])
    for worker, mode in dict.fromkeys((v.worker, v.mode) for v in model.vehicles):
        minutes = np.array(model.travel[mode])[np.ix_(index, index)]
        costs = minutes.copy()
        for number, job in enumerate(jobs):
            costs[:, len(bases) + number] += model.wishes.get((worker, job.visit), 0)
        asked.set_durations_matrix(profile=worker, matrix_input=minutes.astype(np.uint32))
        asked.set_costs_matrix(profile=worker, matrix_input=costs.astype(np.uint32))
    asked.add_job(
        [
            vroom.Job(
                number,
                location=len(bases) + number,
                default_service=job.minutes,
                skills={number},
                priority=PRIORITY[job.price] if job.seats == 1 else 100,
                time_windows=[vroom.TimeWindow(*window) for window in job.starts],
            )
            for number, job in enumerate(jobs)
        ]
    )
    for number, vehicle in enumerate(model.vehicles):
        able = {n for n, job in enumerate(jobs) if vehicle.worker in job.allowed}
        asked.add_vehicle(_vehicle(number, vehicle, bases.index(vehicle.point), able, model))
    found = asked.solve(
        exploration_level=EXPLORATION, nb_threads=1, timeout=timedelta(seconds=seconds)
    )
    plan: WeekPlan = {code: dict(place) for code, place in held.items()}
    for step in found.routes.to_dict("records"):
        if step["type"] != "job":
            continue
        job, vehicle = jobs[int(step["id"])], model.vehicles[int(step["vehicle_id"])]
        if job.seats == 1:
            start = int(step["arrival"] + step["waiting_time"]) - DAY * vehicle.day
            plan[job.visit] = {"day": vehicle.day, "start": start, "workers": [vehicle.worker]}
    return plan


def _vehicle(
    number: int, vehicle: Vehicle, base: int, able: set[int], model: Routing
) -> vroom.Vehicle:
    lunch = model.lunch
    opens, closes = (DAY * vehicle.day + lunch[key] for key in ("from", "to"))
    rest = vroom.Break(
        number, time_windows=[vroom.TimeWindow(opens, closes - lunch["len"])], service=lunch["len"]
    )
    return vroom.Vehicle(
        number,
        start=base,
        end=base,
        profile=vehicle.worker,
        skills=able,
        time_window=(vehicle.opens, vehicle.closes),
        breaks=[rest] if vehicle.lunch else [],
        max_tasks=vehicle.most,
    )


if __name__ == "__main__":
    run("VROOM", propose, relaxed=RELAXED)
