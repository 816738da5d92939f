"""Tells the leads of a worker's teams that the worker will be away, and which weeks that hits."""

from datetime import date, datetime

from service import clock
from service.database.sql import fetch_all
from service.database.unit_of_work import current_unit_of_work
from service.notices.actions import notify
from service.notices.types import AbsenceNoted, Message, Recipients, RepairAsked


async def tell_of_absence(
    *, worker: str, starts_at: datetime, ends_at: datetime, by: int | None
) -> None:
    """Write notices in the unit of work in which an absence was entered or changed.

    A team whose published visits are hit is asked for a repair, week by week; the leads of the
    others hear of the absence. Whoever entered it (account `by`) needs no telling.
    """
    uow = current_unit_of_work()
    assert uow is not None, "an absence is entered in a unit of work"
    now = clock.now()
    if ends_at <= now:
        return
    key = f"absence:{worker}:{starts_at.isoformat()}:{ends_at.isoformat()}"
    for row in await fetch_all(_TEAMS, worker, max(starts_at, now), ends_at):
        message: Message = AbsenceNoted(
            worker=worker, starts_on=_day(starts_at), ends_on=_day(ends_at, last=True)
        )
        path = f"/workers/{worker}"
        if row["week"] is not None:
            message = RepairAsked(
                team=row["code"], week=row["week"], worker=worker, visits=row["visits"]
            )
            path = ""
        told = Recipients(
            leads_of=frozenset({row["team"]}), but=frozenset({by} if by is not None else ())
        )
        await notify(
            uow, message, to=told, key=f"{key}:{row['code']}:{row['week'] or ''}", path=path
        )


def _day(at: datetime, *, last: bool = False) -> date:
    """The local day of an instant; midnight at the end of an absence belongs to the day before."""
    local = at.astimezone(clock.BRUSSELS)
    if last and not (local.hour or local.minute):
        return date.fromordinal(local.date().toordinal() - 1)
    return local.date()


_TEAMS = """
select t.id as team, t.code, hit.week, coalesce(hit.visits, 0)::int as visits
from workers w
join team_memberships m on m.worker = w.id
    and m.starts_on <= $3::timestamptz::date and coalesce(m.ends_on > $2::timestamptz::date, true)
join teams t on t.id = m.team and t.active
left join lateral (
    select r.week, count(*) as visits
    from published_stops s
    join published_visits p on p.id = s.published_visit
    join visits v on v.id = p.visit
    join rosters r on r.id = v.roster
    where s.worker = w.id and s.state = 'confirmed' and r.team = t.id
        and s.starts_at < $3 and s.ends_at > $2
    group by r.week
) hit on true
where w.code = $1
order by t.code, hit.week
"""
