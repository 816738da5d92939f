"""Readings of teams, their settings and their workers' weeks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from scheduling.weeks import to_instant
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.teams.facts import TeamFacts, WorkerFacts, WorkerWeek
from service.teams.hours import Pattern, Span, Stretch, week_away, week_hours
from service.teams.policy import TeamPolicy, read_policy
from service.teams.states import TeamKind

_TEAM = "select id, code, name, kind, base, active, policy from teams"


async def team_by_code(code: str) -> TeamFacts | None:
    """A team with its settings, or None."""
    row = await fetch_one(f"{_TEAM} where code = $1", code)
    return _team(row) if row else None


async def team_by_id(team: int) -> TeamFacts | None:
    """A team with its settings, or None."""
    row = await fetch_one(f"{_TEAM} where id = $1", team)
    return _team(row) if row else None


async def active_teams() -> tuple[TeamFacts, ...]:
    """The teams that work today, by code."""
    rows = await fetch_all(f"{_TEAM} where active order by code")
    return tuple(_team(row) for row in rows)


async def planning_teams() -> tuple[TeamFacts, ...]:
    """The active teams whose week the clock drafts, by code."""
    return tuple(team for team in await active_teams() if team.policy.planned)


async def workers_in_week(team: TeamFacts, monday: date) -> tuple[WorkerWeek, ...]:
    """The week of each worker who belongs to the team on one of its days, by code."""
    return (await workers_in_weeks(team, (monday,)))[monday]


async def workers_in_weeks(
    team: TeamFacts, mondays: Sequence[date]
) -> dict[date, tuple[WorkerWeek, ...]]:
    """The same for several weeks, in four queries however many there are."""
    if not mondays:
        return {}
    first, last = min(mondays), max(mondays) + timedelta(days=7)
    rows = await fetch_all(_WORKERS, team.id, first, last)
    ids = sorted({row["id"] for row in rows})
    patterns = await patterns_of(ids, first, last)
    absences = await absences_of(ids, first, last)
    members: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        members[row["id"]].append(Span(row["member_from"], row["member_to"]))
    people = {
        row["id"]: _Person(
            facts=msgspec.convert(row, WorkerFacts, strict=False),
            employed=Span(row["employed_from"], row["employed_to"]),
            member=tuple(members[row["id"]]),
            patterns=tuple(patterns.get(row["id"], ())),
            absences=tuple(absences.get(row["id"], ())),
        )
        for row in rows
    }
    return {monday: _weeks(people.values(), team.policy, monday) for monday in mondays}


async def teams_of_shared(team: TeamFacts, monday: date) -> dict[str, tuple[TeamFacts, ...]]:
    """The visiting teams of each worker (code) of the team who is in several of them that week.

    The oldest membership comes first: it is the same order from whichever team one looks.
    """
    rows = await fetch_all(_SHARED, team.id, monday, monday + timedelta(days=7))
    others = {row["team"] for row in rows}
    known = {one.id: one for one in await active_teams() if one.id in others and one.policy.planned}
    found: dict[str, dict[int, TeamFacts]] = defaultdict(dict)
    for row in rows:
        if row["team"] in known or row["team"] == team.id:
            found[row["code"]][row["team"]] = known.get(row["team"], team)
    return {code: tuple(teams.values()) for code, teams in found.items() if len(teams) > 1}


async def planning_group(team: int, monday: date) -> int:
    """The lowest id of the teams that share workers with this one in a week, at first or second
    hand: weeks of one group are planned one after the other, each around the others' drafts."""
    planned = [one.id for one in await planning_teams()]
    root: int = await fetch_value(_GROUP, team, monday, monday + timedelta(days=7), planned)
    return root


def closed_days(policy: TeamPolicy, *, first: date, last: date) -> frozenset[date]:
    """The public holidays from `first` to the day before `last` on which the team does not work."""
    return frozenset() if policy.open_on_holidays else public_holidays(first=first, last=last)


