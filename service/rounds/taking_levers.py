"""Takes a lever: the visit gets its place by a step like a person's move, which can be undone."""

from dataclasses import replace
from datetime import date, timedelta

from scheduling.problem import Placement
from service import clock
from service.access.policy import Viewer
from service.database.sql import execute
from service.errors import Forbidden, Stale
from service.rounds.desks import desk_of
from service.rounds.draft import set_workers
from service.rounds.errors import MoveRefused
from service.rounds.placing import place_by_hand
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
    if found.other is not None:
        await _give_way(hand, found.other, found.elsewhere)
    if found.shown.kind is LeverKind.FEWER:
        await execute(
            "update visits set one_worker = true, workers_needed = 1 where id = $1", hand.row.id
        )
        hand = replace(hand, row=replace(hand.row, one_worker=True, workers_needed=1))
    outcome = await _place(hand, found.placement)
    if outcome.breaches:
        raise MoveRefused(drafted=outcome.breaches, week=hand.roster.week)
    return outcome


async def _give_way(hand: AtHand, other: DraftVisit, elsewhere: Placement | None) -> None:
    """Take the other visit off, or put it where it goes instead."""
    await execute(
        "update visits set state = 'waiting', starts_at = null, ends_at = null, pinned = false,"
        " reasons = '[]', updated_at = $2, updated_by = $3 where id = $1",
        other.id,
        clock.now(),
        hand.viewer.account,
    )
    await set_workers(other.id, ())
    if elsewhere is not None:
        outcome = await _place(replace(hand, row=other), elsewhere)
        if outcome.breaches:
            raise MoveRefused(drafted=outcome.breaches, week=hand.roster.week)


async def _place(hand: AtHand, placement: Placement) -> Outcome:
    day: date = hand.roster.week + timedelta(days=placement.day)
    return await place_by_hand(
        hand, day=day, start=placement.start, workers=placement.workers, strict=False
    )
