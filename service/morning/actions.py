"""What a morning meeting decides: somebody goes today, nobody does, today is planned anew."""

from contextlib import suppress
from datetime import date

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer, may_plan
from service.audit.actions import record
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, NotFound, Refused, Stale
from service.morning.queries import meeting_team, morning_board
from service.morning.states import DayPart, DayWishKind
from service.morning.types import MorningBoard
from service.rounds.actions import move_visit, start_plan_run, undo_step, unplace_visit
from service.rounds.states import Effort
from service.web.i18n import N_

ONLY_THE_LEAD = N_("Only the team's lead changes the day.")


async def read_meeting(viewer: Viewer, *, team: str, names: bool) -> MorningBoard:
    """The meeting of a team, with who read it; names leave an entry of their own."""
    async with unit_of_work() as uow:
        board = await morning_board(viewer, team=team, names=names)
        detail = {"count": len(board.tenants), "names": names}
        await record(uow, viewer, "list", "tenant", "morning", detail)
    return board


async def ask_today(
    viewer: Viewer,
    *,
    team: str,
    tenant: str,
    kind: DayWishKind,
    part: DayPart = DayPart.ANY,
    by_two: bool = False,
) -> None:
    """Ask that somebody goes to a tenant (code) today, or nobody; the last word counts.

    'Nobody' takes today's visits of the tenant that have not begun off the draft, those that no
    series and no appointment asks for.
    """
    found, row = await _led(viewer, team, tenant)
    today, now = clock.today(), clock.now()
    async with unit_of_work() as uow:
        await execute(
            "insert into day_wishes (team, tenant, day, kind, part, by_two, asked_at, asked_by)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (team, tenant, day) do update"
            " set kind = excluded.kind, part = excluded.part, by_two = excluded.by_two,"
            " asked_at = excluded.asked_at, asked_by = excluded.asked_by",
            found,
            row,
            today,
            kind.value,
            part.value,
            by_two and kind is DayWishKind.GO,
            now,
            viewer.account,
        )
        await _touch(found, today, viewer)
        await record(uow, viewer, f"ask {kind.value}", "tenant", row)
    if kind is DayWishKind.NOT:
        await _take_off(viewer, found, row, today)


async def forget_wish(viewer: Viewer, *, team: str, tenant: str) -> None:
    """Take back what was asked of today; a visit that was taken off for it stands again.

    One that was changed since, or in whose place something else is, keeps waiting.
    """
    found, row = await _led(viewer, team, tenant)
    today = clock.today()
    monday = monday_of(today)
    for step in await fetch_all(_TAKEN_OFF, found, monday, row, today):
        with suppress(Stale, Refused):
            await undo_step(viewer, team=team, week=monday, step=step["id"])
    async with unit_of_work() as uow:
        gone = await execute(
            "delete from day_wishes where team = $1 and tenant = $2 and day = $3",
            found,
            row,
            clock.today(),
        )
        if gone:
            await _touch(found, clock.today(), viewer)
            await record(uow, viewer, "ask nothing", "tenant", row)


async def give_visit(
    viewer: Viewer, *, team: str, visit: int, start: int, workers: tuple[str, ...], version: int
) -> int | None:
    """Give a visit of today to others, at a time of today; returns the step, to undo it.

    It is pinned there, and others of the day make room. Raises what `move_visit` does where the
    draft is another one than was seen (`version`), or a hard rule speaks against it.
    """
    found = await meeting_team(viewer, team)
    if not may_plan(viewer, found.id):
        raise Forbidden(ONLY_THE_LEAD)
    changed = await move_visit(
        viewer,
        visit,
        day=clock.today(),
        start=start,
        workers=workers,
        expected_version=version,
        strict=True,
    )
    return changed.step


async def take_back(viewer: Viewer, *, team: str, step: int) -> None:
    """Undo what the meeting changed; raises what `undo_step` does."""
    found = await meeting_team(viewer, team)
    if not may_plan(viewer, found.id):
        raise Forbidden(ONLY_THE_LEAD)
    await undo_step(viewer, team=team, week=monday_of(clock.today()), step=step)


async def replan_today(viewer: Viewer, *, team: str) -> int:
    """Queue a plan run of today alone, around what has begun, is pinned or promised.

    Everything on other days stays where it is. Returns the run's id.
    """
    today = clock.today()
    return await start_plan_run(
        viewer, team=team, week=monday_of(today), effort=Effort.QUICK, only_day=today
    )


async def _led(viewer: Viewer, team: str, tenant: str) -> tuple[int, int]:
    """The ids of a team that the viewer leads and of a tenant of it."""
    found = await meeting_team(viewer, team)
    row = await fetch_one(
        "select t.id from tenants t join assignments a on a.tenant = t.id and a.team = $2"
        " where t.code = $1 and a.starts_on <= $3 and coalesce(a.ends_on > $3, true)",
        tenant,
        found.id,
        clock.today(),
    )
    if row is None:
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden(ONLY_THE_LEAD)
    return found.id, row["id"]


async def _touch(team: int, day: date, viewer: Viewer) -> None:
    """Count a change of the week's draft: what is asked of it is not what it was."""
    await execute(
        "update rosters set version = version + 1, updated_at = $3, updated_by = $4"
        " where team = $1 and week = $2",
        team,
        monday_of(day),
        clock.now(),
        viewer.account,
    )


async def _take_off(viewer: Viewer, team: int, tenant: int, day: date) -> None:
    rows = await fetch_all(
        "select v.id, r.id as roster from visits v join rosters r on r.id = v.roster"
        " where r.team = $1 and r.week = $2 and v.tenant = $3 and v.state = 'placed'"
        " and v.series is null and v.appointment is null and v.starts_at > $4"
        " and (v.starts_at at time zone 'Europe/Brussels')::date = $5 order by v.id",
        team,
        monday_of(day),
        tenant,
        clock.now(),
        day,
    )
    for row in rows:
        version = await fetch_value("select version from rosters where id = $1", row["roster"])
        await unplace_visit(viewer, row["id"], expected_version=version)


_TAKEN_OFF = """
select s.id from draft_steps s
join rosters r on r.id = s.roster join visits v on v.id = s.visit
join day_wishes d on d.team = r.team and d.tenant = v.tenant and d.day = $4 and d.kind = 'not'
where r.team = $1 and r.week = $2 and v.tenant = $3 and v.state = 'waiting'
    and s.kind = 'take_off' and not s.undone and s.made_at >= d.asked_at
order by s.id desc
"""
