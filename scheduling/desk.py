"""A plan on the desk, asked again and again: what would this move break, shift and cost?

The problem is compiled once; a question takes milliseconds. Answers are those of the judge
(`check` and `score`) for the changed plan, to the point.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduling.check import Breach, check
from scheduling.engine.compile import compile_problem
from scheduling.engine.compiled import Compiled
from scheduling.engine.draft import Draft, Tools
from scheduling.instances import canonical, validated
from scheduling.on_duty import busied
from scheduling.part import Difference, Parts, plan_of
from scheduling.plan import Plan
from scheduling.problem import Placement, Problem
from scheduling.score import score
from scheduling.sliding import Slider
from scheduling.standing import standing_draft

__all__ = ["Answer", "Desk", "Shift", "price"]


@dataclass(frozen=True, slots=True)
class Shift:
    """Another visit that begins at `after` instead of `before` to make room."""

    visit: str
    day: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a move would do, if it were made.

    `placements` are the plan's with the move in it, `shifts` what others did to make room;
    `breaks` and `mends`: hard rules that are broken, and that are no longer; `costs`: points more
    (or fewer) by rule, only those that change.
    """

    placements: tuple[Placement, ...]
    shifts: tuple[Shift, ...]
    difference: Difference

    @property
    def breaks(self) -> tuple[Breach, ...]:
        """Breaches that the plan does not have without the move."""
        return self.difference.breaks

    @property
    def cost(self) -> int:
        """Points more than the plan has now, or fewer where negative."""
        return self.difference.cost

    @property
    def works(self) -> bool:
        """Whether the move breaks nothing that is not broken already."""
        return not self.breaks


class Desk:
    """One problem and one plan of it, ready for questions; nothing that is asked changes it."""

    def __init__(self, problem: Problem, plan: Plan, *, like: "Desk | None" = None) -> None:
        """`plan` may be hand-made. InvalidProblem if the problem contradicts itself.

        `like`: a desk of this problem with other pins, from which is taken over what they leave.
        """
        self.problem, self.plan = canonical(validated(problem)), plan
        self.week = busied(self.problem, plan.duties)
        self.parts = Parts(self.week)
        self.c: Compiled = compile_problem(self.week, like=like.c if like else None)
        self.tools = Tools(self.c)
        self.slider = Slider(self.c)
        self.visits = {visit.code: visit for visit in self.week.visits}
        self.index = {visit.code: v for v, visit in enumerate(self.c.visits)}
        self.placements = {p.visit: p for p in plan.placements if p.visit in self.visits}

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """What the plan breaks as it stands."""
        return check(self.problem, self.plan)

    @cached_property
    def cost(self) -> int:
        """What the plan costs as it stands."""
        return score(self.problem, self.plan).total

    @cached_property
    def draft(self) -> Draft:
        """The plan as a draft in which visits may slide within their hours."""
        return standing_draft(self.tools, self.placements)

    def left_out(self) -> list[str]:
        """Codes of the visits that the plan leaves out."""
        return sorted(self.visits.keys() - self.placements.keys())

    def price(self, *moves: Placement, without: Iterable[str] = ()) -> Answer:
        """What it would break and cost to put these visits there and take out those `without`.

        Visits of the rounds they come into make room as far as that takes (`scheduling.sliding`).
        A visit that is not the problem's is a breach, `unknown`.
        """
        after = {code: p for code, p in self.placements.items() if code not in set(without)}
        after.update({move.visit: move for move in moves})
        settled = self.slider.settled(after, frozenset(move.visit for move in moves))
        return self.answer(settled, moved={move.visit for move in moves})

    def answer(
        self,
        after: dict[str, Placement],
        *,
        moved: Iterable[str] = (),
        relaxed: Problem | None = None,
    ) -> Answer:
        """The answer for a whole plan that is there already."""
        mine = set(moved)
        shifts = tuple(
            Shift(code, now.day, was.start, now.start)
            for code, now in sorted(after.items())
            if code not in mine
            and (was := self.placements.get(code)) is not None
            and (was.day, was.start) != (now.day, now.start)
        )
        return Answer(
            tuple(after[code] for code in sorted(after)),
            shifts,
            self.parts.difference(self.placements, after, relaxed=relaxed),
        )

    def changed(self, answer: Answer) -> Plan:
        """The plan that an answer is about, without reasons."""
        placements = {p.visit: p for p in answer.placements}
        bare = plan_of(placements, self.visits.keys() | placements.keys())
        return Plan(
            problem=self.plan.problem,
            placements=bare.placements,
            unplaced=bare.unplaced,
            duties=self.plan.duties,
        )


def price(
    problem: Problem, plan: Plan, visit: str, *, day: int, start: int, workers: tuple[str, ...]
) -> Answer:
    """What moving one visit there would break, shift and cost; a `Desk` for more than one question.

    Seats that come after the first one begin as soon as they may.
    """
    desk = Desk(problem, plan)
    return desk.price(placement_at(desk, visit, day=day, start=start, workers=workers))


def placement_at(
    desk: Desk, visit: str, *, day: int, start: int, workers: tuple[str, ...]
) -> Placement:
    """A placement whose later seats begin as soon as they may."""
    asked = desk.visits.get(visit)
    offsets = tuple(seat.after.least if seat.after else 0 for seat in asked.seats) if asked else ()
    together = not any(offsets) or len(offsets) != len(workers)
    return Placement(
        visit=visit, day=day, start=start, workers=workers, offsets=() if together else offsets
    )
