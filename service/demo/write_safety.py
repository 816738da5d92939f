"""The demonstration's safety: ladders that can be reached, a tenant back from hospital, alerts."""

from datetime import datetime, timedelta

from service.clock import BRUSSELS
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
    await execute(_BACK_FROM_HOSPITAL, now.astimezone(BRUSSELS).date() - timedelta(days=3))
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


_BACK_FROM_HOSPITAL = """
update stays set ends_on = $1 where id = (
    select y.id from stays y
    where y.kind = 'hospital' and y.ends_on is null and y.starts_on < $1
        and exists (select from stays h where h.tenant = y.tenant and h.kind = 'home'
            and h.ends_on is null)
    order by y.tenant limit 1
) and (select count(*) from stays where kind = 'hospital' and ends_on is null) > 1
"""
