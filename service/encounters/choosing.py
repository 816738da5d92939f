"""Whom a worker may have met: the tenants of their teams, those met or planned lately first."""

from dataclasses import dataclass
from datetime import date, timedelta

from service import clock
from service.access.policy import OPENS_DAYS_AHEAD, Viewer, may_record, may_see_tenant
from service.audit.actions import record
from service.database.sql import fetch_all, fetch_one
from service.database.unit_of_work import unit_of_work
from service.encounters import rows
from service.errors import Forbidden, NotFound

LATELY_DAYS = 14
MOST_RECENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenTenant:
    """A tenant to choose: `last_on` is the day the viewer met, or is to meet, them."""

    code: str
    first_name: str
    last_name: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Those met or planned lately by the viewer, and all of the viewer's teams by name."""

    recent: tuple[ChosenTenant, ...]
    every: tuple[ChosenTenant, ...]


async def tenants_to_choose(viewer: Viewer) -> Choice:
    """The tenants of the viewer's teams; that the names were read is written down."""
    today = clock.today()
    async with unit_of_work() as uow:
        found = await fetch_all(
            _CHOICE,
            sorted(viewer.teams()),
            today,
            viewer.worker or 0,
            today - timedelta(days=LATELY_DAYS),
            today + timedelta(days=1),
            into=ChosenTenant,
        )
        await record(uow, viewer, "list", "tenant", "contact", {"count": len(found)})
    recent = sorted(
        (one for one in found if one.last_on is not None),
        key=lambda one: (one.last_on or today, one.code),
        reverse=True,
    )
    return Choice(recent=tuple(recent[:MOST_RECENT]), every=tuple(found))


async def chosen_tenant(viewer: Viewer, code: str) -> ChosenTenant:
    """A tenant of whom the viewer may record something; `NotFound` or `Forbidden` otherwise."""
    found = await rows.tenant_facts(code, today=clock.today())
    if found is None or not may_see_tenant(viewer, found[1]):
        raise NotFound
    if not may_record(viewer, found[1]):
        raise Forbidden
    async with unit_of_work() as uow:
        shown = await fetch_one(
            "select code, first_name, last_name from tenants where code = $1",
            code,
            into=ChosenTenant,
        )
        await record(uow, viewer, "read", "tenant", found[0], {"part": "name"})
    assert shown is not None, "its facts were read"
    return shown


_CHOICE = f"""
select t.code, t.first_name, t.last_name, greatest(
    (
        select max((e.starts_at at time zone 'Europe/Brussels')::date) from encounters e
        join encounter_workers x on x.encounter = e.id and x.worker = $3
        where e.tenant = t.id and e.starts_at >= $4::date
    ),
    (
        select max((s.starts_at at time zone 'Europe/Brussels')::date) from published_stops s
        join published_visits p on p.id = s.published_visit join visits v on v.id = p.visit
        where v.tenant = t.id and s.worker = $3 and s.state = 'confirmed'
            and s.starts_at >= $4::date and s.starts_at < $5::date
    )
) as last_on
from tenants t
where t.accepted_on <= $2 and coalesce(t.ended_on > $2 - {LATELY_DAYS}, true) and exists (
    select from assignments a where a.tenant = t.id and a.team = any($1::int[])
        and a.starts_on <= $2::date + {OPENS_DAYS_AHEAD} and coalesce(a.ends_on > $2, true)
)
order by t.name_key, t.code
"""  # noqa: S608 built of constants
