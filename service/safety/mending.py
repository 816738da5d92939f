"""Keeps the ladder of a check that runs one that can be reached: people go home, duties change."""

from dataclasses import replace
from datetime import datetime

from service.database.sql import execute
from service.safety.ladder import ladder_of
from service.safety.settings import safety_of_team
from service.safety.types import CheckView, Person


async def mended(check: CheckView, *, at: datetime) -> CheckView:
    """The check (held by the caller) with others in the place of who cannot be reached at `at`.

    On call is whoever has that duty then. Where nobody else can be found the first choice stays.
    """
    ladder = await ladder_of(check.worker.id, await safety_of_team(check.team), at=at)
    lead = _kept(check.lead, ladder.reachable, ladder.lead)
    others = [one for one in ladder.buddies if one.id != lead.id]
    buddy = _kept(check.buddy, ladder.reachable - {lead.id}, next(iter(others), None))
    on_call = ladder.on_call or check.on_call
    ids = (buddy.id, lead.id, on_call.id)
    if buddy.id == lead.id or ids == (check.buddy.id, check.lead.id, check.on_call.id):
        return check
    await execute(
        "update lone_checks set buddy = $2, lead = $3, on_call = $4 where id = $1", check.id, *ids
    )
    return replace(check, buddy=buddy, lead=lead, on_call=on_call)


def _kept(now: Person, reachable: frozenset[int], instead: Person | None) -> Person:
    return now if now.id in reachable or instead is None else instead
