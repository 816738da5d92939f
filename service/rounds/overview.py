"""The teams whose weeks a viewer may see, and how far each week is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer, may_plan, plans_own, roster_teams_filter
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.rounds.states import RosterState
from service.teams.policy import read_policy
from service.teams.states import TeamKind

VISITING = (TeamKind.ACT, TeamKind.ICM, TeamKind.MOBILE)
"""The kinds of team whose weeks are planned."""


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team with a board that the viewer may see; `plans`: may plan and publish there.

    `plans_own`: a worker there who may plan visits of their own.
    """

    id: int
    code: str
    name: str
    kind: TeamKind
    plans: bool = False
    plans_own: bool = False

    @property
    def changes(self) -> bool:
        """Whether the viewer changes anything of its weeks."""
        return self.plans or self.plans_own


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """How far a team's week is; `state` is None before the first draft."""

    team: str
    week: date
    state: RosterState | None
    revision: int
    published_at: datetime | None
    placed: int
    waiting: int


def week_to_plan() -> date:
    """Return the week a board opens with: from Thursday on, the drafts are for the next one."""
    return monday_of(clock.today() + timedelta(days=4))


async def board_teams(viewer: Viewer) -> tuple[TeamChoice, ...]:
    """Return the visiting teams whose boards the viewer may see, by name."""
    allowed = roster_teams_filter(viewer)
    found = await fetch_all(
        """
        select id, code, name, kind, policy from teams
         where active and kind = any($1::text[]) and ($2::integer[] is null or id = any($2))
         order by name, code
        """,
        list(VISITING),
        None if allowed is None else sorted(allowed),
    )
    return tuple(_choice(row, viewer) for row in found)


def _choice(row: dict[str, Any], viewer: Viewer) -> TeamChoice:
    kind = TeamKind(row["kind"])
    theirs = read_policy(kind, row["policy"]).workers_plan_own
    return TeamChoice(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=kind,
        plans=may_plan(viewer, row["id"]),
        plans_own=plans_own(viewer, row["id"], self_planned=theirs),
    )


async def team_weeks(teams: tuple[TeamChoice, ...], weeks: tuple[date, ...]) -> list[TeamWeek]:
    """Return how far each of these teams' weeks is, in one query."""
    return await fetch_all(
        """
        select t.code as team, w.week, r.state, coalesce(r.revision, 0) as revision,
               r.published_at,
               count(v.id) filter (where v.state = 'placed') as placed,
               count(v.id) filter (where v.state = 'waiting') as waiting
          from unnest($2::date[]) as w(week)
          cross join teams t
          left join rosters r on r.team = t.id and r.week = w.week
          left join visits v on v.roster = r.id
         where t.id = any($1::integer[])
         group by t.code, t.name, w.week, r.id
         order by t.name, t.code, w.week
        """,
        [team.id for team in teams],
        list(weeks),
        into=TeamWeek,
    )


@dataclass(frozen=True, slots=True)
class WorkerShown:
    """A worker whose week is shown."""

    code: str
    first_name: str
    last_name: str


async def worker_names(codes: Collection[str]) -> dict[str, str]:
    """First names by workers' codes: colleagues go by name."""
    rows = await fetch_all(
        "select code, first_name from workers where code = any($1::text[])", sorted(codes)
    )
    return {row["code"]: row["first_name"] for row in rows}


async def own_worker(viewer: Viewer) -> WorkerShown | None:
    """Return the worker who the viewer is, None for an account without one."""
    return await fetch_one(
        "select code, first_name, last_name from workers where id = $1",
        viewer.worker,
        into=WorkerShown,
    )


async def worker_shown(viewer: Viewer, code: str) -> WorkerShown:
    """Return a worker of a team whose roster the viewer may see; raises `NotFound` otherwise."""
    allowed = roster_teams_filter(viewer)
    found = await fetch_one(
        """
        select w.code, w.first_name, w.last_name from workers w
         where w.code = $1 and ($2::integer[] is null or exists (
            select from team_memberships m where m.worker = w.id and m.team = any($2)))
        """,
        code,
        None if allowed is None else sorted(allowed),
        into=WorkerShown,
    )
    if found is None:
        raise NotFound
    return found
