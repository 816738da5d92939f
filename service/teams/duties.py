"""Readings of a team's duty slots: those of a week, and the work around it that rest counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from scheduling.weeks import BRUSSELS, to_instant
from service.database.sql import fetch_all
from service.teams.duty_rules import OWN, slots_of_week
from service.teams.facts import TeamFacts
from service.teams.queries import public_holidays
from service.teams.states import Discipline, DutyKind, DutyState

WEEKS_COUNTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacts:
    """A duty slot of a week; workers are codes, `place` an id.

    `worker` is the draft's, `published` who was told. A slot of the settings that has no row yet
    has neither. `holiday`: it begins on a public holiday.
    """

    key: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    disciplines: tuple[Discipline, ...] = ()
    skills: tuple[str, ...] = ()
    place: int | None = None
    visits: bool = False
    worker: str | None = None
    held: bool = False
    published: str | None = None
    holiday: bool = False


async def duties_in_week(team: TeamFacts, monday: date) -> tuple[DutyFacts, ...]:
    """The slots that begin in the week, by start and key; those called off are left out.

    A row that the settings no longer ask for counts only if a person added it, gave it to
    somebody, or it was published.
    """
    rows = await fetch_all(_ROWS, team.id, *_bounds(monday))
    holidays = public_holidays(first=monday, last=monday + timedelta(days=7))
    slots = slots_of_week(team.policy.duties, monday, holidays=holidays)
    found = {
        slot.key: DutyFacts(
            key=slot.key,
            kind=slot.kind,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            disciplines=slot.disciplines,
            skills=slot.skills,
            visits=slot.visits,
        )
        for slot in slots
    }
    for row in rows:
        people = {name: row[name] for name in ("worker", "held", "published")}
        if row["state"] == DutyState.CALLED_OFF:
            found.pop(row["key"], None)
        elif row["key"] in found:
            found[row["key"]] = replace(found[row["key"]], place=row["place"], **people)
        elif row["key"].startswith(f"{OWN}.") or row["held"] or row["published"]:
            found[row["key"]] = DutyFacts(
                key=row["key"],
                kind=DutyKind(row["kind"]),
                starts_at=row["starts_at"],
                ends_at=row["ends_at"],
                disciplines=tuple(Discipline(one) for one in row["disciplines"]),
                skills=tuple(row["skills"]),
                place=row["place"],
                visits=row["visits"],
                **people,
            )
    marked = (_on_holiday(duty, holidays) for duty in found.values())
    return tuple(sorted(marked, key=lambda duty: (duty.starts_at, duty.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAround:
    """Duty of a worker (code) that no plan of this week changes.

    `own`: for the team that asks, on another week's day; `visits` go on meanwhile.
    """

    worker: str
    starts_at: datetime
    ends_at: datetime
    own: bool
    visits: bool


async def duties_around(
    team: TeamFacts, monday: date, workers: Sequence[str]
) -> tuple[WorkAround, ...]:
    """Duties for other teams from the Sunday before to the Monday after, and own ones on those
    two days, as drafted or published."""
    first = to_instant(monday, day=-1, minute=0)
    last = to_instant(monday, day=8, minute=0)
    rows = await fetch_all(
        _AROUND, list(workers), first, last, team.id, *_bounds(monday), into=WorkAround
    )
    return tuple(rows)


async def duty_minutes(monday: date, workers: Sequence[str]) -> Mapping[str, int]:
    """Minutes of duty by worker in the weeks before, for whichever team."""
    first = monday - timedelta(weeks=WEEKS_COUNTED)
    rows = await fetch_all(
        _MINUTES,
        list(workers),
        to_instant(first, day=0, minute=0),
        to_instant(monday, day=0, minute=0),
    )
    return {row["worker"]: row["minutes"] for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDuty:
    """A published duty of a worker."""

    uid: UUID
    team: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    visits: bool


async def published_duties(
    worker: str, monday: date, *, teams: frozenset[int] | None
) -> tuple[MyDuty, ...]:
    """A worker's (code) published duties that begin in the week: for all teams, or those given."""
    given = None if teams is None else sorted(teams)
    return tuple(await fetch_all(_MINE, worker, *_bounds(monday), given, into=MyDuty))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFacts:
    """What the team has `count` times in a week."""

    code: str
    count: int


async def resources_in_week(team: int, monday: date) -> tuple[ResourceFacts, ...]:
    """The team's resources that are there on every day of the week, by code."""
    rows = await fetch_all(
        "select code, available as count from resources where team = $1 and starts_on <= $2"
        " and coalesce(ends_on >= $3, true) order by code",
        team,
        monday,
        monday + timedelta(days=7),
        into=ResourceFacts,
    )
    return tuple(rows)


def _bounds(monday: date) -> tuple[datetime, datetime]:
    return to_instant(monday, day=0, minute=0), to_instant(monday, day=7, minute=0)


def _on_holiday(duty: DutyFacts, holidays: frozenset[date]) -> DutyFacts:
    return replace(duty, holiday=duty.starts_at.astimezone(BRUSSELS).date() in holidays)


_ROWS = """
select d.key, d.kind, d.state, d.starts_at, d.ends_at, d.disciplines, d.skills, d.place, d.visits,
    d.held, w.code as worker, p.code as published
from duty_slots d
left join workers w on w.id = d.worker
left join workers p on p.id = d.published_worker
where d.team = $1 and d.starts_at >= $2 and d.starts_at < $3
order by d.key
"""

_AROUND = """
select distinct w.code as worker, d.starts_at, d.ends_at, d.team = $4 as own, d.visits
from duty_slots d join workers w on w.id in (d.worker, d.published_worker)
where w.code = any($1::text[]) and d.state = 'open' and d.starts_at < $3 and d.ends_at > $2
    and (d.team <> $4 or d.starts_at < $5 or d.starts_at >= $6)
order by worker, starts_at, ends_at
"""

_MINUTES = """
select w.code as worker, (sum(extract(epoch from d.ends_at - d.starts_at)) / 60)::int as minutes
from duty_slots d join workers w on w.id = coalesce(d.published_worker, d.worker)
where w.code = any($1::text[]) and d.state = 'open' and d.starts_at >= $2 and d.starts_at < $3
group by w.code
"""

_MINE = """
select d.uid, t.code as team, d.kind, d.starts_at, d.ends_at, d.visits
from duty_slots d join workers w on w.id = d.published_worker join teams t on t.id = d.team
where w.code = $1 and d.starts_at >= $2 and d.starts_at < $3
    and ($4::int[] is null or d.team = any($4))
order by d.starts_at, d.uid
"""
