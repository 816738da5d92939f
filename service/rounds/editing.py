"""What a person does to one visit of a draft: pin, promise, move, unplace, call off."""

from datetime import date

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute
from service.errors import Forbidden, Invalid
from service.rounds.draft import set_workers
from service.rounds.placing import Put, place_by_hand
from service.rounds.states import StepKind, VisitState
from service.rounds.stepping import ASK_THE_LEAD, NOT_THEIRS, AtHand, Outcome, stepped
from service.rounds.types import DraftChange


async def pin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Hold a placed visit where it is, whatever is planned around it."""

    async def change(hand: AtHand) -> Outcome:
        if not hand.row.placed:
            raise Invalid({"visit": "placed visits can be pinned, others have no place"})
        await _set(hand, "pinned = true")
        return Outcome()

    return await stepped(
        viewer, visit, kind=StepKind.PIN, expected_version=expected_version, change=change
    )


async def unpin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Let the planner move the visit again."""

    async def change(hand: AtHand) -> Outcome:
        await _set(hand, "pinned = false")
        return Outcome()

    return await stepped(
        viewer, visit, kind=StepKind.UNPIN, expected_version=expected_version, change=change
    )


async def promise_visit(
    viewer: Viewer, visit: int, *, promised: bool, expected_version: int
) -> DraftChange:
    """Note that the tenant was told the time (or was not): moving it becomes dear."""

    async def change(hand: AtHand) -> Outcome:
        await _set(hand, "promised = $4", promised)
        return Outcome()

    kind = StepKind.PROMISE if promised else StepKind.UNPROMISE
    return await stepped(viewer, visit, kind=kind, expected_version=expected_version, change=change)


async def unplace_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Take a visit off the week, back to the waiting list."""

    async def change(hand: AtHand) -> Outcome:
        return await _take_off(hand, VisitState.WAITING)

    return await stepped(
        viewer, visit, kind=StepKind.TAKE_OFF, expected_version=expected_version, change=change
    )


async def cancel_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Call a visit off: it is not asked again in this week. The team's lead does that."""

    async def change(hand: AtHand) -> Outcome:
        if not hand.leads:
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
        return await _take_off(hand, VisitState.CANCELLED)

    return await stepped(
        viewer, visit, kind=StepKind.CALL_OFF, expected_version=expected_version, change=change
    )


async def move_visit(
    viewer: Viewer,
    visit: int,
    *,
    day: date,
    start: int,
    workers: tuple[str, ...],
    expected_version: int,
    strict: bool = False,
) -> DraftChange:
    """Place a visit by hand and pin it there: `start` in local minutes, `workers` in seat order.

    Unpinned visits of the day slide to make room. What the move newly breaks is returned, not
    refused: a lead may plan against advice; publishing refuses. With `strict`, and for whoever
    does not lead the team, it is refused: `MoveRefused`. Raises `Invalid` for a day outside the
    week, a start off the grid, workers unknown to the team or not as many as asked.
    """

    async def change(hand: AtHand) -> Outcome:
        offset = (day - hand.roster.week).days
        put = Put(row=hand.row, day=offset, start=start, workers=workers)
        return await place_by_hand(hand, put, strict=strict)

    return await stepped(
        viewer, visit, kind=StepKind.MOVE, expected_version=expected_version, change=change
    )


async def _take_off(hand: AtHand, state: VisitState) -> Outcome:
    await _set(
        hand,
        "state = $4, starts_at = null, ends_at = null, pinned = false, reasons = '[]'",
        state.value,
    )
    await set_workers(hand.row.id, ())
    return Outcome()


async def _set(hand: AtHand, changes: str, *params: object) -> None:
    sql = f"update visits set updated_at = $2, updated_by = $3, {changes} where id = $1"  # noqa: S608 our own words
    await execute(sql, hand.row.id, clock.now(), hand.viewer.account, *params)
