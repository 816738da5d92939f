"""Desks of drafts, kept warm: a draft's week compiled once, ready for questions about it.

A desk belongs to one version of a roster. It is made from the week as it stood then and kept for
a short while, since what stands around a draft (an absence, an agreement) changes without it.
Whoever acts on an answer is judged by fresh facts.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from time import monotonic
from typing import TypeVar

from scheduling.desk import Desk
from scheduling.errors import InvalidProblem
from scheduling.on_duty import staffing
from scheduling.part import plan_of
from scheduling.plan import Plan
from scheduling.problem import Problem
from service import clock
from service.database.unit_of_work import current_unit_of_work, unit_of_work
from service.errors import NotFound
from service.rounds import rows
from service.rounds.problem import build_problem, has_begun, placement
from service.rounds.rows import RosterRow
from service.rounds.week import WeekFacts, read_week
from service.teams.facts import TeamFacts

MOST_KEPT = 8
KEPT_SECONDS = 60.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDesk:
    """A draft on the desk: the roster as it was read, the week's facts, and the desk itself."""

    roster: RosterRow
    facts: WeekFacts
    desk: Desk
    made_at: float
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """Answer a question in a thread, one at a time: a desk has one scratch pad."""
        return await asyncio.to_thread(self._answer, question)

    def _answer(self, question: Callable[[Desk], T]) -> T:
        with self.lock:
            return question(self.desk)


Key = tuple[int, int, datetime]

_kept: OrderedDict[Key, DraftDesk] = OrderedDict()


async def desk_of(team: TeamFacts, week: date) -> DraftDesk:
    """The desk of a team's draft as it stands; some milliseconds where it is kept already.

    Pins of visits that contradict each other are let go: a question is still answered. Raises
    `NotFound` before the first draft, `NothingToPlan` for a team that cannot be planned.
    """
    roster = await rows.roster_of(team.id, week)
    if roster is None:
        raise NotFound
    key = _key(roster)
    found = _kept.get(key)
    if found is not None and monotonic() - found.made_at < KEPT_SECONDS:
        _kept.move_to_end(key)
        return found
    made = await _made(team, week)
    _kept[_key(made.roster)] = made
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def _key(roster: RosterRow) -> Key:
    return roster.id, roster.version, roster.updated_at


async def _made(team: TeamFacts, week: date) -> DraftDesk:
    """Read the week at one instant, and compile it."""
    if current_unit_of_work() is not None:
        roster, facts = await _read(team, week)
    else:
        async with unit_of_work(isolation="repeatable_read"):
            roster, facts = await _read(team, week)
    desk = await asyncio.to_thread(_compiled, facts)
    return DraftDesk(roster=roster, facts=facts, desk=desk, made_at=monotonic())


async def _read(team: TeamFacts, week: date) -> tuple[RosterRow, WeekFacts]:
    roster = await rows.roster_of(team.id, week)
    if roster is None:
        raise NotFound
    return roster, await read_week(team, week, now=clock.now())


def _compiled(facts: WeekFacts) -> Desk:
    problem = drafted_problem(facts)
    plan = drafted_plan(facts, problem)
    try:
        return Desk(problem, plan)
    except InvalidProblem:
        begun = {row.need for row in facts.draft if has_begun(row, facts)}
        return Desk(
            replace(problem, pins=tuple(pin for pin in problem.pins if pin.visit in begun)), plan
        )


def drafted_problem(facts: WeekFacts) -> Problem:
    """The week's problem with placed visits as long as they were drafted."""
    problem = build_problem(facts)
    drafted = {row.need: row.minutes for row in facts.draft if row.placed}
    visits = tuple(
        replace(visit, minutes=drafted.get(visit.code, visit.minutes)) for visit in problem.visits
    )
    return replace(problem, visits=visits)


def drafted_plan(facts: WeekFacts, problem: Problem) -> Plan:
    """The draft as a bare plan: duties with who has them, what waits without a reason."""
    known = {visit.code for visit in problem.visits}
    placed = {
        row.need: placement(row, facts) for row in facts.draft if row.placed and row.need in known
    }
    return replace(plan_of(placed, known), duties=staffing(problem))
