"""Puts a team's week together as its board shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from scheduling.weeks import BRUSSELS
from service.database.sql import fetch_all
from service.rounds import rows
from service.rounds.board_duties import board_duties, by_cell
from service.rounds.capacity import capacity_of
from service.rounds.comparing import change_kinds, visit_changes
from service.rounds.fairness import carried_from, caseload_of, weeks_before
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.run_views import latest_run
from service.rounds.states import ChangeKind, Priority, VisitState
from service.rounds.travelling import Travel, read_travel
from service.rounds.types import (
    Area,
    BoardCell,
    BoardDuty,
    BoardRow,
    BoardVisit,
    RosterBoard,
    RosterHead,
    WaitingReason,
)
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.queries import workers_in_weeks

_URGENCY = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.WANT: 2}


async def board_of(team: TeamFacts, week: date) -> RosterBoard:
    """The board of a team's week, in a fixed number of queries."""
    done = await rows.published_minutes(team.id, weeks=weeks_before(team.policy, week))
    weeks = await workers_in_weeks(team, (week, *done))
    workers = weeks[week]
    roster = await rows.roster_of(team.id, week)
    draft = await rows.draft_visits(roster.id) if roster else ()
    published = await rows.published_visits(roster.id) if roster and roster.revision else ()
    changed = visit_changes(draft, published) if roster and roster.revision else ()
    travel = await read_travel(roster.id if roster else None, team.base)
    areas = await _areas(draft)
    visits = {
        row.id: _visit(row, areas[row.place], change_kinds(changed).get(row.id)) for row in draft
    }
    placed = [visit for visit in visits.values() if visit.state is VisitState.PLACED]
    waiting = [visit for visit in visits.values() if visit.state is VisitState.WAITING]
    duties = await board_duties(team, week)
    told = [duty for duty in duties if duty.changed and roster and roster.revision]
    return RosterBoard(
        team=team.code,
        team_name=team.name,
        team_kind=team.kind,
        week=week,
        days=_days(team, week, placed, duties),
        roster=_head(roster),
        rows=tuple(_row(one, placed, draft, travel, by_cell(duties)) for one in workers),
        waiting=tuple(sorted(waiting, key=_urgency)),
        capacity=capacity_of(
            team,
            workers,
            draft,
            travel=travel,
            duties=duties,
            carried=carried_from(team.policy, weeks, done),
        ),
        caseload=await caseload_of(team, week, workers),
        changes_since_published=len(changed) + len(told),
        run=await latest_run(team.id, week),
        open_duties=tuple(duty for duty in duties if duty.worker is None),
    )


def _days(
    team: TeamFacts, week: date, placed: Iterable[BoardVisit], duties: Iterable[BoardDuty]
) -> tuple[date, ...]:
    shown = {week + timedelta(days=weekday - 1) for weekday in team.policy.days_shown}
    shown |= {_day(visit) for visit in placed}
    shown |= {duty.starts_at.astimezone(BRUSSELS).date() for duty in duties}
    return tuple(sorted(shown))


def _day(visit: BoardVisit) -> date:
    assert visit.starts_at is not None, "a placed visit has a start"
    return visit.starts_at.astimezone(BRUSSELS).date()


def _urgency(visit: BoardVisit) -> tuple[bool, int, int, str]:
    """What must be this week first, then whoever waits longest."""
    must = visit.priority is Priority.MUST
    return not must, -visit.overdue_days, _URGENCY[visit.priority], visit.need


def _head(roster: RosterRow | None) -> RosterHead | None:
    if roster is None:
        return None
    return RosterHead(
        id=roster.id,
        state=roster.state,
        revision=roster.revision,
        version=roster.version,
        published_at=roster.published_at,
        updated_at=roster.updated_at,
    )


def _visit(row: DraftVisit, area: Area, change: ChangeKind | None) -> BoardVisit:
    return BoardVisit(
        id=row.id,
        uid=row.uid,
        need=row.need,
        tenant=row.tenant_code,
        area=area,
        kind=row.kind,
        priority=row.priority,
        state=row.state,
        minutes=row.minutes,
        workers_needed=row.workers_needed,
        workers=row.workers,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        pinned=row.pinned,
        promised=row.promised,
        overdue_days=row.overdue_days,
        reasons=msgspec.json.decode(row.reasons, type=tuple[WaitingReason, ...]),
        change=change,
    )


def _row(
    week: WorkerWeek,
    placed: Sequence[BoardVisit],
    draft: Sequence[DraftVisit],
    travel: Travel,
    duties: Mapping[tuple[str, date], tuple[BoardDuty, ...]],
) -> BoardRow:
    code = week.worker.code
    mine = [visit for visit in placed if code in visit.workers]
    by_day: dict[date, list[BoardVisit]] = defaultdict(list)
    for visit in sorted(mine, key=lambda visit: (visit.starts_at, visit.need)):
        by_day[_day(visit)].append(visit)
    rows_by_id = {row.id: row for row in draft}
    cells = []
    for index in range(7):
        day = week.monday + timedelta(days=index)
        ways = travel.ways(week.worker.travel_mode, [rows_by_id[v.id] for v in by_day[day]])
        cells.append(
            BoardCell(
                day=day,
                hours=tuple((start, end) for start, end in week.at_work[index]),
                off=not week.hours[index],
                absent=week.at_work[index] != week.hours[index],
                visits=tuple(
                    replace(visit, travel_before=way)
                    for visit, way in zip(by_day[day], ways, strict=True)
                ),
                duties=duties.get((code, day), ()),
            )
        )
    return BoardRow(
        worker=code,
        first_name=week.worker.first_name,
        last_name=week.worker.last_name,
        discipline=week.worker.discipline,
        visiting_minutes=sum(visit.minutes for visit in mine),
        share_minutes=week.share_minutes,
        cells=tuple(cells),
        comes_along=week.worker.comes_along,
    )


async def _areas(draft: Iterable[DraftVisit]) -> dict[int, Area]:
    """The municipality of each place, by the place's id."""
    found = await fetch_all(
        "select p.id, m.refnis, m.name_fr, m.name_nl from places p"
        " join municipalities m on m.refnis = p.municipality where p.id = any($1::int[])",
        sorted({row.place for row in draft}),
    )
    return {
        one["id"]: Area(refnis=one["refnis"], name_fr=one["name_fr"], name_nl=one["name_nl"])
        for one in found
    }
