"""The demonstration's safety: ladders that can be reached, a tenant back from hospital, alerts."""

from datetime import datetime

from service.database.sql import execute, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.demo.model import Demo
from service.demo.staff import ACT, COORDINATORS, ICM
from service.safety.alerting import judge_tenants

ON_CALL_PHONE = "02 555 01 12"


async def write_safety(uow: UnitOfWork, demo: Demo, *, now: datetime) -> dict[str, int]:
    """Name who is on call, end the hospital stay that goes on, and judge everybody's silence.

    Call it once everything else of the demonstration is written.
    """
    del demo
    settings = await execute(
        "insert into safety_settings (team, on_call, on_call_phone, updated_at)"
        " select t.id, w.id, $3, $4 from teams t, workers w"
        " where t.code = any($1::text[]) and w.code = $2",
        [ACT, ICM],
        COORDINATORS[0],
        ON_CALL_PHONE,
        now,
    )
    await judge_tenants(uow)
    alerts = await fetch_value("select count(*) from contact_alerts")
    return {"safety_settings": settings, "contact_alerts": alerts}