def public_holidays(*, first: date, last: date) -> frozenset[date]:
    """The country's public holidays from `first` to the day before `last`."""
    import holidays  # a tenth of a second, and only planning asks

    known = holidays.country_holidays("BE", years=range(first.year, last.year + 1))
    return frozenset(day for day in known if first <= day < last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    facts: WorkerFacts
    employed: Span
    member: tuple[Span, ...]
    patterns: tuple[Pattern, ...]
    absences: tuple[tuple[datetime, datetime], ...]


_WORKERS = """
select w.id, w.code, w.first_name, w.last_name, w.discipline, w.skills, w.languages, w.gender,
    w.contract_percent, w.visiting_share_percent, w.may_go_alone, w.counts_as_second, w.no_dogs,
    w.travel_mode, w.max_visits_per_day, w.employed_from, w.employed_to,
    m.starts_on as member_from, m.ends_on as member_to
from team_memberships m join workers w on w.id = m.worker
where m.team = $1 and m.starts_on < $3 and coalesce(m.ends_on > $2, true)
    and w.employed_from < $3 and coalesce(w.employed_to > $2, true)
order by w.code, m.starts_on
"""

_SHARED = """
select w.code, m.team
from team_memberships m join workers w on w.id = m.worker
where m.starts_on < $3 and coalesce(m.ends_on > $2, true) and exists (
    select from team_memberships own where own.worker = m.worker and own.team = $1
        and own.starts_on < $3 and coalesce(own.ends_on > $2, true)
)
order by w.code, m.starts_on, m.team
"""

_GROUP = """
with recursive pairs as (
    select distinct a.team as one, b.team as other
    from team_memberships a join team_memberships b on b.worker = a.worker and b.team <> a.team
    where a.team = any($4::int[]) and b.team = any($4::int[])
        and a.starts_on < $3 and coalesce(a.ends_on > $2, true)
        and b.starts_on < $3 and coalesce(b.ends_on > $2, true)
), reached as (
    select $1::int as team
    union select p.other from reached r join pairs p on p.one = r.team
)
select min(team) from reached
"""

_PATTERNS = """
select p.id, p.worker, p.starts_on, p.ends_on, p.cycle_weeks, p.cycle_starts_on,
    h.cycle_week, h.weekday, h.from_minute, h.to_minute
from working_patterns p join working_hours h on h.pattern = p.id
where p.worker = any($1::int[]) and p.starts_on < $3 and coalesce(p.ends_on > $2, true)
order by p.worker, p.starts_on, h.cycle_week, h.weekday, h.from_minute
"""

_ABSENCES = """
select worker, starts_at, ends_at from absences
where worker = any($1::int[]) and starts_at < $3 and ends_at > $2 order by starts_at, ends_at
"""


def _team(row: dict[str, Any]) -> TeamFacts:
    kind = TeamKind(row["kind"])
    return TeamFacts(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=kind,
        base=row["base"],
        active=row["active"],
        policy=read_policy(kind, row["policy"]),
    )


def _weeks(people: Iterable[_Person], policy: TeamPolicy, monday: date) -> tuple[WorkerWeek, ...]:
    days = Span(monday, monday + timedelta(days=7))
    closed = closed_days(policy, first=monday, last=monday + timedelta(days=7))
    return tuple(
        WorkerWeek(
            worker=person.facts,
            monday=monday,
            hours=week_hours(
                monday, person.patterns, on_duty=((person.employed,), person.member), closed=closed
            ),
            away=week_away(monday, person.absences),
        )
        for person in people
        if _meets(person.employed, days) and any(_meets(span, days) for span in person.member)
    )


def _meets(span: Span, days: Span) -> bool:
    assert days.ends_on is not None, "a week ends"
    return span.starts_on < days.ends_on and (span.ends_on is None or span.ends_on > days.starts_on)


async def patterns_of(workers: Sequence[int], first: date, last: date) -> dict[int, list[Pattern]]:
    """The working patterns of workers in force from `first` to the day before `last`."""
    stretches: dict[int, list[Stretch]] = defaultdict(list)
    heads: dict[int, dict[str, Any]] = {}
    for row in await fetch_all(_PATTERNS, workers, first, last):
        heads[row["id"]] = row
        stretches[row["id"]].append(
            Stretch(row["cycle_week"], row["weekday"], row["from_minute"], row["to_minute"])
        )
    found: dict[int, list[Pattern]] = defaultdict(list)
    for pattern, row in heads.items():
        found[row["worker"]].append(
            Pattern(
                span=Span(row["starts_on"], row["ends_on"]),
                cycle_weeks=row["cycle_weeks"],
                cycle_starts_on=row["cycle_starts_on"],
                stretches=tuple(stretches[pattern]),
            )
        )
    return found


async def absences_of(
    workers: Sequence[int], first: date, last: date
) -> dict[int, list[tuple[datetime, datetime]]]:
    """The absences of workers that meet the days from `first` to the day before `last`."""
    bounds = to_instant(first, day=0, minute=0), to_instant(last, day=0, minute=0)
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in await fetch_all(_ABSENCES, workers, *bounds):
        found[row["worker"]].append((row["starts_at"], row["ends_at"]))
    return found
