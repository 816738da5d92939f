"""Puts the board page together: whatever happened, people see the board as it now stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Request, Response

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.audit.actions import record_reading
from service.errors import Forbidden, NotFound
from service.people.queries import tenant_names
from service.places.queries import municipality_name
from service.rounds import sentences, words
from service.rounds.day_line import in_order, other_times
from service.rounds.overview import TeamChoice, board_teams
from service.rounds.own_visits import changeable_visits, last_change
from service.rounds.pages.ago import ago
from service.rounds.pages.view import view_of
from service.rounds.queries import roster_board
from service.rounds.states import Effort, VisitKind
from service.rounds.types import Area, BoardVisit, DraftBreach, RosterBoard
from service.teams.queries import team_by_code
from service.teams.words import discipline
from service.teams.words import duty as duty_word
from service.web.i18n import N_, current_language
from service.web.page import page

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back from a change: a form that is sent as it stands."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, what it breaks now, and the way back; `lines` say more of it.

    `onward`: the address and the words of what comes next.
    """

    text: str
    breaches: tuple[DraftBreach, ...] = ()
    undo: Undo | None = None
    alarm: bool = False
    lines: tuple[str, ...] = ()
    onward: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into the move form, kept when it could not be done."""

    day: str
    time: str
    workers: tuple[str, ...]
    errors: dict[str, str]


def board_path(team: str, week: date, *, visit: int | None = None) -> str:
    """Return the address of a team's week, with a visit's panel open."""
    path = f"/board/{team}/{week.isoformat()}"
    return path if visit is None else f"{path}?visit={visit}"


def area_name(area: Area) -> str:
    """A municipality in the reader's language."""
    return municipality_name(area.refnis, current_language().value)


def partner_names(board: RosterBoard, visit: BoardVisit, row: str) -> str:
    """Who else goes, as their rows are called; by code who has no row here (another team's)."""
    called = {
        one.worker: f"{one.first_name}\N{NO-BREAK SPACE}{one.last_name[:1]}." for one in board.rows
    }
    return ", ".join(called.get(code, code) for code in visit.partners(row))


def in_brussels(at: datetime) -> datetime:
    """An instant on the clock of Brussels."""
    return at.astimezone(clock.BRUSSELS)


async def team_choice(viewer: Viewer, code: str) -> tuple[TeamChoice, tuple[TeamChoice, ...]]:
    """Return the team with this code and all teams the viewer can switch to."""
    teams = await board_teams(viewer)
    for team in teams:
        if team.code == code:
            return team, teams
    raise NotFound


async def led_team(viewer: Viewer, code: str) -> TeamChoice:
    """Return a team that the viewer plans: `NotFound` for a stranger's, `Forbidden` for a reader.

    Asked before a form is read, so that a stranger learns nothing from what is wrong with it.
    """
    team, _teams = await team_choice(viewer, code)
    if not team.plans:
        raise Forbidden(
            N_("Only the team's lead changes its week."), advice=N_("Ask the lead of the team.")
        )
    return team


async def changed_team(viewer: Viewer, code: str) -> TeamChoice:
    """Return a team whose weeks the viewer changes, all of it or visits of their own."""
    team, _teams = await team_choice(viewer, code)
    if not team.changes:
        raise Forbidden(
            N_("Only the team's lead changes its week."), advice=N_("Ask the lead of the team.")
        )
    return team


def undo_of(team: str, week: date, step: int | None, *, show: int | None = None) -> Undo | None:
    """The form that takes a step back; `show`: the visit whose panel stays open."""
    if step is None:
        return None
    shown = "" if show is None else f"?show={show}"
    return Undo(path=f"{board_path(team, week)}/undo{shown}", fields=(("step", str(step)),))


async def board_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    *,
    team: str,
    week: date,
    visit: int | None = None,
    day: str | None = None,
    notice: Notice | None = None,
    typed: Typed | None = None,
    status: int = 200,
) -> Response[str]:
    """Render the board of a team's week; `visit` opens its panel, and must stand in the week."""
    choice, teams = await team_choice(viewer, team)
    board = await roster_board(viewer, team=team, week=week)
    open_visit = None if visit is None else find_visit(board, visit)
    view = view_of(request)
    names = await tenant_names(viewer, _tenants(board)) if view.names or open_visit else {}
    if names:
        await record_reading(viewer, "board", f"{team} {week.isoformat()}")
    mine = await changeable_visits(viewer, team=team, week=week)
    facts = await team_by_code(team)
    return page(
        request,
        "rounds/board.html",
        status=status,
        board=board,
        team=choice,
        teams=teams,
        week=week,
        weeks=_weeks(week),
        address=_address(team, week, visit=visit, day=day),
        local=in_brussels,
        shown_day=_shown_day(board, day, open_visit),
        open_visit=open_visit,
        changed=await last_change(open_visit.id) if open_visit else None,
        ago=ago,
        may_change=lambda one: mine is None or one.id in mine,
        others=lambda one: _others(board, one, mine),
        cell_times=lambda cell: other_times(facts.policy, cell) if facts else (),
        in_order=in_order,
        notice=notice,
        typed=typed,
        view=view,
        names=names,
        efforts=tuple(Effort),
        kinds=tuple(VisitKind),
        area_name=area_name,
        partner_names=lambda one, row: partner_names(board, one, row),
        discipline=discipline,
        duty_word=duty_word,
        sentences=sentences,
        words=words,
        now=clock.now(),
        today=clock.today(),
    )


def find_visit(board: RosterBoard, visit: int) -> BoardVisit:
    """Return a visit of the board by id; raises `NotFound`."""
    for one in all_visits(board):
        if one.id == visit:
            return one
    raise NotFound


def _others(board: RosterBoard, visit: BoardVisit, mine: frozenset[int] | None) -> list[BoardVisit]:
    """The placed visits that one may change places with, by time."""
    found = {one.id: one for one in all_visits(board) if one.starts_at is not None}
    found.pop(visit.id, None)
    allowed = [one for one in found.values() if mine is None or one.id in mine]
    return sorted(allowed, key=lambda one: (one.starts_at, one.tenant))


def all_visits(board: RosterBoard) -> Sequence[BoardVisit]:
    """Every visit of the board, once for each row it stands in."""
    placed = [one for row in board.rows for cell in row.cells for one in cell.visits]
    return [*placed, *board.waiting]


def _address(team: str, week: date, *, visit: int | None, day: str | None) -> str:
    """The address that shows this page again, whatever form led to it."""
    path = board_path(team, week, visit=visit)
    return path if visit is not None or day is None else f"{path}?day={day}"


def _tenants(board: RosterBoard) -> frozenset[str]:
    return frozenset(one.tenant for one in all_visits(board))


def _weeks(week: date) -> tuple[date, date, date]:
    """The week before, this week by the clock, and the week after."""
    return week - timedelta(days=7), monday_of(clock.today()), week + timedelta(days=7)


def _shown_day(board: RosterBoard, asked: str | None, visit: BoardVisit | None) -> str:
    """The day a phone shows: the one asked, else the open visit's, today, or the first."""
    days = [day.isoformat() for day in board.days]
    if asked in {*days, WAITING}:
        return str(asked)
    if visit is not None and visit.starts_at is not None:
        return visit.starts_at.astimezone(clock.BRUSSELS).date().isoformat()
    if visit is not None:
        return WAITING
    today = clock.today().isoformat()
    return today if today in days else next(iter(days), WAITING)
