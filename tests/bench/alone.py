"""Which visits of a week are impossible even alone, asked of the outside judge: a constant of cost.

A visit counts if no day, start and workers make a plan of that one visit without errors. Each such
visit costs its price in any plan and flatters every gap, so gaps are also given above their sum.
"""

from itertools import permutations

from tests.bench.outside import Bench, Week


def impossible_alone(bench: Bench, week: Week) -> list[str]:
    """Ids of the visits that no plan can hold, in the week's order."""
    tenants = {tenant["id"]: tenant for tenant in week["tenants"]}
    found = []
    for visit in week["visits"]:
        tenant = tenants[visit["tenant"]]
        small = {
            **week,
            "workers": [w for w in week["workers"] if w["team"] == visit["team"]],
            "tenants": [tenant],
            "visits": [visit],
        }
        if not _fits(bench, small):
            found.append(visit["id"])
    return found


def constant_of(bench: Bench, week: Week) -> int:
    """What the visits that are impossible alone cost together."""
    prices = bench.evaluator.WEIGHTS["unplaced"]
    lost = set(impossible_alone(bench, week))
    return sum(prices[visit["prio"]] for visit in week["visits"] if visit["id"] in lost)


def _fits(bench: Bench, small: Week) -> bool:
    (visit,), (tenant,) = small["visits"], small["tenants"]
    allowed = bench.evaluator.allowed
    crews = [
        list(crew)
        for crew in permutations(small["workers"], len(visit["need"]))
        if all(allowed(w, tenant, role) for w, role in zip(crew, visit["need"], strict=True))
    ]
    for day in range(small["days"]):
        for crew in crews:
            if not all(worker["shifts"][day] for worker in crew):
                continue
            ids = [worker["id"] for worker in crew]
            one = {**small, "workers": crew}
            for start in _starts(small, day):
                plan = {visit["id"]: {"day": day, "start": start, "workers": ids}}
                if not bench.evaluate(one, plan)["errors"]:
                    return True
    return False


def _starts(small: Week, day: int) -> list[int]:
    (visit,), (tenant,) = small["visits"], small["tenants"]
    if visit["fixed"]:
        return [visit["fixed"][1]] if visit["fixed"][0] == day else []
    return [
        start
        for opens, closes in tenant["avail"][day]
        for start in range(opens, closes - visit["dur"] + 1, small["grid"])
    ]
