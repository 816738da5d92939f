"""Puts a visit of a draft by hand: pinned where it comes, the others of the day make room."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.desk import Desk
from scheduling.errors import InvalidProblem
from scheduling.weeks import DAY_MINUTES, to_instant
from service import clock
from service.database.sql import execute, fetch_all
from service.errors import Forbidden, Invalid
from service.rounds.desks import drafted_plan, drafted_problem
from service.rounds.draft import set_workers
from service.rounds.errors import MoveRefused
from service.rounds.judging import draft_breaches
from service.rounds.moving import MoveDesk, MovePrice
from service.rounds.rows import DraftVisit
from service.rounds.states import VisitState
from service.rounds.stepping import ASK_THE_LEAD, AtHand, Outcome
from service.rounds.types import Slid
from service.rounds.week import WeekFacts, read_week
from service.teams.facts import TeamFacts
from service.web.i18n import N_


async def place_by_hand(
    hand: AtHand, *, day: date, start: int, workers: tuple[str, ...], strict: bool
) -> Outcome:
    """Place a visit and pin it; unpinned visits of its rounds slide as far as it takes.

    With `strict`, and for whoever does not lead the team, a move that breaks a hard rule is
    refused: `MoveRefused`. Else what it newly breaks is returned: publishing refuses it.
    Raises `Invalid` for what makes no sense at all.
    """
    offset = (day - hand.roster.week).days
    _refuse_bad_slot(offset, start, hand.row, hand.team)
    facts = await read_week(hand.team, hand.roster.week, now=clock.now())
    if not set(workers) <= {week.worker.code for week in facts.workers}:
        raise Invalid({"workers": "workers of the team in that week"})
    ids = await _worker_ids(workers, hand.row)
    if not hand.leads:
        await _refuse_others_rounds(hand, workers)
    price = await asyncio.to_thread(_priced, facts, hand.row.need, offset, start, workers)
    if price is not None and price.breaks and (strict or not hand.leads):
        raise MoveRefused(
            breaks=price.breaks,
            week=hand.roster.week,
            tenants={visit.need: visit.tenant_code for visit in facts.draft},
        )
    crew = price.placement.workers if price else workers
    starts = to_instant(hand.roster.week, day=offset, minute=start)
    moved = replace(
        hand.row,
        state=VisitState.PLACED,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=hand.row.minutes),
        workers=crew,
        pinned=True,
    )
    slid = _slid(price, facts)
    await _write(hand, moved, [ids[code] for code in crew], slid)
    later = {row.id: row for row in (*slid, moved)}
    after = replace(facts, draft=tuple(later.get(row.id, row) for row in facts.draft))
    known = {(one.rule, one.detail) for one in draft_breaches(facts)}
    new = tuple(one for one in draft_breaches(after) if (one.rule, one.detail) not in known)
    if new and price is None and (strict or not hand.leads):
        raise MoveRefused(drafted=new, week=hand.roster.week)
    return Outcome(breaches=new, slid=_told(slid, facts))


def _priced(
    facts: WeekFacts, need: str, day: int, start: int, workers: tuple[str, ...]
) -> MovePrice | None:
    """What the move does by fresh facts; None where pinned visits contradict each other."""
    problem = drafted_problem(facts)
    try:
        desk = Desk(problem, drafted_plan(facts, problem))
        return MoveDesk(desk, need).price(day=day, start=start, workers=workers)
    except InvalidProblem:
        return None


def _slid(price: MovePrice | None, facts: WeekFacts) -> tuple[DraftVisit, ...]:
    """The other visits at their new times."""
    shifts = {shift.visit: shift for shift in price.answer.shifts} if price else {}
    return tuple(
        _at(row, to_instant(facts.monday, day=shift.day, minute=shift.after))
        for row in facts.draft
        if (shift := shifts.get(row.need)) is not None
    )


def _at(row: DraftVisit, starts: datetime) -> DraftVisit:
    return replace(row, starts_at=starts, ends_at=starts + timedelta(minutes=row.minutes))


async def _write(
    hand: AtHand, moved: DraftVisit, workers: Sequence[int], slid: Sequence[DraftVisit]
) -> None:
    now = clock.now()
    await execute(
        "update visits set updated_at = $2, updated_by = $3, state = 'placed', starts_at = $4,"
        " ends_at = $5, pinned = true, reasons = '[]' where id = $1",
        moved.id,
        now,
        hand.viewer.account,
        moved.starts_at,
        moved.ends_at,
    )
    await set_workers(moved.id, workers)
    for row in slid:
        await execute(
            "update visits set updated_at = $2, updated_by = $3, starts_at = $4, ends_at = $5"
            " where id = $1",
            row.id,
            now,
            hand.viewer.account,
            row.starts_at,
            row.ends_at,
        )


def _told(slid: Sequence[DraftVisit], facts: WeekFacts) -> tuple[Slid, ...]:
    before = {row.id: row.starts_at for row in facts.draft}
    return tuple(
        Slid(tenant=row.tenant_code, before=was, after=row.starts_at)
        for row in slid
        if (was := before[row.id]) is not None and row.starts_at is not None
    )


async def _refuse_others_rounds(hand: AtHand, workers: tuple[str, ...]) -> None:
    """Whoever plans their own gives visits to nobody but themselves."""
    own = await fetch_all("select code from workers where id = $1", hand.viewer.worker)
    allowed = {*hand.row.workers, *(row["code"] for row in own)}
    if not set(workers) <= allowed:
        raise Forbidden(N_("You can only take visits yourself."), advice=ASK_THE_LEAD)


def _refuse_bad_slot(offset: int, start: int, row: DraftVisit, team: TeamFacts) -> None:
    if not 0 <= offset < 7:
        raise Invalid({"day": "a day of the roster's week"})
    if start % team.policy.grid or not 0 <= start <= DAY_MINUTES - row.minutes:
        raise Invalid({"start": f"a time of that day on the grid of {team.policy.grid} minutes"})


async def _worker_ids(codes: Sequence[str], row: DraftVisit) -> dict[str, int]:
    """The ids of a visit's workers by code; `Invalid` unless they fill its seats."""
    found = await fetch_all(
        "select id, code from workers where code = any($1::text[])", list(codes)
    )
    ids = {one["code"]: one["id"] for one in found}
    if len(ids) != len(codes) or len(codes) != row.workers_needed:
        raise Invalid({"workers": f"{row.workers_needed} different workers"})
    return ids
