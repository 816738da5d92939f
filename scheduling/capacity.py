"""Capacity advice: which one half-day more, of which discipline, and what an hour more would bring.

Each trial is the finished plan with a lane more, or with lanes that end later, into which waiting
visits are put and which is then searched for a short while; what the same search finds without
anything more is taken off. So an answer is a fact about this plan and this much search, never a
bound; it is repeatable.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduling.desk import Desk
from scheduling.engine import layout as at
from scheduling.engine.compile import compile_problem
from scheduling.engine.compiled import Compiled
from scheduling.engine.draft import Draft, Tools
from scheduling.engine.improve import Cycle
from scheduling.engine.kernel import Array, array_of, copy_of
from scheduling.engine.ledger import rewalk
from scheduling.engine.search import Search
from scheduling.problem import Problem, Worker, lanes
from scheduling.relaxing_hours import later_lanes
from scheduling.standing import standing_draft
from scheduling.windows import Interval, union

HALVES = (Interval(540, 740), Interval(780, 980))
"""A morning and an afternoon of three hours and twenty minutes."""
MOST_SEARCHED = 6
"""Trials, the best by insertion alone, that are searched for a while."""
WORK = 40_000
"""Iterations of a trial times the calls of the week."""
HOUR = 60


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half-day more of a discipline: from, to, visits placed more, points saved."""

    discipline: str
    day: int
    start: int
    end: int
    placed: int
    saved: int


@dataclass(frozen=True, slots=True)
class MoreHours:
    """Every working day of the team longer: minutes in all, visits placed more, points saved."""

    minutes: int
    placed: int
    saved: int

    @property
    def placed_per_hour(self) -> float:
        """Visits placed more for each hour more."""
        return self.placed * HOUR / self.minutes if self.minutes else 0.0

    @property
    def saved_per_hour(self) -> float:
        """Points saved for each hour more."""
        return self.saved * HOUR / self.minutes if self.minutes else 0.0


@dataclass(frozen=True, slots=True)
class Advice:
    """`half_days`, the most visits placed first, then the most points; `hours` of the whole team.

    `waiting`: visits that the plan leaves out.
    """

    waiting: int
    half_days: tuple[HalfDay, ...]
    hours: MoreHours


def capacity(desk: Desk) -> Advice:
    """What more people or more hours would bring to the desk's plan; a second or two."""
    return Advice(len(desk.left_out()), half_days(desk), more_hours(desk))


def half_days(desk: Desk) -> tuple[HalfDay, ...]:
    """The most useful half-days by a colleague as most of the discipline are; those that help."""
    extras = _extras(desk.week)
    if not extras:
        return ()
    week = replace(desk.week, workers=(*desk.week.workers, *extras.values()))
    trial = _Trial(compile_problem(week), desk)
    index = {worker.code: w for w, worker in enumerate(trial.c.workers)}
    names = {index[worker.code]: discipline for discipline, worker in extras.items()}
    mine = [lane for lane in trial.c.lanes if lane.worker in names]
    none = trial.tables(())
    base = trial.inserted(none)
    quick = [(trial.inserted(trial.tables((lane.number,))), lane) for lane in mine]
    quick.sort(key=lambda one: (one[0][1], one[0][0], one[1].number))
    searched = trial.searched(none) if quick else base
    found = []
    for _, lane in quick[:MOST_SEARCHED]:
        cost, left = trial.searched(trial.tables((lane.number,)))
        half = HalfDay(
            names[lane.worker], lane.day, lane.start, lane.end, searched[1] - left,
            searched[0] - cost,
        )  # fmt: skip
        if half.placed > 0 or half.saved > 0:
            found.append(half)
    return tuple(sorted(found, key=lambda h: (-h.placed, -h.saved, h.day, h.start, h.discipline)))


def more_hours(desk: Desk) -> MoreHours:
    """An hour more at the end of each working day, in the week's limits of each worker too."""
    before = _Trial(desk.c, desk)
    cost, left = before.searched(before.c.tables)
    week, minutes = _longer(desk)
    after = _Trial(compile_problem(week), desk)
    cost_after, left_after = after.searched(after.c.tables)
    return MoreHours(minutes, left - left_after, cost - cost_after)


def _longer(desk: Desk) -> tuple[Problem, int]:
    """The week with an hour more for everybody each day, where that can be; minutes in all."""
    more: dict[str, int] = Counter()
    ends: dict[tuple[str, int, int], int] = {}
    for lane, longer in zip(desk.c.lanes, later_lanes(desk), strict=True):
        code = desk.c.workers[lane.worker].code
        ends[code, lane.day, lane.end] = longer.end
        more[code] += longer.end - lane.end

    def extended(worker: Worker) -> Worker:
        def limit(minutes: int | None) -> int | None:
            return None if minutes is None else minutes + more[worker.code]

        shifts = tuple(
            tuple(
                Interval(one.start, ends.get((worker.code, day, one.end), one.end))
                for one in union(shift)
            )
            for day, shift in enumerate(worker.shifts)
        )
        return replace(
            worker,
            shifts=shifts,
            visiting_limit=limit(worker.visiting_limit),
            overload_after=limit(worker.overload_after),
        )

    workers = tuple(extended(worker) for worker in desk.week.workers)
    return replace(desk.week, workers=workers), sum(more.values())


