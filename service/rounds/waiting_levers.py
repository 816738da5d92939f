"""What would give a waiting visit a place: levers of the draft as it stands, each with its price.

Only what people may decide is offered. Nobody who is excluded, of the wrong gender or without a
colleague where safety asks for two; no other day for medication; no hour that an institution does
not allow; no promised visit gives way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling.asking import Asker
from scheduling.desk import Answer, Desk
from scheduling.giving_way import GivesWay, gives_way
from scheduling.levers import Lever, levers
from scheduling.problem import Placement
from scheduling.relaxing import Relaxed
from scheduling.weeks import to_instant
from service.access.policy import Viewer, may_plan, may_see_roster
from service.errors import Forbidden, NotFound
from service.rounds.desks import DraftDesk, desk_of
from service.rounds.needs import Need
from service.rounds.rows import DraftVisit
from service.rounds.states import VisitKind, VisitState
from service.rounds.week import WeekFacts
from service.teams.queries import team_by_code

MOST_OFFERED = 4
MOST_HINTS = 2


class LeverKind(StrEnum):
    """What is bent for a visit: the planner's words for what people may decide, and giving way."""

    NOTHING = "nothing"
    WINDOW = "window"
    DAY = "day"
    FEWER = "fewer"
    WAY = "way"
    OVERTIME = "overtime"
    LIMIT = "limit"
    HOURS = "hours"
    SPACING = "spacing"
    RESERVE = "reserve"
    ROLE = "role"
    RESOURCE = "resource"


