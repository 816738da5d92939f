"""What people do with lone-worker checks: start, extend, 'safe', check somebody out.

A viewer who may not know of a check gets `NotFound`, one who may see it but not do this
`Forbidden`. No action leaves an audit entry: the steps are the log, and are erased with the check,
so that times never serve to judge anybody.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from service import clock
from service.access.policy import Viewer, may_check_out, may_say_safe, may_see_check
from service.access.states import Role
from service.audit.actions import record
from service.database.sql import execute, fetch_all, fetch_one
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused, Stale
from service.safety.alerting import judge_tenants
from service.safety.check_rows import add_step, end_check, insert_check
from service.safety.checks import check_by_id, open_check_of
from service.safety.errors import CheckOver, LadderMissing
from service.safety.ladder import ladder_of
from service.safety.mending import mended
from service.safety.queries import my_visit, own_team
from service.safety.settings import TeamSafety, safety_of_team
from service.safety.states import CheckEnd, CheckStep
from service.safety.types import CheckView
from service.teams.queries import team_by_code
from service.web.i18n import N_

LONGEST = timedelta(hours=12)
ONE_RUNS = "lone_checks_once_per_worker"


async def start_check(
    viewer: Viewer,
    *,
    visit: int | None,
    ends_at: datetime,
    buddy: str = "",
    gate: bool = False,
) -> int:
    """Begin the viewer's own check and return its id; `buddy` is a code, '' the first there is.

    Raises `LadderMissing` where somebody of the ladder cannot be reached, `Invalid` for a buddy
    who cannot, a time that is over or far away, or a second check; `NotFound` for a visit that is
    not the viewer's alone.
    """
    team = (await my_visit(viewer, visit)).team if visit is not None else await own_team(viewer)
    if viewer.worker is None or team is None or not viewer.holds(Role.WORKER, Role.TEAM_LEAD):
        raise Forbidden(N_("A check is for workers of a team."))
    now = clock.now()
    if not now < ends_at <= now + LONGEST:
        raise Invalid({"ends": N_("Give a time in the next twelve hours.")})
    settings = await safety_of_team(team)
    ladder = await ladder_of(viewer.worker, settings, at=now)
    if ladder.missing:
        raise LadderMissing(ladder.missing)
    chosen = [one for one in ladder.buddies if not buddy or one.code == buddy]
    if not chosen:
        raise Invalid({"buddy": N_("This colleague cannot be reached now: choose another one.")})
    try:
        async with unit_of_work():
            return await insert_check(
                worker=viewer.worker,
                visit=visit,
                ends_at=ends_at,
                gate=gate,
                ladder=ladder,
                buddy=chosen[0],
                settings=settings,
                by=viewer.account,
            )
    except Refused as refusal:
        if refusal.constraint != ONE_RUNS:
            raise
        raise Invalid({"ends": N_("A check runs already: end that one first.")}) from None


async def extend_check(viewer: Viewer, check: int) -> datetime:
    """Put the end off by what the team set, from the end or from now, and return the new one.

    Also by a colleague, for whoever called. The ladder begins anew, with people who can be reached
    now.
    """
    async with unit_of_work():
        now = clock.now()
        found = await mended(await _locked(viewer, check), at=now)
        settings = await safety_of_team(found.team)
        ends_at = max(found.ends_at, now) + timedelta(minutes=settings.extend_minutes)
        if ends_at > now + LONGEST:
            raise Invalid({"ends": N_("Give a time in the next twelve hours.")})
        await execute("update lone_checks set ends_at = $2 where id = $1", check, ends_at)
        await add_step(check, CheckStep.EXTENDED, by=viewer.account)
    return ends_at


async def say_safe(viewer: Viewer, check: int, *, kind: CheckEnd = CheckEnd.SAFE) -> None:
    """End the viewer's own check: safe, or `CANCELLED` where they are not alone after all."""
    if kind not in (CheckEnd.SAFE, CheckEnd.CANCELLED):
        raise Invalid({"kind": N_("Choose one of the options.")})
    async with unit_of_work() as uow:
        found = await _locked(viewer, check)
        if not may_say_safe(viewer, found.facts):
            raise Forbidden(N_("Only the person who is alone says 'safe'."))
        await end_check(uow, found, kind, by=viewer.account)


async def check_out(viewer: Viewer, check: int, *, kind: CheckEnd) -> None:
    """End a check for whoever called or texted; it is written down who did."""
    if kind not in (CheckEnd.BY_CALL, CheckEnd.BY_TEXT):
        raise Invalid({"kind": N_("Choose one of the options.")})
    async with unit_of_work() as uow:
        found = await _locked(viewer, check)
        if not may_check_out(viewer, found.facts):
            raise Forbidden
        await end_check(uow, found, kind, by=viewer.account)


async def note_signal(viewer: Viewer, check: int) -> None:
    """Note that the worker's page is open and has a connection; nothing about where."""
    found = await check_by_id(check)
    if found is None or not may_see_check(viewer, found.facts):
        raise NotFound
    if not may_say_safe(viewer, found.facts):
        raise Forbidden
    await execute(
        "update lone_checks set last_signal_at = $2 where id = $1 and ended_at is null",
        check,
        clock.now(),
    )


