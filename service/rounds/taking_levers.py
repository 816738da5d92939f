"""Takes a lever: the visit gets its place by a step like a person's move, which can be undone."""

from dataclasses import replace

from scheduling.problem import Placement
from service import clock
from service.access.policy import Viewer
from service.database.sql import execute
from service.errors import Forbidden, Stale
from service.rounds.desks import desk_of
from service.rounds.draft import set_workers
from service.rounds.errors import MoveRefused
from service.rounds.placing import Put, place_by_hand
from service.rounds.rows import DraftVisit
from service.rounds.states import StepKind
from service.rounds.stepping import ASK_THE_LEAD, NOT_THEIRS, AtHand, Outcome, stepped
from service.rounds.types import DraftChange
from service.rounds.waiting_levers import FoundLever, LeverKind, lever_by_key
from service.web.i18n import N_


class LeverGone(Stale):
    """The lever is not there any more: the week changed, or what stands around it."""


async def take_lever(viewer: Viewer, visit: int, key: str, *, expected_version: int) -> DraftChange:
    """Give a waiting visit the place that a lever offers, pinned; whoever gives way leaves first.

    All in one step, which can be undone. Raises `LeverGone` where the lever is no longer offered,
    `MoveRefused` where fresh facts speak against it, `Stale` for another version of the draft.
    """

    async def change(hand: AtHand) -> Outcome:
        if not hand.leads:
            raise Forbidden(NOT_THEIRS, advice=ASK_THE_LEAD)
        found = await lever_by_key(await desk_of(hand.team, hand.roster.week), hand.row, key)
        if found is None:
            raise LeverGone(
                N_("This is no longer possible: the week has changed."),
                advice=N_("Ask again what would help."),
            )
        return await _taken(hand, found)

    return await stepped(
        viewer, visit, kind=StepKind.MOVE, expected_version=expected_version, change=change
    )


async def _taken(hand: AtHand, found: FoundLever) -> Outcome:
    """Write it: who gives way first, then the visit; nothing stays where a rule speaks against."""
    puts = [_put(hand.row, found.placement)]
    if found.shown.kind is LeverKind.FEWER:
        await execute(
            "update visits set one_worker = true, workers_needed = 1 where id = $1", hand.row.id
        )
        one = replace(hand.row, one_worker=True, workers_needed=1)
        puts = [_put(one, found.placement)]
    if found.other is not None:
        await _take_off(hand, found.other)
        if found.elsewhere is not None:
            puts.append(_put(found.other, found.elsewhere))
    outcome = await place_by_hand(hand, *puts, strict=False)
    if outcome.breaches:
        raise MoveRefused(drafted=outcome.breaches, week=hand.roster.week)
    return outcome


def _put(row: DraftVisit, placement: Placement) -> Put:
    return Put(row=row, day=placement.day, start=placement.start, workers=placement.workers)


async def _take_off(hand: AtHand, other: DraftVisit) -> None:
    await execute(
        "update visits set state = 'waiting', starts_at = null, ends_at = null, pinned = false,"
        " reasons = '[]', updated_at = $2, updated_by = $3 where id = $1",
        other.id,
        clock.now(),
        hand.viewer.account,
    )
    await set_workers(other.id, ())
