"""Reads no-contact alerts and their logs."""

from dataclasses import replace
from datetime import date
from typing import Any

from service.database.sql import fetch_all, fetch_value
from service.safety.states import AlertCause, AlertEnd, AlertStep
from service.safety.types import AlertLine, AlertView


async def open_alerts(*, team: int | None = None) -> tuple[AlertView, ...]:
    """The open alerts with their logs, of a team or of all, the oldest first."""
    rows = await fetch_all(
        f"{_ALERTS} where c.closed_at is null and ($1::int is null or c.team = $1)"
        " order by c.opened_at, c.id",
        team,
    )
    return await _with_steps(tuple(_view(row) for row in rows))


async def alert_by_id(alert: int, *, lock: bool = False) -> AlertView | None:
    """An alert without its log; with `lock` held until the unit of work ends."""
    ending = " for update of c" if lock else ""
    rows = await fetch_all(f"{_ALERTS} where c.id = $1{ending}", alert)
    return _view(rows[0]) if rows else None


async def open_alert_of(tenant: str) -> AlertView | None:
    """The open alert of a tenant (code), with its log."""
    rows = await fetch_all(f"{_ALERTS} where t.code = $1 and c.closed_at is null", tenant)
    return await steps_of_alert(_view(rows[0])) if rows else None


async def overdose_noted(tenant: str, *, on: date) -> bool:
    """Whether an overdose of a tenant (code) was noted on a day."""
    found: bool = await fetch_value(
        "select exists (select from risk_events r join tenants t on t.id = r.tenant"
        " where t.code = $1 and r.kind = 'overdose' and r.happened_on = $2)",
        tenant,
        on,
    )
    return found


async def steps_of_alert(alert: AlertView) -> AlertView:
    """The alert with its log."""
    return (await _with_steps((alert,)))[0]


async def _with_steps(alerts: tuple[AlertView, ...]) -> tuple[AlertView, ...]:
    rows = await fetch_all(_STEPS, [alert.id for alert in alerts])
    return tuple(
        replace(
            alert,
            steps=tuple(
                AlertLine(kind=AlertStep(row["kind"]), at=row["at"], by=row["by"])
                for row in rows
                if row["alert"] == alert.id
            ),
        )
        for alert in alerts
    )


def _view(row: dict[str, Any]) -> AlertView:
    return AlertView(
        id=row["id"],
        tenant=row["code"],
        tenant_id=row["tenant"],
        team=row["team"],
        team_code=row["team_code"],
        team_name=row["team_name"],
        cause=AlertCause(row["cause"]),
        days=row["days"],
        missed=row["missed"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        end_kind=AlertEnd(row["end_kind"]) if row["end_kind"] else None,
        version=row["version"],
    )


_ALERTS = """
select c.id, c.tenant, t.code, c.team, m.code as team_code, m.name as team_name, c.cause, c.days,
    c.missed, c.opened_at, c.closed_at, c.end_kind, c.version
from contact_alerts c join tenants t on t.id = c.tenant join teams m on m.id = c.team
"""

_STEPS = """
select x.alert, x.kind, x.at, coalesce(w.first_name, a.login, '') as by
from contact_alert_steps x
left join accounts a on a.id = x.by left join workers w on w.id = a.worker
where x.alert = any($1::int[]) order by x.alert, x.at, x.id
"""