TAKEN_AT_ONCE = frozenset(
    {LeverKind.NOTHING, LeverKind.WINDOW, LeverKind.DAY, LeverKind.FEWER, LeverKind.WAY}
)
"""One click does it. The others are decided elsewhere: hours, limits, an agreement."""
_NEVER_FOR_CARE = frozenset({Relaxed.WINDOW, Relaxed.DAY, Relaxed.SPACING, Relaxed.ROLE})
_CARE = frozenset({VisitKind.MEDICATION, VisitKind.DEPOT})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLever:
    """A lever: where the visit would go, and its `price` in points beside having it placed.

    `key` names it in a form. `gives_way`: the tenant (a code) whose visit leaves its place, for
    `elsewhere` or to wait. `slides`: how many other visits begin at another time. `minutes`: of
    overtime.
    """

    key: str
    kind: LeverKind
    starts_at: datetime
    workers: tuple[str, ...]
    price: int
    slides: int = 0
    minutes: int = 0
    gives_way: str | None = None
    elsewhere: datetime | None = None
    elsewhere_workers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeversOf:
    """What helps one waiting visit: `offered` by a click, cheapest first; `hints` for elsewhere."""

    visit: int
    tenant: str
    version: int
    offered: tuple[OfferedLever, ...]
    hints: tuple[OfferedLever, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLever:
    """A lever and what the planner says of it; `other`: the row of the visit that gives way."""

    shown: OfferedLever
    placement: Placement
    other: DraftVisit | None = None
    elsewhere: Placement | None = None


async def waiting_levers(viewer: Viewer, *, team: str, week: date, visit: int) -> LeversOf:
    """The levers of a waiting visit of a team that the viewer plans; some milliseconds.

    Raises `NotFound` for a visit that does not wait in that week.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden
    draft = await desk_of(found, week)
    row = _waiting(draft.facts, visit)
    levers_ = await draft.ask(lambda desk: find_levers(draft.facts, desk, row))
    return LeversOf(
        visit=visit,
        tenant=row.tenant_code,
        version=draft.roster.version,
        offered=_best(levers_, TAKEN_AT_ONCE, MOST_OFFERED),
        hints=_best(levers_, frozenset(LeverKind) - TAKEN_AT_ONCE, MOST_HINTS),
    )


async def lever_by_key(draft: DraftDesk, row: DraftVisit, key: str) -> FoundLever | None:
    """A lever that is taken at once, as it is now; None where it is not there any more."""
    levers_ = await draft.ask(lambda desk: find_levers(draft.facts, desk, row))
    for one in levers_:
        if one.shown.key == key and one.shown.kind in TAKEN_AT_ONCE:
            return one
    return None


def find_levers(facts: WeekFacts, desk: Desk, row: DraftVisit) -> tuple[FoundLever, ...]:
    """Every lever that may be offered for a visit of the draft, cheapest first."""
    if row.need not in desk.visits or row.need in desk.placements:
        return ()
    need = next((one for one in facts.needs if one.key == row.need), None)
    if need is None:
        return ()
    asker = Asker(desk.draft)
    found = [*_relaxed(facts, desk, row, need, asker), *_giving_way(facts, desk, row, asker)]
    return tuple(sorted(found, key=lambda one: (one.shown.price, one.shown.key)))


def _relaxed(
    facts: WeekFacts, desk: Desk, row: DraftVisit, need: Need, asker: Asker
) -> Iterator[FoundLever]:
    kinds = set(LeverKind)
    for lever in levers(desk, row.need, asker):
        if lever.relaxed.value in kinds and may_be_offered(lever.relaxed, need, facts):
            yield FoundLever(shown=_shown(facts, lever), placement=lever.placement)


def may_be_offered(relaxed: Relaxed, need: Need, facts: WeekFacts) -> bool:
    """Whether a person may decide to bend this rule for this visit."""
    if need.kind in _CARE and relaxed in _NEVER_FOR_CARE:
        return False
    if relaxed in (Relaxed.WINDOW, Relaxed.DAY):
        return need.fixed is None and not _institution_hours(need, facts)
    return relaxed is not Relaxed.FEWER or need.one_may_go


def _institution_hours(need: Need, facts: WeekFacts) -> bool:
    """Whether the hours are those of a place where others say who comes when."""
    tenant = next(one for one in facts.tenants if one.id == need.tenant)
    return any(stay.place == need.place and stay.windows for stay in tenant.stays)


def _giving_way(
    facts: WeekFacts, desk: Desk, row: DraftVisit, asker: Asker
) -> Iterator[FoundLever]:
    """Visits that are less due and were promised to nobody, each alone."""
    rows = {one.need: one for one in facts.draft}
    for way in gives_way(desk, row.need, asker):
        other = rows.get(way.visit)
        if other is None or other.promised or other.pinned or other.kind in _CARE:
            continue
        if other.overdue_days > row.overdue_days or other.tenant == row.tenant:
            continue
        shown = _shown_way(facts, way, other)
        yield FoundLever(shown=shown, placement=way.placement, other=other, elsewhere=way.elsewhere)


def _shown(facts: WeekFacts, lever: Lever) -> OfferedLever:
    place = lever.placement
    return OfferedLever(
        key=lever.relaxed.value,
        kind=LeverKind(lever.relaxed.value),
        starts_at=to_instant(facts.monday, day=place.day, minute=place.start),
        workers=place.workers,
        price=_price(lever.answer),
        slides=len(lever.answer.shifts),
        minutes=lever.minutes,
    )


def _shown_way(facts: WeekFacts, way: GivesWay, other: DraftVisit) -> OfferedLever:
    place, away = way.placement, way.elsewhere
    return OfferedLever(
        key=f"way.{other.id}",
        kind=LeverKind.WAY,
        starts_at=to_instant(facts.monday, day=place.day, minute=place.start),
        workers=place.workers,
        price=_price(way.answer),
        slides=len(way.answer.shifts),
        gives_way=other.tenant_code,
        elsewhere=to_instant(facts.monday, day=away.day, minute=away.start) if away else None,
        elsewhere_workers=away.workers if away else (),
    )


def _price(answer: Answer) -> int:
    """Points beside what leaving out costs: what the others pay for the visit's place."""
    return sum(cost for rule, cost in answer.difference.costs.items() if rule != "unplaced")


def _best(
    found: Iterable[FoundLever], kinds: frozenset[LeverKind], most: int
) -> tuple[OfferedLever, ...]:
    shown = [one.shown for one in found if one.shown.kind in kinds]
    return tuple(shown[:most])


def _waiting(facts: WeekFacts, visit: int) -> DraftVisit:
    for row in facts.draft:
        if row.id == visit and row.state is VisitState.WAITING:
            return row
    raise NotFound
