"""What a move of a drafted visit would do, asked by whoever may make it."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling.desk import Desk
from scheduling.rules.base import Sentence
from scheduling.weeks import to_instant
from scheduling.why_here import why_here
from service.access.policy import Viewer, may_change_visit, may_plan, may_see_roster
from service.database.sql import fetch_value
from service.errors import Forbidden, Invalid, NotFound
from service.rounds.desks import DraftDesk, desk_of
from service.rounds.moving import MoveDesk, MovePrice, replaced
from service.rounds.rows import DraftVisit
from service.rounds.rule_words import rule_in_words
from service.rounds.stepping import ASK_THE_LEAD, NOT_THEIRS, visit_facts
from service.rounds.types import Slid
from service.rounds.words import cost_rule
from service.teams.queries import team_by_code
from service.web.i18n import gettext

MOST_KEPT = 12

Key = tuple[int, int, datetime, float, str]
_kept: OrderedDict[Key, MoveDesk] = OrderedDict()


class Verdict(StrEnum):
    """What can be said of a move in one word."""

    FREE = "free"
    COSTS = "costs"
    REFUSED = "refused"
    HERE = "here"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAsked:
    """A move to be priced: `start` None for the best time; `gone` gives the seat to `comes`.

    `workers` are the crew in seat order; None takes the visit's own with `comes` in it. `fresh`:
    asked by somebody who has just opened the board, perhaps to see what they changed elsewhere.
    """

    day: date
    start: int | None = None
    workers: tuple[str, ...] | None = None
    gone: str | None = None
    comes: str | None = None
    version: int | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedMove:
    """The answer, in the reader's language. `lines`: what it breaks, or costs by rule."""

    verdict: Verdict
    version: int
    cost: int = 0
    starts_at: datetime | None = None
    workers: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    slid: tuple[Slid, ...] = ()


async def price_move(
    viewer: Viewer, *, team: str, week: date, visit: int, asked: MoveAsked
) -> PricedMove:
    """Price one move; some milliseconds while the draft's desk is kept.

    Raises `NotFound` for a stranger, `Forbidden` for who may not make the move, `Invalid` for a
    day outside the week or a worker outside the team. A draft that changed since
    `asked.version` is `STALE`.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    draft = await desk_of(found, week, fresh=asked.fresh)
    row = next((one for one in draft.facts.draft if one.id == visit), None)
    if row is None:
        raise NotFound
    leads = may_plan(viewer, found.id)
    if not leads and not may_change_visit(viewer, await visit_facts(row, draft.roster, found)):
        raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
    if asked.version is not None and asked.version != draft.roster.version:
        return PricedMove(verdict=Verdict.STALE, version=draft.roster.version)
    day = (asked.day - week).days
    if not 0 <= day < 7:
        raise Invalid({"day": "a day of the roster's week"})
    crew = _crew(row, asked)
    if not set(crew) <= {*row.workers, *(one.worker.code for one in draft.facts.workers)}:
        raise Invalid({"workers": "workers of the team in that week"})
    price = await draft.ask(lambda desk: _priced(draft, desk, row.need, day, asked.start, crew))
    if not leads and not await _takes_only_own(viewer, row, price.placement.workers):
        return PricedMove(
            verdict=Verdict.REFUSED,
            version=draft.roster.version,
            lines=(gettext("You can only take visits yourself."),),
        )
    return _answer(price, draft)


async def other_places(
    viewer: Viewer, *, team: str, week: date, visit: int
) -> tuple[PricedMove, ...]:
    """Who else could go, on which other days and at which other time: the cheapest of each.

    Only what breaks no hard rule, and what the viewer may do. Raises as `price_move` does.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    draft = await desk_of(found, week)
    row = next((one for one in draft.facts.draft if one.id == visit), None)
    if row is None:
        raise NotFound
    leads = may_plan(viewer, found.id)
    if not leads and not may_change_visit(viewer, await visit_facts(row, draft.roster, found)):
        raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)

    def ask(desk: Desk) -> list[MovePrice]:
        mine = _desk(draft, desk, row.need)
        if row.need not in mine.desk.placements:
            return []
        return [mine.told(one.placement, one.answer) for one in why_here(mine.desk, row.need)]

    priced = [_answer(one, draft) for one in await draft.ask(ask)]
    if leads:
        return tuple(priced)
    return tuple([one for one in priced if await _takes_only_own(viewer, row, one.workers)])


def _crew(row: DraftVisit, asked: MoveAsked) -> tuple[str, ...]:
    if asked.workers:
        return asked.workers
    if asked.comes is None:
        return row.workers
    return replaced(row.workers, gone=asked.gone, comes=asked.comes)


async def _takes_only_own(viewer: Viewer, row: DraftVisit, crew: tuple[str, ...]) -> bool:
    own = await fetch_value("select code from workers where id = $1", viewer.worker)
    return set(crew) <= {*row.workers, own}


def _priced(
    draft: DraftDesk, desk: Desk, need: str, day: int, start: int | None, crew: tuple[str, ...]
) -> MovePrice:
    """Ask the kept desk of this visit, under the draft's lock."""
    return _desk(draft, desk, need).price(day=day, start=start, workers=crew)


def _desk(draft: DraftDesk, desk: Desk, need: str) -> MoveDesk:
    """The kept desk of a visit; made where it is not kept."""
    roster = draft.roster
    key = roster.id, roster.version, roster.updated_at, draft.read_at, need
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = MoveDesk(desk, need)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _answer(price: MovePrice, draft: DraftDesk) -> PricedMove:
    facts, placement = draft.facts, price.placement
    rows = {one.need: one for one in facts.draft}
    slid = tuple(
        Slid(
            tenant=rows[shift.visit].tenant_code,
            before=to_instant(facts.monday, day=shift.day, minute=shift.before),
            after=to_instant(facts.monday, day=shift.day, minute=shift.after),
        )
        for shift in price.answer.shifts
        if shift.visit in rows
    )
    return PricedMove(
        verdict=_verdict(price),
        version=draft.roster.version,
        cost=price.answer.cost,
        starts_at=to_instant(facts.monday, day=placement.day, minute=placement.start),
        workers=placement.workers,
        lines=_lines(price, draft),
        slid=slid,
    )


def _verdict(price: MovePrice) -> Verdict:
    if price.here:
        return Verdict.HERE
    if price.breaks:
        return Verdict.REFUSED
    return Verdict.COSTS if price.answer.cost > 0 else Verdict.FREE


def _lines(price: MovePrice, draft: DraftDesk) -> tuple[str, ...]:
    """The sentences of what it breaks; else of what it costs, with the points."""
    facts = draft.facts
    tenants = {one.need: one.tenant_code for one in facts.draft}
    workers = {week.worker.code: week.worker.first_name for week in facts.workers}

    def said(sentence: Sentence) -> str:
        return rule_in_words(sentence, week=facts.monday, tenants=tenants, workers=workers)

    if price.breaks:
        return tuple(dict.fromkeys(said(breach.sentence) for breach in price.breaks))
    return tuple(
        f"+{one.points} {cost_rule(one.rule)}" + (f": {said(one.sentence)}" if one.sentence else "")
        for one in price.reasons
    )
