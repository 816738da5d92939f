"""What the clock does for safety: begin checks, take the steps of ladders, judge, erase.

Every effect has its guard in the database (one open check per worker, one step per end it counts
from, one open alert per tenant), so that a job that runs twice, or late, does nothing twice.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import structlog

from service import clock
from service.database.sql import fetch_all
from service.database.unit_of_work import unit_of_work
from service.errors import Refused
from service.notices.actions import forget_notices_about
from service.safety.alerting import judge_tenants
from service.safety.check_rows import insert_check, take_rung
from service.safety.checks import begun_lone_visits, check_by_id, overdue_checks
from service.safety.ladder import ladder_of
from service.safety.mending import mended
from service.safety.settings import TeamSafety, safety_of_teams
from service.safety.types import LoneVisit

_log = structlog.get_logger("thuisronde.safety")


async def begin_checks() -> int:
    """Begin a check for each visit made alone that has begun, where the team wants it so.

    Without a ladder that can be reached none begins: the worker's page says so. Returns how many.
    """
    now = clock.now()
    settings = await safety_of_teams()
    begun = 0
    with _each() as each:
        for worker, visit in await begun_lone_visits(now):
            team = settings.get(visit.team, TeamSafety(team=visit.team))
            if team.begins_by_itself(home=visit.home):
                with each():
                    begun += await _begin(worker, visit, team, now=now)
    return begun


async def take_steps() -> int:
    """Take every step of every ladder that is due and was not taken; returns how many.

    Each goes to somebody who can be reached then, where there is anybody (`mended`). After a
    standstill the steps that were missed are taken in order, at once. Each check is its own unit
    of work: where one fails the others have theirs, then the error is raised.
    """
    taken = 0
    with _each() as each:
        for check in await overdue_checks(clock.now()):
            with each():
                taken += await _take_steps(check)
    if taken:
        _log.info("lone-worker steps", count=taken)
    return taken


async def _take_steps(check: int) -> int:
    async with unit_of_work() as uow:
        found = await check_by_id(check, lock=True)
        if found is None or found.ended_at is not None:
            return 0
        found = await mended(found, at=clock.now())
        return sum([await take_rung(uow, found, rung) for rung in found.due(clock.now())])


@contextmanager
def _each() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Guard a loop in which one failure must not keep the rest from their turn.

    Yields the guard of one turn; at the end the first error is raised after all.
    """
    failed: list[Exception] = []

    @contextmanager
    def turn() -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 raised at the end
            failed.append(error)

    yield turn
    if failed:
        raise failed[0]


async def judge_everybody() -> int:
    """Open and close no-contact alerts of all tenants; returns how many changed."""
    async with unit_of_work() as uow:
        changed = await judge_tenants(uow)
    _log.info("silence judged", changed=changed)
    return changed


async def erase_old_checks() -> int:
    """Erase checks that ended longer ago than their team keeps them, with steps and notices."""
    async with unit_of_work():
        rows = await fetch_all(
            "delete from lone_checks c using teams t where t.id = c.team"
            " and c.ended_at < $1::timestamptz - make_interval(days => coalesce("
            "  (select s.keep_days from safety_settings s where s.team = c.team), $2))"
            " returning c.id",
            clock.now(),
            TeamSafety(team=0).keep_days,
        )
        await forget_notices_about("lone_check", [str(row["id"]) for row in rows])
    _log.info("lone-worker checks erased", count=len(rows))
    return len(rows)


async def _begin(worker: int, visit: LoneVisit, team: TeamSafety, *, now: datetime) -> int:
    ladder = await ladder_of(worker, team, at=now)
    if ladder.missing:
        return 0
    try:
        async with unit_of_work():
            await insert_check(
                worker=worker,
                visit=visit.visit,
                ends_at=visit.ends_at,
                gate=visit.gate,
                ladder=ladder,
                buddy=ladder.buddies[0],
                settings=team,
                by=None,
            )
    except Refused:  # another check of the worker runs
        return 0
    return 1
