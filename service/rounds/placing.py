"""Puts visits of a draft by hand: pinned where they come, the others of the day make room."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling.desk import Answer, Desk, placement_at
from scheduling.errors import InvalidProblem
from scheduling.problem import Placement
from scheduling.weeks import DAY_MINUTES, to_instant
from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_value
from service.errors import Forbidden, Invalid
from service.rounds.desks import drafted_plan, drafted_problem
from service.rounds.draft import set_workers
from service.rounds.errors import MoveRefused
from service.rounds.judging import draft_breaches
from service.rounds.moving import MoveDesk
from service.rounds.rows import DraftVisit
from service.rounds.states import VisitState
from service.rounds.stepping import ASK_THE_LEAD, AtHand, Outcome
from service.rounds.types import Slid
from service.rounds.week import WeekFacts, read_week
from service.teams.facts import TeamFacts
from service.web.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A visit and where it shall stand: a day index, minutes (None: the best), a whole crew."""

    row: DraftVisit
    day: int
    start: int | None
    workers: tuple[str, ...]


async def place_by_hand(hand: AtHand, *puts: Put, strict: bool) -> Outcome:
    """Place visits, all at once, and pin them; unpinned visits of their rounds make room.

    With `strict`, and for whoever does not lead the team, what breaks a hard rule is refused:
    `MoveRefused`. Else what it newly breaks is returned: publishing refuses it. Raises `Invalid`
    for what makes no sense at all.
    """
    strict = strict or not hand.leads
    for put in puts:
        _refuse_bad_slot(put, hand.team)
    facts = await read_week(hand.team, hand.roster.week, now=clock.now())
    team = {week.worker.code: week.worker.id for week in facts.workers}
    for put in puts:
        _refuse_bad_crew(put, team)
    if not hand.leads:
        await _refuse_others_rounds(hand.viewer, puts)
    price = await asyncio.to_thread(_priced, facts, puts)
    breaks = price[1].breaks if price else ()
    if strict and breaks:
        raise MoveRefused(
            breaks=breaks,
            week=hand.roster.week,
            tenants={visit.need: visit.tenant_code for visit in facts.draft},
        )
    moved = _moved(puts, price[0] if price else None, facts)
    slid = _slid(price[1] if price else None, facts)
    later = {row.id: row for row in (*slid, *moved)}
    after = replace(facts, draft=tuple(later.get(row.id, row) for row in facts.draft))
    known = {(one.rule, one.detail) for one in draft_breaches(facts)}
    new = tuple(one for one in draft_breaches(after) if (one.rule, one.detail) not in known)
    if strict and new and price is None:
        raise MoveRefused(drafted=new, week=hand.roster.week)
    for row in moved:
        await _write(row, hand.viewer, [team[code] for code in row.workers])
    for row in slid:
        await _write(row, hand.viewer)
    return Outcome(breaches=new, slid=_told(slid, facts))


def _priced(facts: WeekFacts, puts: Sequence[Put]) -> tuple[dict[str, Placement], Answer] | None:
    """Where each visit comes and what that does, by fresh facts; None where pins contradict."""
    problem = drafted_problem(facts)
    mine = {put.row.need for put in puts}
    loose = replace(problem, pins=tuple(pin for pin in problem.pins if pin.visit not in mine))
    try:
        desk = Desk(loose, drafted_plan(facts, problem))
    except InvalidProblem:
        return None
    if len(puts) == 1:
        (put,) = puts
        found = MoveDesk(desk, put.row.need).price(
            day=put.day, start=put.start, workers=put.workers
        )
        return {put.row.need: found.placement}, found.answer
    places = [
        placement_at(desk, put.row.need, day=put.day, start=put.start or 0, workers=put.workers)
        for put in puts
    ]
    return {place.visit: place for place in places}, desk.price(*places)


def _moved(
    puts: Sequence[Put], places: Mapping[str, Placement] | None, facts: WeekFacts
) -> tuple[DraftVisit, ...]:
    """The visits as they will stand."""
    found = []
    for put in puts:
        place = places[put.row.need] if places else None
        start = put.start if place is None else place.start
        starts = to_instant(facts.monday, day=put.day, minute=start or 0)
        crew = place.workers if place else put.workers
        row = replace(put.row, state=VisitState.PLACED, workers=crew, pinned=True)
        found.append(_at(row, starts))
    return tuple(found)


def _slid(answer: Answer | None, facts: WeekFacts) -> tuple[DraftVisit, ...]:
    """The other visits at their new times."""
    shifts = {shift.visit: shift for shift in answer.shifts} if answer else {}
    return tuple(
        _at(row, to_instant(facts.monday, day=shift.day, minute=shift.after))
        for row in facts.draft
        if (shift := shifts.get(row.need)) is not None
    )


def _at(row: DraftVisit, starts: datetime) -> DraftVisit:
    return replace(row, starts_at=starts, ends_at=starts + timedelta(minutes=row.minutes))


async def _write(row: DraftVisit, viewer: Viewer, workers: Sequence[int] | None = None) -> None:
    """Write where a visit stands, and who goes where that is given."""
    await execute(
        "update visits set updated_at = $2, updated_by = $3, state = 'placed', starts_at = $4,"
        " ends_at = $5, pinned = $6, reasons = '[]' where id = $1",
        row.id,
        clock.now(),
        viewer.account,
        row.starts_at,
        row.ends_at,
        row.pinned,
    )
    if workers is not None:
        await set_workers(row.id, workers)
        # What is asked may have changed since the draft was made: a flag for two, lifted or raised.
        await execute("update visits set workers_needed = $2 where id = $1", row.id, len(workers))


def _told(slid: Sequence[DraftVisit], facts: WeekFacts) -> tuple[Slid, ...]:
    before = {row.id: row.starts_at for row in facts.draft}
    return tuple(
        Slid(tenant=row.tenant_code, before=was, after=row.starts_at)
        for row in slid
        if (was := before[row.id]) is not None and row.starts_at is not None
    )


async def _refuse_others_rounds(viewer: Viewer, puts: Sequence[Put]) -> None:
    """Whoever plans their own gives visits to nobody but themselves."""
    own = await fetch_value("select code from workers where id = $1", viewer.worker)
    if any(not set(put.workers) <= {*put.row.workers, own} for put in puts):
        raise Forbidden(N_("You can only take visits yourself."), advice=ASK_THE_LEAD)


def _refuse_bad_slot(put: Put, team: TeamFacts) -> None:
    if not 0 <= put.day < 7:
        raise Invalid({"day": "a day of the roster's week"})
    if put.start is None:
        return
    if put.start % team.policy.grid or not 0 <= put.start <= DAY_MINUTES - put.row.minutes:
        raise Invalid({"start": f"a time of that day on the grid of {team.policy.grid} minutes"})


def _refuse_bad_crew(put: Put, team: Mapping[str, int]) -> None:
    """`Invalid` unless workers of the team fill the visit's seats."""
    crew, seats = set(put.workers), put.row.workers_needed
    if len(crew) != len(put.workers) or len(crew) != seats or not crew <= team.keys():
        raise Invalid({"workers": f"{seats} different workers of the team in that week"})
