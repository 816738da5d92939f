"""A worker's published week: what they read on their phone."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from scheduling.weeks import BRUSSELS, to_instant
from service.database.sql import fetch_all
from service.rounds.states import PublishedState, VisitKind
from service.rounds.types import Area, MyStop, MyWeek, StopPlace
from service.teams.duties import published_duties


async def week_of_worker(worker: str, week: date, *, teams: frozenset[int] | None) -> MyWeek:
    """A worker's (code) published stops and duties in a week, in two queries.

    For all teams, or those given.
    """
    bounds = to_instant(week, day=0, minute=0), to_instant(week, day=7, minute=0)
    days: dict[date, list[MyStop]] = defaultdict(list)
    given = None if teams is None else sorted(teams)
    for row in await fetch_all(_STOPS, worker, *bounds, given):
        days[row["starts_at"].astimezone(BRUSSELS).date()].append(_stop(row))
    return MyWeek(
        worker=worker,
        week=week,
        days=tuple((day, tuple(days[day])) for day in (week + timedelta(days=i) for i in range(7))),
        duties=await published_duties(worker, week, teams=teams),
    )


def _stop(row: dict[str, Any]) -> MyStop:
    return MyStop(
        visit=row["visit"],
        uid=row["uid"],
        tenant=row["tenant"],
        kind=VisitKind(row["kind"]),
        state=PublishedState(row["state"]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        partners=tuple(row["partners"]),
        companions=tuple(row["companions"]),
        promised=row["promised"],
        place=StopPlace(
            name_fr=row["name_fr"],
            name_nl=row["name_nl"],
            street_fr=row["street_fr"],
            street_nl=row["street_nl"],
            house_number=row["house_number"],
            box=row["box"],
            postcode=row["postcode"],
            area=Area(refnis=row["refnis"], name_fr=row["area_fr"], name_nl=row["area_nl"]),
            lat=row["lat"],
            lon=row["lon"],
            access_note=row["access_note"] or "",
            dogs=bool(row["dogs"]),
        ),
        changed_at=row["changed_at"],
        cancelled_at=row["cancelled_at"],
    )


_STOPS = """
select v.id as visit, v.uid, t.code as tenant, v.kind, s.state, s.starts_at, s.ends_at, v.promised,
    s.changed_at, s.cancelled_at, p.name_fr, p.name_nl, p.street_fr, p.street_nl, p.house_number,
    p.box, p.postcode, p.lat, p.lon, m.refnis, m.name_fr as area_fr, m.name_nl as area_nl,
    y.access_note, y.dogs,
    array(
        select o.code from published_stops x join workers o on o.id = x.worker
        where x.published_visit = b.id and x.state = 'confirmed' and x.worker <> s.worker
        order by x.seat
    ) as partners,
    array(
        select o.first_name from published_stops x join workers o on o.id = x.worker
        where x.published_visit = b.id and x.state = 'confirmed' and x.worker <> s.worker
        order by x.seat
    ) as companions
from published_stops s
join workers w on w.id = s.worker
join published_visits b on b.id = s.published_visit
join visits v on v.id = b.visit
join rosters r on r.id = v.roster
join tenants t on t.id = v.tenant
join places p on p.id = b.place
join municipalities m on m.refnis = p.municipality
left join lateral (
    select y.access_note, y.dogs from stays y
    where y.tenant = v.tenant and y.place = b.place
        and y.starts_on <= (s.starts_at at time zone 'Europe/Brussels')::date
        and coalesce(y.ends_on > (s.starts_at at time zone 'Europe/Brussels')::date, true)
    order by y.starts_on desc, y.id desc limit 1
) y on true
where w.code = $1 and s.starts_at >= $2 and s.starts_at < $3
    and ($4::int[] is null or r.team = any($4))
order by s.starts_at, t.code
"""
