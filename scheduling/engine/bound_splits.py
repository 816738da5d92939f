"""What a relaxation can be split at: whether a visit is left out, who has it, on which day it is.

Each split says of both its cases what does not happen in them: a visit left out, or a call at
certain places (Ryan and Foster 1981). Every plan is in one of the two.
"""

from dataclasses import dataclass

from scheduling.engine import layout as at
from scheduling.engine.bound import Relaxed
from scheduling.engine.bound_rows import Case, Rows

CLEAR = 0.02
"""What is so near to 0 or 1 is not worth splitting."""
NEAREST = 3
"""Choices of people, and of days, that are looked at: those nearest to a half."""


@dataclass(frozen=True, slots=True, order=True)
class Split:
    """A visit left out or not; or with a worker, or on a day, or not."""

    visit: int
    worker: int = -1
    day: int = -1

    def case(self, rows: Rows, case: Case, *, yes: bool) -> Case:
        """The part of a case in which the split's word holds or does not."""
        out = rows.left_out[self.visit]
        if self.worker < 0 and self.day < 0:
            return Case({**case.held, out: yes}, case.never)
        mine: set[tuple[int, int]] = set()
        others: set[tuple[int, int]] = set()
        for call in rows.calls(self.visit):
            for lane, node in rows.at(call):
                view = rows.views[lane]
                is_mine = self.worker == view.worker if self.day < 0 else self.day == view.day
                (mine if is_mine else others).add((lane, node))
        if self.day < 0 and len(rows.calls(self.visit)) > 1:
            others.clear()  # a crew has others beside the worker
        return Case(case.held, case.never | (others if yes else mine))


def open_splits(work: Relaxed) -> list[Split]:
    """Where the relaxation, as it was solved last, does neither one nor the other."""
    rows, shares = work.rows, work.program.helped()
    left_out = [v for v, h in enumerate(rows.left_out) if CLEAR < shares[h] < 1 - CLEAR]
    return [Split(v) for v in left_out] or _choices(work)


def _choices(work: Relaxed) -> list[Split]:
    """People and days of visits, nearest to a half first."""
    rows = work.rows
    shares: dict[Split, float] = {}
    for column, share in work.program.weights():
        view = rows.views[column.lane]
        for node, _ in column.stops:
            call = view.calls[node]
            v = rows.number(at.STOP_VISIT, call)
            calls = rows.calls(v)
            if call == calls[0]:
                splits = [Split(v, day=view.day)]
                if len(calls) == 1:
                    splits.append(Split(v, worker=view.worker))
                for split in splits:
                    shares[split] = shares.get(split, 0.0) + share
    some = [split for split, share in shares.items() if CLEAR < share < 1 - CLEAR]
    some.sort(key=lambda split: (round(abs(shares[split] - 0.5), 3), split))
    people, days = (
        [split for split in some if split.worker >= 0], [split for split in some if split.day >= 0]
    )  # fmt: skip
    return people[:NEAREST] + days[:NEAREST]
