"""The choice of who has which duty, as a small CP-SAT model in two steps: who, then how fairly."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from scheduling.on_duty import moments
from scheduling.problem import Duty, Worker
from scheduling.rest import Piece, too_long, working_days
from scheduling.windows import overlaps

UNIT = 30  # minutes: what loads are counted in, so that squares stay small
WORK_TO_STAFF, WORK_TO_SHARE = 4.0, 0.4  # deterministic seconds: never those of a clock
INSIDE, KEEP, STAFF = 1, 1_000, 1_000_000  # each outweighs all of what stands before it


def assign(
    duties: Sequence[Duty],
    candidates: Mapping[str, Sequence[Worker]],
    *,
    work: Mapping[str, Sequence[Piece]],
    hours: Mapping[str, int],
) -> dict[str, str]:
    """Worker by duty code, for duties in the order given; those nobody can take are left out.

    `candidates`: who can take each duty if there were no other, in a fixed order. `work`: what
    each worker does besides. `hours`: minutes at work in the week. First as many duties as can be
    staffed; of those ways one that keeps most of `Duty.worker`, then one that gives most to who is
    at work then; then the fairest, which is the least sum over workers of load * load / hours: of
    all duties with what is carried over, of each kind, and of holidays. Each step ends after a
    fixed amount of work, the last often without a proof that nothing is fairer.
    """
    if not any(candidates.values()):
        return {}
    return _Choice(duties, candidates, work, hours).best()


class _Choice:
    """The model: a variable for each duty and candidate, and what was learnt of them."""

    def __init__(
        self,
        duties: Sequence[Duty],
        candidates: Mapping[str, Sequence[Worker]],
        work: Mapping[str, Sequence[Piece]],
        hours: Mapping[str, int],
    ) -> None:
        from ortools.sat.python import cp_model  # takes half a second, and most weeks have duties

        self.cp, self.model = cp_model, cp_model.CpModel()
        self.work, self.hours = work, hours
        self.duties = {duty.code: duty for duty in duties}
        self.workers = {w.code: w for duty in duties for w in candidates[duty.code]}
        self.takes = {
            (duty.code, worker.code): self.model.new_bool_var(f"{duty.code} {worker.code}")
            for duty in duties
            for worker in candidates[duty.code]
        }
        for duty in duties:
            self.model.add_at_most_one(self.takes[duty.code, w.code] for w in candidates[duty.code])
        for code in self.workers:
            self._keep_apart(code)

    def best(self) -> dict[str, str]:
        """The best choice found."""
        first = sum(self._worth(*pair) * take for pair, take in self.takes.items())
        self.model.maximize(first)
        chosen, value = self._solved(WORK_TO_STAFF)
        if not chosen:
            return {}
        self.model.add(first >= value)
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        self.model.minimize(self._unfairness())
        self._hint(chosen)
        fairer, _ = self._solved(WORK_TO_SHARE)
        return fairer or chosen

    def _worth(self, duty: str, worker: str) -> int:
        """What it is worth, fairness apart, that this worker has the duty."""
        given, when = self.duties[duty], moments(self.duties[duty])
        at_work = any(
            not piece.duty and piece.start <= when.start and when.end <= piece.end
            for piece in self.work[worker]
        )
        return STAFF + KEEP * (given.worker == worker) + INSIDE * at_work

    def _keep_apart(self, worker: str) -> None:
        """Two duties at once, or two that leave no rest: never both."""
        mine = [self.duties[duty] for duty, who in self.takes if who == worker]
        for one, two in combinations(mine, 2):
            clash = overlaps(moments(one), moments(two))
            if clash or any(self._tiring(worker, (one, two))):
                self.model.add_at_most_one(
                    self.takes[one.code, worker], self.takes[two.code, worker]
                )

    def _tiring(self, worker: str, duties: Iterable[Duty]) -> Iterable[list[str]]:
        """The duties of each working day that is too long."""
        pieces = [*self.work[worker], *(Piece(*moments(d), d.code) for d in duties)]
        for day in working_days(pieces):
            chosen = [piece.duty for piece in day if (piece.duty, worker) in self.takes]
            if chosen and too_long(day):
                yield chosen

    def _solved(self, work: float) -> tuple[dict[str, str], int]:
        """A choice and its value; three duties that leave no rest together are forbidden as met."""
        while True:
            solver = self.cp.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            solver.parameters.max_deterministic_time = work
            status = solver.solve(self.model)
            if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
                return {}, 0
            chosen = {d: w for (d, w), take in self.takes.items() if solver.boolean_value(take)}
            if not self._learn(chosen):
                return chosen, round(solver.objective_value)

    def _learn(self, chosen: Mapping[str, str]) -> bool:
        """Forbid what leaves too little rest; whether there was any."""
        learnt = False
        for worker in self.workers:
            mine = [self.duties[duty] for duty, who in chosen.items() if who == worker]
            for together in self._tiring(worker, mine):
                self.model.add(
                    sum(self.takes[duty, worker] for duty in together) <= len(together) - 1
                )
                learnt = True
        return learnt

    def _hint(self, chosen: Mapping[str, str]) -> None:
        for (duty, worker), take in self.takes.items():
            self.model.add_hint(take, chosen.get(duty) == worker)

    def _unfairness(self) -> Any:
        """Squares of loads against hours: all duties, each kind, holidays."""
        groups: list[tuple[list[Duty], bool]] = [(list(self.duties.values()), True)]
        kinds = sorted({duty.kind for duty in self.duties.values()})
        if len(kinds) > 1:
            groups += [([d for d in self.duties.values() if d.kind == k], False) for k in kinds]
        groups.append(([d for d in self.duties.values() if d.holiday], False))
        terms = []
        for worker in self.workers.values():
            price = 10_000 // max(1, -(-self.hours[worker.code] // 60))
            for duties, carries in groups:
                before = max(0, worker.duty_minutes) // UNIT if carries else 0
                load = before + sum(
                    -(-(d.end - d.start) // UNIT) * self.takes[d.code, worker.code]
                    for d in duties
                    if (d.code, worker.code) in self.takes
                )
                most = before + sum(-(-(d.end - d.start) // UNIT) for d in duties)
                square = self.model.new_int_var(0, most * most, "")
                self.model.add_multiplication_equality(square, [load, load])
                terms.append(price * square)
        return sum(terms)
