"""How a missed visit is to be tried again: told to the planner, and to the lead on the board."""

from service import clock
from service.access.policy import Viewer
from service.audit.actions import record
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.encounters.correcting import open_encounter
from service.encounters.missed import is_missed
from service.encounters.states import FOUND, DayPart
from service.encounters.telling import tell_of_wish
from service.errors import Invalid
from service.rounds.returning import return_visit
from service.rounds.states import Priority
from service.web.i18n import N_


async def try_again(
    viewer: Viewer, encounter: int, *, part: DayPart | None, call_first: bool
) -> bool:
    """Wish another part of the day and a call first; said again, the last wish counts.

    Returns whether it waits on the board now. Raises `Invalid` for one that was not missed.
    """
    now = clock.now()
    async with unit_of_work() as uow:
        row = await open_encounter(viewer, encounter, lock=True)
        found = await fetch_value("select priority from visits where id = $1", row.visit)
        if row.visit is None or not is_missed(row.outcome, Priority(found)):
            raise Invalid({"part": N_("This visit was not missed.")})
        await execute(
            _WISH, row.visit, part.value if part else None, call_first, now, viewer.account
        )
        waits = await return_visit(
            row.visit,
            part=part,
            call_first=call_first,
            today=clock.today(),
            now=now,
            by=viewer.account,
        )
        await tell_of_wish(uow, viewer, row)
        await record(uow, viewer, "try again", "visit", row.visit)
    return waits is not None


async def return_to_stay(viewer: Viewer, encounter: int) -> bool:
    """Ask for a visit where somebody stays now, after nobody was at home because of that.

    Returns whether it waits on the board.
    """
    async with unit_of_work():
        row = await open_encounter(viewer, encounter, lock=True)
        if row.visit is None or row.outcome not in FOUND:
            return False
        waits = await return_visit(
            row.visit,
            part=None,
            call_first=False,
            today=clock.today(),
            now=clock.now(),
            by=viewer.account,
        )
    return waits is not None


_WISH = """
insert into retry_wishes (visit, part, call_first, wished_at, wished_by)
values ($1, $2, $3, $4, $5)
on conflict (visit) do update set part = excluded.part, call_first = excluded.call_first,
    wished_at = excluded.wished_at, wished_by = excluded.wished_by
"""
