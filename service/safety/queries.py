"""Readings of checks and alerts; access is decided here, at the fetch."""

from collections.abc import Collection
from dataclasses import dataclass

from service import clock
from service.access.policy import (
    Viewer,
    may_decide_alert,
    may_log_alert,
    may_see_alerts,
    may_see_check,
)
from service.database.sql import fetch_all, fetch_value
from service.errors import NotFound
from service.safety.alerts import alert_by_id, open_alerts, steps_of_alert
from service.safety.checks import (
    check_by_id,
    lone_visits,
    open_check_of,
    open_checks,
    steps_of,
)
from service.safety.ladder import ladder_of
from service.safety.no_contact import judged
from service.safety.settings import TeamSafety, safety_of_team, safety_of_teams
from service.safety.silences import silences
from service.safety.types import AlertView, CheckView, Ladder, LoneVisit, StepLine
from service.safety.unrecorded import UnrecordedVisit, unrecorded_visits

__all__ = [
    "AwaitedRecord",
    "CheckPage",
    "UnrecordedVisit",
    "alerts_of",
    "awaited_records",
    "my_page",
    "my_visit",
    "open_alert_codes",
    "safety_of_team",
    "unrecorded_of",
    "unrecorded_visits",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """A worker's page: the own check, the visits made alone today, whom the worker watches over.

    `ladder` is that of a check that would begin now; None for whoever works in no team. `led`:
    codes of the teams whose settings the viewer may change.
    """

    own: CheckView | None
    settings: TeamSafety | None
    ladder: Ladder | None
    visits: tuple[LoneVisit, ...]
    others: tuple[CheckView, ...]
    led: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedRecord:
    """A tenant (code) whose alert waits for the record of the latest visit.

    `days` without a sign of life and `missed` visits as recorded, `by_visits`: the latter give
    cause. `writes`: the viewer may record.
    """

    tenant: str
    writes: bool
    days: int
    missed: int
    by_visits: bool
    visit: UnrecordedVisit


async def my_page(viewer: Viewer) -> CheckPage:
    """What a viewer sees of lone-worker checks: the own one, and those of teams and ladders."""
    teams = sorted(viewer.teams())
    others = [
        one
        for one in await open_checks(teams=teams, ladder_of=viewer.worker)
        if may_see_check(viewer, one.facts) and one.worker.id != viewer.worker
    ]
    team = await own_team(viewer)
    settings = await safety_of_team(team) if team is not None else None
    now = clock.now()
    led = await _led(viewer)
    if viewer.worker is None or settings is None:
        return CheckPage(
            own=None, settings=None, ladder=None, visits=(), others=tuple(others), led=led
        )
    return CheckPage(
        led=led,
        own=await open_check_of(viewer.worker),
        settings=settings,
        ladder=await ladder_of(viewer.worker, settings, at=now),
        visits=tuple(
            visit
            for visit in await lone_visits(viewer.worker, clock.today())
            if visit.ends_at > now and not visit.done
        ),
        others=tuple(sorted(others, key=lambda one: (viewer.worker != one.buddy.id, one.ends_at))),
    )


async def _led(viewer: Viewer) -> tuple[str, ...]:
    rows = await fetch_all("select id, code from teams where active order by code")
    return tuple(row["code"] for row in rows if may_decide_alert(viewer, row["id"]))


async def own_team(viewer: Viewer) -> int | None:
    """The team for which a viewer would be alone: the oldest membership that a role goes with."""
    team: int | None = await fetch_value(
        "select m.team from team_memberships m where m.worker = $1 and m.team = any($2::int[])"
        " and m.starts_on <= $3 and coalesce(m.ends_on > $3, true) order by m.starts_on, m.team",
        viewer.worker,
        sorted(viewer.teams()),
        clock.today(),
    )
    return team


async def my_visit(viewer: Viewer, visit: int) -> LoneVisit:
    """A visit that the viewer makes alone today; raises `NotFound`."""
    if viewer.worker is not None:
        for one in await lone_visits(viewer.worker, clock.today()):
            if one.visit == visit:
                return one
    raise NotFound


async def shown_check(viewer: Viewer, check: int) -> tuple[CheckView, tuple[StepLine, ...]]:
    """A check and its log; `NotFound` where it is not the viewer's to see.

    One that has ended is for its worker and for those on its ladder alone.
    """
    found = await check_by_id(check)
    if found is None or not may_see_check(viewer, found.facts):
        raise NotFound
    near = {found.worker.id, *found.facts.ladder}
    if found.ended_at is not None and viewer.worker not in near:
        raise NotFound
    return found, await steps_of(check)


async def alerts_of(viewer: Viewer, *, team: int | None = None) -> tuple[AlertView, ...]:
    """The open alerts of the teams whose alerts the viewer may see, the oldest first."""
    return tuple(one for one in await open_alerts(team=team) if may_see_alerts(viewer, one.team))


async def awaited_records(viewer: Viewer) -> tuple[AwaitedRecord, ...]:
    """The tenants with cause for an alert that waits for a visit's record, by code."""
    now = clock.now()
    settings = await safety_of_teams()
    held = {}
    for one in await silences(clock.today(), now=now):
        if one.alert is None and may_see_alerts(viewer, one.team):
            team = settings.get(one.team, TeamSafety(team=one.team))
            verdict = judged(one.silence, team, on=clock.today())
            if verdict.awaits is not None:
                held[one.tenant] = (one, verdict, verdict.missed >= team.missed_visits)
    visits = {row.tenant: row for row in await unrecorded_visits(list(held), now=now)}
    return tuple(
        AwaitedRecord(
            tenant=one.code,
            writes=may_log_alert(viewer, one.team),
            days=verdict.days,
            missed=verdict.missed,
            by_visits=by_visits,
            visit=visits[one.tenant],
        )
        for one, verdict, by_visits in sorted(held.values(), key=lambda found: found[0].code)
    )


async def unrecorded_of(alert: AlertView) -> tuple[UnrecordedVisit, ...]:
    """The visits that await their record, of a tenant with an alert that is open."""
    if alert.closed_at is not None:
        return ()
    return await unrecorded_visits((alert.tenant_id,), now=clock.now())


async def shown_alert(viewer: Viewer, alert: int) -> AlertView:
    """An alert with its log; `NotFound` where it is not the viewer's to see."""
    found = await alert_by_id(alert)
    if found is None or not may_see_alerts(viewer, found.team):
        raise NotFound
    return await steps_of_alert(found)


async def open_alert_codes(viewer: Viewer, tenants: Collection[str]) -> dict[str, int]:
    """Ids of the open alerts of some tenants (codes), of those the viewer may see."""
    rows = await fetch_all(
        "select t.code, c.id, c.team from contact_alerts c join tenants t on t.id = c.tenant"
        " where c.closed_at is null and t.code = any($1::text[])",
        sorted(tenants),
    )
    return {row["code"]: row["id"] for row in rows if may_see_alerts(viewer, row["team"])}