async def after_encounter(
    uow: UnitOfWork,
    *,
    tenant: int,
    visit: int | None,
    workers: Sequence[int],
    by: int | None,
    met_until: datetime | None = None,
) -> None:
    """Follow a recorded outcome, in its unit of work: end the check, judge the tenant's silence.

    Ids throughout. Only what the worker who is alone records says that they are well: it ends
    their check of that visit, or one without a visit if they were there, met somebody in person,
    and that lasted until the check had begun (`met_until`, None for a call and the like).
    """
    running = await fetch_all(
        "select c.id from lone_checks c join accounts a on a.worker = c.worker and a.id = $3"
        " where c.ended_at is null and (c.visit = $1 or c.visit is null"
        " and c.worker = any($2::int[]) and c.started_at <= $4) order by c.id",
        visit,
        list(workers),
        by,
        met_until,
    )
    for row in running:
        found = await check_by_id(row["id"], lock=True)
        if found is not None:
            await end_check(uow, found, CheckEnd.OUTCOME, by=by)
    await judge_tenants(uow, tenants=(tenant,))


async def after_arrival(uow: UnitOfWork, viewer: Viewer, visit: int) -> None:
    """Follow an 'arrived', in its unit of work: begin the check that would begin by itself.

    Nothing happens for a visit that is not the viewer's alone, has had its check, or where the
    ladder is not complete (the page says so).
    """
    try:
        found = await my_visit(viewer, visit)
    except NotFound:
        return
    settings = await safety_of_team(found.team)
    now = clock.now()
    if (
        viewer.worker is None
        or found.checked
        or found.done
        or found.ends_at <= now
        or not settings.begins_by_itself(home=found.home)
        or await open_check_of(viewer.worker) is not None
    ):
        return
    ladder = await ladder_of(viewer.worker, settings, at=now)
    if ladder.missing:
        return
    with suppress(Refused):  # the clock was faster
        async with uow.savepoint():
            await insert_check(
                worker=viewer.worker,
                visit=visit,
                ends_at=found.ends_at,
                gate=found.gate,
                ladder=ladder,
                buddy=ladder.buddies[0],
                settings=settings,
                by=viewer.account,
            )


async def save_settings(
    viewer: Viewer, *, team: str, settings: TeamSafety, deputy: str, on_call: str
) -> None:
    """Keep what a lead set; `deputy` and `on_call` are codes, '' for nobody.

    `settings.version` is the one that was seen: another one raises `Stale`. Raises `Invalid` for
    minutes out of order and people who are not there.
    """
    found = await team_by_code(team)
    if found is None or found.id not in viewer.teams():
        raise NotFound
    if found.id not in viewer.teams(Role.TEAM_LEAD):
        raise Forbidden(N_("Only the team's lead sets this."))
    steps = [getattr(settings, name) for name in _LADDER]
    disorder = {
        name: N_("Each step comes after the one before it.")
        for name, before, after in zip(_LADDER[1:], steps, steps[1:], strict=False)
        if after < before
    }
    if settings.sooner_days > settings.gap_days:
        disorder["sooner_days"] = N_("'Sooner' cannot be later than otherwise.")
    if disorder:
        raise Invalid(disorder)
    people = {"deputy": await _worker(deputy), "on_call": await _worker(on_call)}
    missing = {
        name: N_("This colleague cannot be reached now: choose another one.")
        for name, code in (("deputy", deputy), ("on_call", on_call))
        if code and people[name] is None
    }
    if missing:
        raise Invalid(missing)
    values = {name: getattr(settings, name) for name in _SET} | people
    names = ", ".join(values)
    marks = ", ".join(f"${i}" for i in range(4, 4 + len(values)))
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    async with unit_of_work() as uow:
        row = await fetch_one(
            f"insert into safety_settings as s (team, updated_at, updated_by, {names})"  # noqa: S608
            f" values ($1, $2, $3, {marks}) on conflict (team) do update set {changes},"
            " updated_at = excluded.updated_at, updated_by = excluded.updated_by,"
            f" version = s.version + 1 where s.version = ${4 + len(values)} returning s.version",
            found.id,
            clock.now(),
            viewer.account,
            *values.values(),
            settings.version,
        )
        if row is None or (settings.version == 0) != (row["version"] == 1):
            raise Stale
        detail = {"version": row["version"]}
        await record(uow, viewer, "change", "safety_settings", found.id, detail)


async def _locked(viewer: Viewer, check: int) -> CheckView:
    """A running check, held; `NotFound` for strangers, `CheckOver` where it has ended."""
    found = await check_by_id(check, lock=True)
    if found is None or not may_see_check(viewer, found.facts):
        raise NotFound
    if found.ended_at is not None:
        raise CheckOver
    return found


async def _worker(code: str) -> int | None:
    """The id of a worker whose account holds a role in support today."""
    row = await fetch_one(
        "select w.id from workers w join accounts a on a.worker = w.id and a.active"
        " where w.code = $1 and exists (select from account_roles r where r.account = a.id"
        " and r.role in ('worker', 'team_lead', 'coordinator') and role_holds(w.id, r.team, $2))",
        code,
        clock.today(),
    )
    return row["id"] if row else None


_LADDER = ("due_minutes", "buddy_minutes", "lead_minutes", "on_call_minutes")
_SET = (
    "lone_visits",
    *_LADDER,
    "extend_minutes",
    "no_signal_minutes",
    "on_call_phone",
    "keep_days",
    "missed_visits",
    "gap_days",
    "sooner_days",
    "sooner_for_days",
)