class _Trial:
    """Searches altered weeks from the finished plan, each as long as the others."""

    def __init__(self, c: Compiled, desk: Desk) -> None:
        """`c`: the desk's week, perhaps with workers who stand in no round of its plan."""
        self.c, self.desk = c, desk
        known = {worker.code for worker in desk.week.workers}
        self.extra = {lane.number for lane in c.lanes if c.workers[lane.worker].code not in known}
        self.draft = standing_draft(Tools(c), desk.placements)
        self.cycle = Cycle(max(100, min(500, WORK // max(1, c.calls))))

    def tables(self, chosen: Iterable[int]) -> Array:
        """The tables in which of the lanes more only those chosen are there."""
        t, closed = copy_of(self.c.tables), self.extra - set(chosen)
        if not closed:
            return t
        lists: dict[int, int] = {}
        for cell in range(t[at.VISIT_LANES], t[at.VISIT_LANES] + len(self.c.visits) * self.c.days):
            place = int(t[cell])
            if place not in lists:
                open_ = [int(n) for n in t[place + 1 : place + 1 + t[place]] if n not in closed]
                lists[place] = place if len(open_) == t[place] else len(t)
                if lists[place] != place:
                    t.extend(array_of((len(open_), *open_)))
            t[cell] = lists[place]
        for v in range(len(self.c.visits)):  # what has nowhere to go is not tried
            first = t[at.VISIT_LANES] + v * self.c.days
            if not any(t[t[first + day]] for day in range(self.c.days)):
                t[t[at.VISIT_OPTIONS] + v] = 0
        for number in closed:
            t[t[at.CAPACITY] + self.c.lanes[number].day] -= self._capacity(number)
        return t

    def inserted(self, t: Array) -> tuple[int, int]:
        """(cost, visits left out) when waiting visits are put where there is room now."""
        draft = self._begun(t)
        self._insert(draft)
        return draft.cost, len(draft.left_out())

    def searched(self, t: Array) -> tuple[int, int]:
        """The same after a short search."""
        draft = self._begun(t)
        self._insert(draft)
        best = Search(Draft(draft.tools)).improve(draft, self.cycle, lambda _: False)
        return best.cost, len(best.left_out())

    def _begun(self, t: Array) -> Draft:
        """The finished plan by altered tables, its cost counted by them."""
        tools = Tools(replace(self.c, tables=t))
        one = Draft(tools)
        if not one.fill(self.draft.rounds(), self.draft.crews()):
            one = Draft(tools, copy_of(self.draft.s))
            for lane in self.c.lanes:
                rewalk(t, one.s, tools.r, lane.number)
        return one

    def _insert(self, draft: Draft) -> None:
        for v in sorted(draft.left_out(), key=lambda v: (-self.c.visits[v].unplaced, v)):
            draft.insert(v)

    def _capacity(self, number: int) -> int:
        lane = self.c.lanes[number]
        lunch = self.c.problem.lunch
        return lane.end - lane.start - (lunch.minutes if lunch and lane.lunch else 0)


def _extras(week: Problem) -> dict[str, Worker]:
    """By discipline a worker like most of it, with every half-day on which the team works."""
    team: dict[str, list[Worker]] = {}
    for worker in week.workers:
        team.setdefault(worker.discipline, []).append(worker)
    taken = {worker.code for worker in week.workers}
    found = {}
    for discipline, people in sorted(team.items()):
        code = f"extra-{discipline}"
        while code in taken:
            code += "-"
        first = people[0]
        halves = tuple(_halves(week, day) for day in range(week.days))
        if not any(halves):
            continue
        found[discipline] = Worker(
            code=code,
            discipline=discipline,
            base=_most(worker.base for worker in people),
            mode=next(w.mode for w in people if w.mode == _most(w.mode for w in people)),
            shifts=halves,
            skills=_usual(people, "skills"),
            languages=_usual(people, "languages"),
            max_visits=first.max_visits,
        )
    return found


def _halves(week: Problem, day: int) -> tuple[Interval, ...]:
    """Half-days of a day on which anybody works, from now on."""
    now = week.now or 0
    if not any(lanes(worker, day) for worker in week.workers):
        return ()
    halves = (Interval(*(end // week.grid * week.grid for end in half)) for half in HALVES)
    return tuple(half for half in halves if day * 1440 + half.start >= now)


def _usual(people: list[Worker], name: str) -> tuple[str, ...]:
    """What more than half of them have."""
    counts = Counter(one for worker in people for one in getattr(worker, name))
    return tuple(sorted(one for one, n in counts.items() if 2 * n > len(people)))


def _most(values: Iterable[str]) -> str:
    """The most frequent; of those that are as frequent the first by name."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
