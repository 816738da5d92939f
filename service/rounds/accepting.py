"""Accepts a proposal, whole or change by change; what was accepted must pass the judge.

What the accepted part breaks that was not broken before undoes it: `SubsetUnsafe` says what, and
which other changes belong to it.
"""

from collections.abc import Collection
from datetime import date, datetime

from service import clock
from service.database.sql import execute
from service.database.unit_of_work import UnitOfWork
from service.errors import NotFound, Stale
from service.rounds import rows
from service.rounds.draft import write_plan
from service.rounds.errors import PlanRunOver, SubsetUnsafe
from service.rounds.judging import draft_breaches
from service.rounds.proposals import OpenRun, Proposal, open_run, proposal_of
from service.rounds.run_types import RepairChange
from service.rounds.types import DraftBreach
from service.rounds.week import read_week
from service.teams.facts import TeamFacts

SUMS = frozenset({"visiting", "limit", "reserve", "distinct"})
"""Rules about many visits together."""

Key = tuple[str, frozenset[int], frozenset[str], date | None]


class _Undone(Exception):
    """Rolls an attempt back; `breaches`: why, none for one that was only a trial."""

    def __init__(self, breaches: tuple[DraftBreach, ...] = ()) -> None:
        super().__init__()
        self.breaches = breaches


async def accept_changes(
    uow: UnitOfWork,
    team: TeamFacts,
    run: int,
    *,
    by: int | None,
    expected_version: int,
    needs: Collection[str] | None = None,
    duties: bool = True,
) -> int:
    """Write the changes of these needs (all for None) into the draft; returns its new version.

    Once nothing is left to decide the run counts as applied. Raises `PlanRunOver` where there is
    no plan to decide on, `Stale` for a draft that is not the one that was seen.
    """
    found = await open_run(run, lock=True)
    if found is None:
        raise PlanRunOver(run=run, state="decided on, or without a plan")
    roster = await rows.roster_of(found.team, found.week, lock=True)
    if roster is None:
        raise NotFound
    if roster.version != expected_version:
        raise Stale
    taking = _Taking(uow, team, found, await proposal_of(found), by=by, now=clock.now())
    chosen = taking.proposal.needs if needs is None else taking.proposal.needs & set(needs)
    try:
        async with uow.savepoint():
            version = await taking.judged(chosen, duties=duties)
    except _Undone as undone:
        besides = await taking.completed(chosen, undone.breaches)
        raise SubsetUnsafe(undone.breaches, besides) from None
    rest = await proposal_of(found)
    if not rest.changes and not rest.duties:
        await execute(
            "update plan_runs set applied_at = $2, applied_version = $3 where id = $1",
            run,
            clock.now(),
            version,
        )
    return version


class _Taking:
    """One attempt after the other to take some of a proposal's changes."""

    def __init__(
        self,
        uow: UnitOfWork,
        team: TeamFacts,
        run: OpenRun,
        proposal: Proposal,
        *,
        by: int | None,
        now: datetime,
    ) -> None:
        self.uow, self.team, self.run, self.proposal = uow, team, run, proposal
        self.by, self.now = by, now
        self.before: set[Key] | None = None

    async def judged(self, chosen: frozenset[str], *, duties: bool) -> int:
        """Write and judge; raises what is newly broken, for the caller to roll back."""
        if self.before is None:
            self.before = {_key(one) for one in await self._breaches()}
        whole = chosen == self.proposal.needs
        version = await write_plan(
            self.proposal.roster,
            problem=self.proposal.problem,
            plan=self.proposal.plan,
            run=self.run.id,
            by=self.by,
            now=self.now,
            only=await self._rest() if whole else chosen,
            duties=duties,
            scoped=self.run.scoped,
        )
        new = tuple(one for one in await self._breaches() if _key(one) not in self.before)
        if new:
            raise _Undone(new)
        return version

    async def completed(
        self, chosen: frozenset[str], breaches: tuple[DraftBreach, ...]
    ) -> tuple[str, ...]:
        """What must be taken along so that nothing breaks; empty where that does not help."""
        along = chosen
        for _ in range(3):
            more = {
                change.visit
                for change in self.proposal.changes
                if change.visit not in along and any(_concerns(change, one) for one in breaches)
            }
            if not more:
                return ()
            along |= more
            breaches = await self._trial(along)
            if not breaches:
                return tuple(sorted(along - chosen))
        return ()

    async def _trial(self, chosen: frozenset[str]) -> tuple[DraftBreach, ...]:
        """What these changes would break; nothing stays of the attempt."""

        async def tried() -> None:
            await self.judged(chosen, duties=True)
            raise _Undone

        try:
            async with self.uow.savepoint():
                await tried()
        except _Undone as undone:
            return undone.breaches
        return ()

    async def _rest(self) -> frozenset[str] | None:
        """Everything but what people decided themselves."""
        if not self.proposal.left_alone:
            return None
        draft = await rows.draft_visits(self.proposal.roster.id)
        asked = {visit.code for visit in self.proposal.problem.visits}
        return frozenset(asked | {row.need for row in draft}) - self.proposal.left_alone

    async def _breaches(self) -> tuple[DraftBreach, ...]:
        return draft_breaches(await read_week(self.team, self.run.week, now=self.now))


def _key(breach: DraftBreach) -> Key:
    """A breach whatever its numbers: one that gets better is not a new one."""
    visits = () if breach.rule in SUMS else breach.visits
    return breach.rule, frozenset(visits), frozenset(breach.workers), breach.day


def _concerns(change: RepairChange, breach: DraftBreach) -> bool:
    """Whether a change touches a worker or a tenant that a breach names."""
    sides = [side for side in (change.before, change.after) if side is not None]
    workers = {code for side in sides for code in side.workers}
    return bool(workers & set(breach.workers)) or change.tenant in breach.tenants
