"""Who is told when nobody says 'safe': a ladder in which each can be reached, or what it misses.

To be reached is to have an account that holds a role in support on that day (in a team: until the
membership there has ended), and not to be away at that time.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.clock import BRUSSELS
from service.database.sql import fetch_all
from service.safety.settings import TeamSafety
from service.safety.types import Ladder, Person

ON_DUTY = ("on_call", "standby", "evening", "weekend", "phone")
"""Kinds of duty whose worker is on call, the most fitting first."""


async def ladder_of(worker: int, settings: TeamSafety, *, at: datetime) -> Ladder:
    """Who would be told about a worker (id) of a team at an instant; two queries.

    Buddies are colleagues of the team: the one chosen last time first, then those who are on the
    road around that time. The lead is a lead of the team, else its deputy; on call is who has that
    duty, else whom the team named.
    """
    day = at.astimezone(BRUSSELS).date()
    rows = await fetch_all(_REACHABLE, settings.team, worker, at, day)
    people = {row["id"]: row for row in rows}
    lead = _first(row for row in rows if row["leads"]) or _named(people, settings.deputy)
    duties = await fetch_all(_DUTIES, settings.team, at, list(ON_DUTY))
    on_call = _first(people[row["worker"]] for row in duties if row["worker"] in people)
    return Ladder(
        buddies=tuple(
            _person(row) for row in rows if row["member"] and (lead is None or row["id"] != lead.id)
        ),
        lead=lead,
        on_call=on_call or _named(people, settings.on_call),
        reachable=frozenset(people),
    )


def _first(rows: Any) -> Person | None:
    return next((_person(row) for row in rows), None)


def _named(people: Mapping[int, dict[str, Any]], worker: int | None) -> Person | None:
    return _person(people[worker]) if worker is not None and worker in people else None


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"], code=row["code"], first_name=row["first_name"], outside=row["outside"]
    )


_REACHABLE = """
select w.id, w.code, w.first_name,
    exists (select from account_roles l where l.account = a.id and l.role = 'team_lead'
        and l.team = $1 and role_holds(w.id, $1, $4)) as leads,
    exists (select from team_memberships m where m.worker = w.id and m.team = $1
        and m.starts_on <= $4 and coalesce(m.ends_on > $4, true)) as member,
    exists (select from notice_settings n where n.account = a.id and n.confirmed_at is not null)
        or exists (select from push_subscriptions p where p.account = a.id) as outside
from workers w join accounts a on a.worker = w.id and a.active
where w.id <> $2 and w.employed_from <= $4 and coalesce(w.employed_to > $4, true)
    and exists (select from account_roles r where r.account = a.id
        and r.role in ('worker', 'team_lead', 'coordinator') and role_holds(w.id, r.team, $4))
    and not exists (select from absences b where b.worker = w.id and b.starts_at <= $3
        and b.ends_at > $3)
order by (
    select max(c.started_at) from lone_checks c where c.worker = $2 and c.buddy = w.id
) desc nulls last, exists (
    select from published_stops p where p.worker = w.id and p.state = 'confirmed'
        and p.starts_at between $3 - interval '8 hours' and $3 + interval '8 hours'
) desc, w.code
"""

_DUTIES = """
select d.published_worker as worker from duty_slots d
where d.team = $1 and d.state = 'open' and d.published_worker is not null
    and d.starts_at <= $2 and d.ends_at > $2 and d.kind = any($3::text[])
order by array_position($3::text[], d.kind::text), d.starts_at
"""
