"""From what a peer proposes to a plan without errors: keep what stands, then insert what is left.

A proposal may break rules its maker cannot say. Visits are kept one by one, dearest first, as long
as the outside judge finds nothing; the others are then inserted where a worker's day has room, at
the least extra travel. So a peer is never charged for a rule it merely could not be told.
"""

from collections import defaultdict
from itertools import product

from tests.bench.outside import Bench, Week, WeekPlan
from tests.bench.peers.jobs import ORDER, shared_days

TRIES = 40


class Mending:
    """A plan of a week while it is mended; `plan` never has an error."""

    def __init__(self, bench: Bench, week: Week, days: dict[str, set[int]] | None = None) -> None:
        """Begin with nothing placed. `days`: on which days `insert` may put a visit."""
        self.bench, self.week, self.days = bench, week, days or {}
        self.plan: WeekPlan = {}
        self._visits = {visit["id"]: visit for visit in week["visits"]}
        self._tenants = {tenant["id"]: tenant for tenant in week["tenants"]}
        self._workers = {worker["id"]: worker for worker in week["workers"]}
        self._bases = {team["id"]: tuple(team["base"]) for team in week["teams"]}
        self._rounds: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._legs: dict[tuple[object, object, str], int] = {}

    def keep(self, proposal: WeekPlan) -> int:
        """Take over what stands without errors; returns how many visits were not taken."""
        before = len(self.plan)
        for code in sorted(proposal, key=lambda c: (ORDER[self._visits[c]["prio"]], c)):
            self._try(code, proposal[code])
        return len(proposal) - (len(self.plan) - before)

    def insert(self) -> int:
        """Put visits that are not placed where there is room; returns how many found some."""
        before = len(self.plan)
        left = [visit for visit in self.week["visits"] if visit["id"] not in self.plan]
        left.sort(key=lambda v: (ORDER[v["prio"]], v["fixed"] is None, -len(v["need"]), v["id"]))
        for visit in left:
            for place in self._places(visit)[:TRIES]:
                if self._try(visit["id"], place):
                    break
        return len(self.plan) - before

    def _try(self, code: str, place: Week) -> bool:
        """Place the visit if the judge finds nothing wrong with all that it touches."""
        rounds = [(worker, place["day"]) for worker in place["workers"]]
        near = {other for one in rounds for other in self._rounds[one]}
        tenant = self._visits[code]["tenant"]
        near |= {other for other in self.plan if self._visits[other]["tenant"] == tenant}
        whole = near | {
            other
            for one in near
            for worker in self.plan[one]["workers"]
            for other in self._rounds[worker, self.plan[one]["day"]]
        }
        part = {other: self.plan[other] for other in whole} | {code: place}
        if self.bench.evaluate(self.week, part)["errors"]:
            return False
        self.plan[code] = place
        for one in rounds:
            self._rounds[one].append(code)
            self._rounds[one].sort(key=lambda c: int(self.plan[c]["start"]))
        return True

    def _places(self, visit: Week) -> list[Week]:
        """Where there seems to be room, least extra travel first; lunch and gaps are not asked."""
        found = []
        tenant = self._tenants[visit["tenant"]]
        taken = {
            self.plan[v]["day"] for v in self.plan if self._visits[v]["tenant"] == tenant["id"]
        }
        for day in sorted(self.days.get(visit["id"], range(self.week["days"]))):
            if any(abs(day - other) < visit["gap"] for other in taken):
                continue
            for start in self._starts(visit, tenant, day):
                seats = [self._free(visit, tenant, role, day, start) for role in visit["need"]]
                crews = [c for c in product(*seats) if len({w for _, w in c}) == len(c)]
                if crews:
                    crew = min(crews)
                    found.append(
                        (sum(extra for extra, _ in crew), day, start, [w for _, w in crew])
                    )
        found.sort()
        return [{"day": day, "start": start, "workers": crew} for _, day, start, crew in found]

    def _free(
        self, visit: Week, tenant: Week, role: str | None, day: int, start: int
    ) -> list[tuple[int, str]]:
        """(extra travel, worker) of the three nearest workers who seem to have the time."""
        found = []
        for code, worker in self._workers.items():
            if worker["team"] != visit["team"] or not worker["shifts"][day]:
                continue
            if self.bench.evaluator.allowed(worker, tenant, role):
                extra = self._extra(worker, visit, day, start)
                if extra is not None:
                    found.append((extra, code))
        return sorted(found)[:3]

    def _extra(self, worker: Week, visit: Week, day: int, start: int) -> int | None:
        base, mode = self._bases[worker["team"]], worker["mode"]
        there, free_from, before = base, worker["shifts"][day][0], base
        rounds = self._rounds[worker["id"], day]
        if len(rounds) >= worker["max_visits"]:
            return None
        after, busy_from = base, worker["shifts"][day][1]
        for code in rounds:
            other, at = self._visits[code], self.plan[code]["start"]
            if at < start:
                there, free_from = tuple(other["loc"]), at + other["dur"]
            else:
                after, busy_from = tuple(other["loc"]), at
                break
        before, here = there, tuple(visit["loc"])
        go, leave = self._leg(before, here, mode), self._leg(here, after, mode)
        if free_from + go > start or start + visit["dur"] + leave > busy_from:
            return None
        return go + leave - (self._leg(before, after, mode) if rounds else 0)

    def _leg(self, a: object, b: object, mode: str) -> int:
        minutes = self._legs.get((a, b, mode))
        if minutes is None:
            minutes = self._legs[a, b, mode] = self.bench.generator.travel(a, b, mode)
        return minutes

    def _starts(self, visit: Week, tenant: Week, day: int) -> list[int]:
        if visit["fixed"]:
            return [visit["fixed"][1]] if visit["fixed"][0] == day else []
        grid = self.week["grid"]
        return [
            start
            for opens, closes in tenant["avail"][day]
            for start in range(opens, closes - visit["dur"] + 1, grid)
        ]


def pairs_first(bench: Bench, week: Week) -> WeekPlan:
    """Places for the visits of several workers, found before all others are planned around them.

    Visits that must take place are looked at along with them, so that no pair takes their place.
    """
    early = [v for v in week["visits"] if len(v["need"]) > 1 or v["prio"] == "must"]
    mending = Mending(bench, {**week, "visits": early}, shared_days(bench, week))
    mending.insert()
    several = {visit["id"] for visit in early if len(visit["need"]) > 1}
    return {code: place for code, place in mending.plan.items() if code in several}
