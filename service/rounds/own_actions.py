"""Adding a visit to a draft, and letting two of them change places."""

from datetime import date
from uuid import uuid4

from scheduling.weeks import to_slot
from service import clock
from service.access.policy import Viewer, may_change_visit, may_plan, may_see_roster
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.rounds import rows, trail
from service.rounds.needs.added import added_key
from service.rounds.own_visits import own_tenants
from service.rounds.placing import Put, place_by_hand
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.states import StepKind
from service.rounds.stepping import (
    ASK_THE_LEAD,
    NOT_THEIRS,
    AtHand,
    Outcome,
    keep_step,
    stepped,
    visit_facts,
)
from service.rounds.types import DraftChange
from service.rounds.week import read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from service.web.i18n import N_


async def add_visit(
    viewer: Viewer,
    *,
    team: str,
    week: date,
    tenant: str,
    day: date,
    start: int | None,
    minutes: int,
    workers: tuple[str, ...] = (),
) -> DraftChange:
    """Add a home visit that nothing else asks, placed and pinned; without a start at the best time.

    `workers` may be left out by whoever goes alone. A worker adds visits of their own caseload
    and goes there; a lead adds for any tenant of the team. Raises `MoveRefused` where it would
    break a hard rule, `Invalid` for a bad field, `NotFound` for a tenant who is not theirs.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    tenants = {code: number for number, code in await own_tenants(viewer, found, week)}
    if not tenants and not may_plan(viewer, found.id):
        raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
    if tenant not in tenants:
        raise Invalid({"tenant": N_("Choose one of the tenants.")})
    async with unit_of_work():
        roster = await rows.roster_of(found.id, week, lock=True)
        if roster is None:
            raise NotFound
        before = await trail.stands(roster.id)
        row = await _new_row(viewer, roster, found, tenants[tenant], tenant, minutes)
        crew = workers or await _alone(viewer)
        leads = may_plan(viewer, found.id)
        hand = AtHand(viewer=viewer, team=found, roster=roster, row=row, leads=leads)
        put = Put(row=row, day=(day - week).days, start=start, workers=crew)
        outcome = await place_by_hand(hand, put, strict=True)
        version, step = await keep_step(viewer, roster, row.id, kind=StepKind.ADD, before=before)
    return DraftChange(
        version=version, breaches=outcome.breaches, step=step, slid=outcome.slid, visit=row.id
    )


async def swap_visits(
    viewer: Viewer, visit: int, other: int, *, expected_version: int
) -> DraftChange:
    """Let two placed visits change day, time and, where as many go, workers.

    Whoever does not lead the team must be allowed to change both, and what breaks a hard rule is
    refused: `MoveRefused`. Raises `Invalid` for a visit that is not placed in the same draft.
    """

    async def change(hand: AtHand) -> Outcome:
        draft = {row.id: row for row in await rows.draft_visits(hand.roster.id)}
        there = draft.get(other)
        if there is None or not there.placed or not hand.row.placed or other == visit:
            raise Invalid({"other": N_("Choose another visit that has its place.")})
        facts = await visit_facts(there, hand.roster, hand.team)
        if not may_change_visit(viewer, facts):
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
        return await place_by_hand(
            hand, _put(hand.row, there, hand), _put(there, hand.row, hand), strict=True
        )

    return await stepped(
        viewer, visit, kind=StepKind.SWAP, expected_version=expected_version, change=change
    )


def _put(row: DraftVisit, place: DraftVisit, hand: AtHand) -> Put:
    """One visit in the other's place: with its workers where as many go and the lead says so."""
    assert place.starts_at is not None, "both are placed"
    day, start = to_slot(hand.roster.week, place.starts_at)
    same = hand.leads and place.workers_needed == row.workers_needed
    return Put(row=row, day=day, start=start, workers=place.workers if same else row.workers)


async def _alone(viewer: Viewer) -> tuple[str, ...]:
    code = await fetch_value("select code from workers where id = $1", viewer.worker)
    return (code,) if code else ()


async def _new_row(
    viewer: Viewer, roster: RosterRow, team: TeamFacts, tenant: int, code: str, minutes: int
) -> DraftVisit:
    """A visit that waits, with as many seats as the tenant's safety asks."""
    grid = team.policy.grid
    if minutes % grid or not grid <= minutes <= 8 * 60:
        raise Invalid({"minutes": N_("Give minutes in steps of five, eight hours at most.")})
    number = 1 + await fetch_value(
        "select count(*) from visits where roster = $1 and need like $2",
        roster.id,
        f"{code}:add:%",
    )
    visit: int = await fetch_value(
        "insert into visits (uid, roster, need, tenant, kind, priority, place, minutes, state,"
        " updated_at, updated_by) select $1, $2, $3, $4, 'home_visit', 'should', s.place, $5,"
        " 'waiting', $6, $7 from stays s where s.tenant = $4 order by s.starts_on desc, s.id desc"
        " limit 1 returning id",
        uuid4(),
        roster.id,
        added_key(code, number),
        tenant,
        minutes,
        clock.now(),
        viewer.account,
    )
    if visit is None:
        raise Invalid({"tenant": N_("This tenant can be visited nowhere in this week.")})
    facts = await read_week(team, roster.week, now=clock.now())
    need = next((one for one in facts.needs if one.key == added_key(code, number)), None)
    if need is None:
        raise Invalid({"tenant": N_("This tenant can be visited nowhere in this week.")})
    await execute(
        "update visits set place = $2, workers_needed = $3 where id = $1",
        visit,
        need.place,
        need.workers_needed,
    )
    return next(one for one in await rows.draft_visits(roster.id) if one.id == visit)
