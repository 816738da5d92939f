"""Desks of drafts, kept warm: a draft's week compiled once, ready for questions about it.

A desk belongs to one version of a roster. It is made from the week as it stood then and kept for
a short while, since what stands around a draft (an absence, an agreement) changes without it.
A step in a draft changes its visits alone: the next desk takes over what stands around them.
Whoever acts on an answer is judged by fresh facts.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
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
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.week import WeekFacts, read_week, redrafted
from service.teams.facts import TeamFacts

MOST_KEPT = 8
KEPT_SECONDS = 60.0
FRESH_SECONDS = 3.0
"""What somebody who has just opened the board may be answered with."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDesk:
    """A draft on the desk: the roster as it was read, the week's facts, and the desk itself.

    `read_at`: when what stands around the draft was read, on the monotonic clock.
    """

    roster: RosterRow
    facts: WeekFacts
    desk: Desk
    read_at: float
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """Answer a question in a thread, one at a time: a desk has one scratch pad."""
        return await asyncio.to_thread(self._answer, question)

    def _answer(self, question: Callable[[Desk], T]) -> T:
        with self.lock:
            return question(self.desk)


Key = tuple[int, int, datetime]

_kept: OrderedDict[Key, DraftDesk] = OrderedDict()
_coming: dict[tuple[Key, bool], asyncio.Task[DraftDesk]] = {}


async def desk_of(team: TeamFacts, week: date, *, fresh: bool = False) -> DraftDesk:
    """The desk of a team's draft as it stands; some milliseconds where it is kept already.

    `fresh`: what stands around the draft shall be as it is now. Pins of visits that contradict
    each other are let go: a question is still answered. Raises `NotFound` before the first draft,
    `NothingToPlan` for a team that cannot be planned.
    """
    roster = await rows.roster_of(team.id, week)
    if roster is None:
        raise NotFound
    key, oldest = _key(roster), monotonic() - (FRESH_SECONDS if fresh else KEPT_SECONDS)
    found = _kept.get(key)
    if found is not None and found.read_at >= oldest:
        _kept.move_to_end(key)
        return found
    if current_unit_of_work() is not None:
        return _keep(await _made(team, week, oldest))
    coming = _coming.get((key, fresh))
    if coming is None:
        # A task of its own, which goes on for others if whoever asked first goes away.
        coming = asyncio.create_task(_coming_desk(team, week, oldest), context=Context())
        coming.add_done_callback(partial(_came, (key, fresh)))
        _coming[key, fresh] = coming
    return await asyncio.shield(coming)


async def _coming_desk(team: TeamFacts, week: date, oldest: float) -> DraftDesk:
    async with unit_of_work(isolation="repeatable_read"):
        made = await _made(team, week, oldest)
    return _keep(made)


def _came(key: tuple[Key, bool], coming: asyncio.Task[DraftDesk]) -> None:
    """Forget a task that is over; whoever still waits for it is told how it went."""
    _coming.pop(key, None)
    if not coming.cancelled():
        coming.exception()


def forget_desks() -> None:
    """Let go of what is kept: for tests, whose rosters have the same numbers, and measurements."""
    _kept.clear()


def _key(roster: RosterRow) -> Key:
    return roster.id, roster.version, roster.updated_at


def _keep(made: DraftDesk) -> DraftDesk:
    _kept[_key(made.roster)] = made
    _kept.move_to_end(_key(made.roster))
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


async def _made(team: TeamFacts, week: date, oldest: float) -> DraftDesk:
    """Read the week at one instant, or its draft alone where the rest is known, and compile it."""
    roster = await rows.roster_of(team.id, week)
    if roster is None:
        raise NotFound
    read_at, facts = monotonic(), None
    before = _before(team, roster, oldest)
    if before is not None:
        draft = await rows.draft_visits(roster.id)
        if _of_whom(draft) == _of_whom(before.facts.draft):
            read_at, facts = before.read_at, redrafted(before.facts, draft)
    if facts is None:
        facts = await read_week(team, week, now=clock.now())
    desk = await asyncio.to_thread(_compiled, facts, before.desk if before else None)
    return DraftDesk(roster=roster, facts=facts, desk=desk, read_at=read_at)


def _before(team: TeamFacts, roster: RosterRow, oldest: float) -> DraftDesk | None:
    """The newest desk of another version of the draft that is published as it was then."""
    for found in reversed(_kept.values()):
        same = found.roster.id == roster.id and found.roster.revision == roster.revision
        if same and found.facts.team == team and found.read_at >= oldest:
            return found
    return None


def _of_whom(draft: tuple[DraftVisit, ...]) -> set[tuple[object, ...]]:
    """What no step of a person changes in the visits of a draft."""
    return {(row.uid, row.need, row.place, row.series, row.appointment) for row in draft}


def _compiled(facts: WeekFacts, like: Desk | None) -> Desk:
    problem = drafted_problem(facts)
    plan = drafted_plan(facts, problem)
    try:
        return Desk(problem, plan, like=like)
    except InvalidProblem:
        begun = {row.need for row in facts.draft if has_begun(row, facts)}
        pins = tuple(pin for pin in problem.pins if pin.visit in begun)
        return Desk(replace(problem, pins=pins), plan, like=like)


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
