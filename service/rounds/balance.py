"""A draft's balance: who waits how long, who works how much of what is fair, what is kept free.

Read when somebody opens the details: a board is shown without it.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduling.engine.compile import compile_problem
from scheduling.errors import InvalidProblem
from scheduling.instances import load_problem
from service.access.policy import Viewer, may_see_roster
from service.database.sql import fetch_value
from service.errors import NotFound
from service.rounds import rows
from service.rounds.board_duties import board_duties
from service.rounds.capacity import DayReserve, reserves_of
from service.rounds.fairness import carried_minutes, caseload_of
from service.rounds.rows import DraftVisit, Elsewhere
from service.rounds.run_views import latest_run
from service.rounds.states import VisitState
from service.rounds.travelling import read_travel
from service.rounds.types import Caseload
from service.teams.facts import TeamFacts, WorkerFacts
from service.teams.queries import team_by_code, workers_in_week

STEPS = (0, 7, 14)
"""Days overdue up to which visits are counted together; the last count has all above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerBalance:
    """A worker's visiting minutes in the draft against the share meant for them.

    `elsewhere`: the part of them for other teams. `comes_along`: fills no seat of a visit, has no
    share. `carried`: minutes that earlier weeks left, positive for who did more than a fair share.
    `tenants`: how many they are the primary worker of; `most`: how many they can care for.
    """

    worker: str
    first_name: str
    visiting: int
    elsewhere: int
    share: int
    carried: int
    tenants: int
    most: int
    comes_along: bool

    @property
    def over(self) -> int:
        """Minutes above the share, with what is carried over; negative below it."""
        return self.visiting + self.carried - self.share


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundGap:
    """What is proved of the newest plan: no plan costs less than `bound`.

    `constant`: what every plan costs, for visits that nobody could be given; both gaps are parts
    of a hundred, `above` of what a plan can do anything about.
    """

    cost: int
    bound: int
    constant: int

    @property
    def whole(self) -> float:
        """The gap in percent of the plan's cost."""
        return 100 * (self.cost - self.bound) / self.cost if self.cost else 0.0

    @property
    def above(self) -> float:
        """The gap in percent of the cost above the constant."""
        rest = self.cost - self.constant
        return 100 * (self.cost - self.bound) / rest if rest > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """All of it. `waiting`: numbers of visits by `STEPS`, the last above all of them."""

    waiting: tuple[int, ...]
    workers: tuple[WorkerBalance, ...]
    reserves: tuple[tuple[date, DayReserve], ...]
    caseload: Caseload
    gap: BoundGap | None


async def balance_of(viewer: Viewer, *, team: str, week: date) -> Balance:
    """The balance of a team's draft; `NotFound` for a team whose roster the viewer may not see."""
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    workers = await workers_in_week(found, week)
    roster = await rows.roster_of(found.id, week)
    draft = await rows.draft_visits(roster.id) if roster else ()
    travel = await read_travel(roster.id if roster else None, found.base)
    duties = await board_duties(found, week)
    caseload = await caseload_of(found, week, workers)
    carried = await carried_minutes(found, week)
    elsewhere = await rows.taken_elsewhere(
        [one.worker.code for one in workers], week=week, team=found.id
    )
    return Balance(
        waiting=_waiting(draft),
        workers=tuple(
            _worker(
                one.worker,
                draft,
                share=one.share_minutes,
                carried=carried.get(one.worker.code, 0),
                elsewhere=elsewhere.get(one.worker.code, ()),
                tenants=caseload.tenants.get(one.worker.code, 0),
                most=caseload.most,
            )
            for one in workers
        ),
        reserves=tuple(
            (week + timedelta(days=one.day), one)
            for one in reserves_of(found, workers, draft, travel=travel, duties=duties)
            if one.asked
        ),
        caseload=caseload,
        gap=await _gap(found, week),
    )


def _waiting(draft: Iterable[DraftVisit]) -> tuple[int, ...]:
    days = [row.overdue_days for row in draft if row.state is VisitState.WAITING]
    counts = [0] * (len(STEPS) + 1)
    for day in days:
        counts[next((i for i, step in enumerate(STEPS) if day <= step), len(STEPS))] += 1
    return tuple(counts)


def _worker(
    worker: WorkerFacts,
    draft: Sequence[DraftVisit],
    *,
    share: int,
    carried: int,
    elsewhere: Iterable[Elsewhere],
    tenants: int,
    most: int,
) -> WorkerBalance:
    taken = sum((time.ends_at - time.starts_at) // timedelta(minutes=1) for time in elsewhere)
    mine = sum(row.minutes for row in draft if row.placed and worker.code in row.workers)
    return WorkerBalance(
        worker=worker.code,
        first_name=worker.first_name,
        visiting=mine + taken,
        elsewhere=taken,
        share=share,
        carried=carried,
        tenants=tenants,
        most=most * worker.contract_percent // 100,
        comes_along=worker.comes_along,
    )


async def _gap(team: TeamFacts, week: date) -> BoundGap | None:
    run = await latest_run(team.id, week)
    if run is None or run.bound is None or run.cost is None:
        return None
    constant = await fetch_value(
        "select (plan::jsonb ->> 'alone')::int from plan_runs where id = $1", run.id
    )
    if constant is None:  # a plan from before plans said so
        problem = await fetch_value("select problem from plan_runs where id = $1", run.id)
        constant = await asyncio.to_thread(_constant, problem) if problem else 0
    return BoundGap(cost=run.cost, bound=run.bound, constant=constant)


def _constant(problem: str) -> int:
    from scheduling.engine.proof import alone  # brings OR-Tools

    try:
        return alone(compile_problem(load_problem(problem)))
    except InvalidProblem:
        return 0
