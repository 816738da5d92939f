"""Kinder starts for a finished plan: who goes where in which order stays, and so does the cost.

The search starts every visit as early as it can. Here visits keep the minute that was published,
wait less between two doors, and begin at quarters of an hour, wherever the lane can still be walked
and nothing gets dearer. Only visits of one worker are moved whose start nobody holds.
"""

from scheduling.engine import layout as at
from scheduling.engine.compiled import CompiledVisit
from scheduling.engine.draft import Draft
from scheduling.engine.ledger import rewalk

QUARTER = 15
SLACK = 10
"""Minutes left between two visits, beside the way, when a gap is shortened."""


def kinder(draft: Draft) -> Draft:
    """A copy of a draft with kinder starts."""
    timed = draft.copy()
    for lane in range(len(timed.c.lanes)):
        if timed.walked(lane):
            _Lane(timed, lane).settle()
    return timed


class _Lane:
    """One lane of a draft whose starts are settled."""

    def __init__(self, draft: Draft, lane: int) -> None:
        self.draft, self.lane, self.c = draft, lane, draft.c
        self.row = lane * draft.t[at.STRIDE]
        stops = draft.stops(lane)
        self.free = [
            i for i, (stop, how) in enumerate(stops)
            if stop < self.c.calls and how < 0 and not self._visit(stop).held
        ]  # fmt: skip
        self.calls = [stop for stop, _ in stops]

    def settle(self) -> None:
        """Published minutes first, then gaps from the last to the first, then quarters."""
        kept = [i for i in self.free if self._publish(i)]
        open_ = [i for i in self.free if i not in kept]
        for i in reversed(open_):
            self._close_gap(i)
        for i in open_:
            start = self._start(i)
            if start % QUARTER:
                self._hold(i, start + QUARTER - start % QUARTER)

    def _visit(self, call: int) -> CompiledVisit:
        return self.c.visits[self.c.stops[call].visit]

    def _start(self, i: int) -> int:
        return int(self.draft.s[self.draft.t[at.S_TIME] + self.row + i])

    def _publish(self, i: int) -> bool:
        """Hold the minute that was published, if it was this worker's on this day."""
        t, call = self.draft.t, self.calls[i]
        visit, lane = self.c.stops[call].visit, self.c.lanes[self.lane]
        same = (
            t[t[at.VISIT_WAS_DAY] + visit] == lane.day
            and t[t[at.CALL_WAS_WORKER] + call] == lane.worker
        )
        return same and self._hold(i, int(t[t[at.CALL_WAS_START] + call]))

    def _close_gap(self, i: int) -> None:
        """Begin later where the worker would only wait outdoors afterwards."""
        if i + 1 >= len(self.calls):
            return
        s, t = self.draft.s, self.draft.t
        leg = int(s[t[at.S_LEG] + self.row + i + 1])
        end = self._start(i) + self.c.stops[self.calls[i]].minutes
        idle = self._start(i + 1) - end - leg
        later = self._start(i) + idle - SLACK
        later -= later % QUARTER
        earlier = later - self.c.lunch[2]
        for start in (later, earlier - earlier % QUARTER):
            if start > self._start(i) and self._hold(i, start):
                return

    def _hold(self, i: int, start: int) -> bool:
        """Hold a stop at a start if the lane can be walked, no other start moves, nothing costs."""
        draft, t, s = self.draft, self.draft.t, self.draft.s
        if start % self.c.grid or not self._allowed(i, start):
            return False
        how, cell = t[at.S_HOW] + self.row + i, t[at.S_AT] + self.calls[i]
        before, cost = int(s[how]), draft.cost
        others = [self._start(j) for j in range(len(self.calls)) if j != i]
        s[how] = s[cell] = start
        walked = rewalk(t, s, draft.tools.r, self.lane)
        still = others == [self._start(j) for j in range(len(self.calls)) if j != i]
        if walked and still and draft.cost <= cost:
            return True
        s[how] = s[cell] = before
        rewalk(t, s, draft.tools.r, self.lane)
        return False

    def _allowed(self, i: int, start: int) -> bool:
        ranges = self.c.stops[self.calls[i]].ranges[self.c.lanes[self.lane].day]
        return any(first <= start <= last for first, last in ranges)
