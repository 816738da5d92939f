"""Opens and closes no-contact alerts, and writes down what people do in them."""

from collections.abc import Sequence

from service import clock
from service.access.policy import Viewer, may_decide_alert, may_log_alert, may_see_alerts
from service.audit.actions import record
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.notices.actions import notify
from service.notices.types import NoContact, Recipients
from service.safety.alerts import alert_by_id
from service.safety.errors import AlertOver
from service.safety.no_contact import closed_by, judged
from service.safety.settings import TeamSafety, safety_of_teams
from service.safety.silences import TenantSilence, silences
from service.safety.states import DECISIONS, LEAD_ENDS, AlertEnd, AlertStep, RiskKind
from service.safety.types import AlertView
from service.web.i18n import N_


async def judge_tenants(uow: UnitOfWork, *, tenants: Sequence[int] | None = None) -> int:
    """Open and close alerts of some tenants (ids), or of all; returns how many changed.

    Joins the caller's unit of work; at most one alert of a tenant is open, whoever opens it.
    """
    now = clock.now()
    on = now.astimezone(BRUSSELS).date()
    settings = await safety_of_teams()
    changed = 0
    for one in await silences(on, now=now, tenants=tenants):
        team = settings.get(one.team, TeamSafety(team=one.team))
        verdict = judged(one.silence, team, on=on)
        if one.alert is not None and one.opened_at is not None:
            if one.alert_team != one.team:  # the tenant's new team looks after it
                await execute(_MOVE, one.alert, one.team)
            end = closed_by(one.silence, opened_at=one.opened_at, verdict=verdict)
            if end is not None:
                changed += await _close(one.alert, end, by=None)
        elif verdict.cause is not None:
            changed += await _open(uow, one, verdict.cause.value, verdict.days, verdict.missed)
    for row in await fetch_all(_ENDED, on, None if tenants is None else list(tenants)):
        changed += await _close(row["id"], AlertEnd.SUPPORT_ENDED, by=None)
    return changed


async def log_step(viewer: Viewer, alert: int, *, kind: AlertStep) -> None:
    """Write down what was done in an alert; decisions on a welfare check are a lead's."""
    if kind in (AlertStep.OPENED, AlertStep.CLOSED):
        raise Invalid({"kind": N_("Choose one of the options.")})
    async with unit_of_work() as uow:
        found = await _locked(viewer, alert)
        if kind in DECISIONS and not may_decide_alert(viewer, found.team):
            raise Forbidden(N_("Only the team's lead decides on a welfare check."))
        await _add_step(alert, kind, by=viewer.account)
        await record(uow, viewer, kind.value, "contact_alert", alert)


async def close_alert(
    viewer: Viewer, alert: int, *, reason: AlertEnd, expected_version: int
) -> None:
    """Close an alert with one of a lead's reasons; `Stale` where somebody wrote in it since."""
    if reason not in LEAD_ENDS:
        raise Invalid({"reason": N_("Choose one of the options.")})
    async with unit_of_work() as uow:
        found = await _locked(viewer, alert)
        if not may_decide_alert(viewer, found.team):
            raise Forbidden(N_("Only the team's lead closes an alert."))
        if found.version != expected_version:
            raise Stale
        await _close(alert, reason, by=viewer.account)
        await record(uow, viewer, "close", "contact_alert", alert, {"reason": reason.value})


async def note_overdose(viewer: Viewer, *, tenant: str, back: bool = False) -> None:
    """Note that a tenant of the viewer's team had an overdose, today: gaps count sooner now.

    With `back` what was noted today is taken back; an alert that it opened stays for the lead.
    """
    async with unit_of_work() as uow:
        row = await fetch_one(
            "select t.id, array_agg(a.team) as teams from tenants t join assignments a"
            " on a.tenant = t.id where t.code = $1 and a.starts_on <= $2"
            " and coalesce(a.ends_on > $2, true) group by t.id",
            tenant,
            clock.today(),
        )
        if row is None or not any(may_see_alerts(viewer, team) for team in row["teams"]):
            raise NotFound
        if not any(may_log_alert(viewer, team) for team in row["teams"]):
            raise Forbidden(N_("Only the tenant's own team writes this down."))
        if back:
            gone = await execute(
                "delete from risk_events where tenant = $1 and kind = $2 and happened_on = $3",
                row["id"],
                RiskKind.OVERDOSE.value,
                clock.today(),
            )
            if gone:
                await record(uow, viewer, "take_back_risk", "tenant", row["id"])
            return
        noted = await fetch_value(
            "insert into risk_events (tenant, kind, happened_on, noted_at, noted_by)"
            " values ($1, $2, $3, $4, $5) on conflict do nothing returning id",
            row["id"],
            RiskKind.OVERDOSE.value,
            clock.today(),
            clock.now(),
            viewer.account,
        )
        if noted is not None:
            await record(uow, viewer, "note_risk", "tenant", row["id"])
            await judge_tenants(uow, tenants=(row["id"],))


async def _locked(viewer: Viewer, alert: int) -> AlertView:
    """An open alert, held, of a team in which the viewer may write."""
    found = await alert_by_id(alert, lock=True)
    if found is None or not may_see_alerts(viewer, found.team):
        raise NotFound
    if not may_log_alert(viewer, found.team):
        raise Forbidden(N_("Only the tenant's own team writes this down."))
    if found.closed_at is not None:
        raise AlertOver
    return found


async def _open(uow: UnitOfWork, one: TenantSilence, cause: str, days: int, missed: int) -> int:
    made: int | None = await fetch_value(
        "insert into contact_alerts (tenant, team, cause, days, missed, opened_at)"
        " values ($1, $2, $3, $4, $5, $6)"
        " on conflict (tenant) where closed_at is null do nothing returning id",
        one.tenant,
        one.team,
        cause,
        days,
        missed,
        clock.now(),
    )
    if made is None:
        return 0
    await _add_step(made, AlertStep.OPENED, by=None)
    await notify(
        uow,
        NoContact(alert=made, tenant=one.code, days=days, missed=missed),
        to=Recipients(
            workers=frozenset({one.primary} if one.primary else ()), leads_of=frozenset({one.team})
        ),
        key=f"alert:{made}:opened",
        path=f"/alerts/{made}",
    )
    return 1


async def _close(alert: int, end: AlertEnd, *, by: int | None) -> int:
    closed = await execute(
        "update contact_alerts set closed_at = $2, closed_by = $3, end_kind = $4,"
        " version = version + 1 where id = $1 and closed_at is null",
        alert,
        clock.now(),
        by,
        end.value,
    )
    if closed:
        await _insert_step(alert, AlertStep.CLOSED, by=by)
    return closed


async def _add_step(alert: int, kind: AlertStep, *, by: int | None) -> None:
    await _insert_step(alert, kind, by=by)
    if kind is not AlertStep.OPENED:
        await execute("update contact_alerts set version = version + 1 where id = $1", alert)


async def _insert_step(alert: int, kind: AlertStep, *, by: int | None) -> None:
    await execute(
        "insert into contact_alert_steps (alert, kind, at, by) values ($1, $2, $3, $4)",
        alert,
        kind.value,
        clock.now(),
        by,
    )


_MOVE = "update contact_alerts set team = $2, version = version + 1 where id = $1"

_ENDED = """
select c.id from contact_alerts c join tenants t on t.id = c.tenant
where c.closed_at is null and t.ended_on <= $1 and ($2::int[] is null or t.id = any($2))
order by c.id
"""
