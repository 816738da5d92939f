"""A proposal as its page shows it: who decides on it is asked here, and what is counted."""

from dataclasses import dataclass, replace
from datetime import date

from service.access.policy import Viewer, may_plan, may_see_roster
from service.database.sql import fetch_one
from service.errors import Forbidden, NotFound
from service.people.queries import languages_to_write_in
from service.rounds import rows
from service.rounds.away_weeks import (
    AwayState,
    AwayWeek,
    AwayWorker,
    absence_by_id,
    weeks_of_absence,
)
from service.rounds.overview import worker_names
from service.rounds.proposals import DutyTurn, Proposal, needs_of, open_run, proposal_of
from service.rounds.run_types import RepairChange
from service.rounds.run_views import run_by_id
from service.rounds.states import RepairKind
from service.rounds.texts_to_send import TextToSend, text_to_send
from service.rounds.types import PlanRunView


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A change on the page; `text` is what is sent to the tenant, None if nobody must be told."""

    change: RepairChange
    visit: int | None
    text: TextToSend | None
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A run and what it proposes; `lines` is None while it is made or once it is decided on.

    `theirs`: changes of visits that the absent worker had, `others`: what moves because of them.
    `left_alone`: how many visits people decided on meanwhile. `published`: people know the week.
    `weeks`: all that the absence touches, this one too.
    """

    run: PlanRunView
    team: int
    week: date
    version: int
    published: bool
    away: AwayWorker | None
    decided: bool
    weeks: tuple[AwayWeek, ...] = ()
    theirs: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    duties: tuple[DutyTurn, ...] = ()
    stay: int = 0
    given: int = 0
    moved: int = 0
    dropped: int = 0
    new: int = 0
    left_alone: int = 0

    @property
    def next_week(self) -> AwayWeek | None:
        """The next week of the absence on which nobody decided yet."""
        weeks = [one for one in self.weeks if one.state is not AwayState.DECIDED]
        later = [one for one in weeks if one.week > self.week]
        return next(iter(later or (one for one in weeks if one.week != self.week)), None)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every change."""
        return (*self.theirs, *self.others)

    @property
    def texts(self) -> tuple[Line, ...]:
        """The changes of which a tenant must be told."""
        return tuple(line for line in self.lines if line.text is not None)

    @property
    def workers_told(self) -> tuple[str, ...]:
        """The codes of everybody whose week changes."""
        return tuple(sorted({code for line in self.lines for code in line.tell}))


async def proposal_view(viewer: Viewer, run: int) -> ProposalView:
    """A run of a team that the viewer plans, and its proposal if one waits for a decision."""
    row = await fetch_one("select team, week from plan_runs where id = $1", run)
    if row is None or not may_see_roster(viewer, row["team"]):
        raise NotFound
    if not may_plan(viewer, row["team"]):
        raise Forbidden
    view = await run_by_id(run)
    roster = await rows.roster_of(row["team"], row["week"])
    assert view is not None, "its row was just read"
    assert roster is not None, "a run is queued together with its roster"
    away = await absence_by_id(view.absence) if view.absence else None
    weeks = await weeks_of_absence(row["team"], away) if away else ()
    found = await open_run(run) if view.proposal else None
    if found is None:
        return ProposalView(
            run=view,
            team=roster.team,
            week=roster.week,
            version=roster.version,
            published=roster.revision > 0,
            away=away,
            decided=view.applied_at is not None or view.discarded_at is not None,
            weeks=weeks,
        )
    return replace(await _with_lines(view, await proposal_of(found), away), weeks=weeks)


async def _with_lines(
    view: PlanRunView, proposal: Proposal, away: AwayWorker | None
) -> ProposalView:
    draft = {row.need: row for row in await rows.draft_visits(proposal.roster.id)}
    published = proposal.roster.revision > 0
    tenants = {change.tenant for change in proposal.changes if change.tenant}
    languages = await languages_to_write_in(tenants)
    codes = {code for change in proposal.changes if change.after for code in change.after.workers}
    names = await worker_names(codes)

    def line(change: RepairChange) -> Line:
        row = draft.get(change.visit)
        told = change.tell_tenant if published else bool(row and row.promised and change.before)
        text = None
        if told and change.tenant in languages:
            text = text_to_send(
                change.tenant,
                languages[change.tenant],
                before=change.before,
                after=change.after,
                names=tuple(names[code] for code in change.after.workers) if change.after else (),
            )
        return Line(
            change=change,
            visit=row.id if row else None,
            text=text,
            tell=change.tell if published else (),
        )

    lines = [line(change) for change in proposal.changes]
    mine = [one for one in lines if away and _had(one.change, away.worker)]
    return ProposalView(
        run=view,
        team=proposal.roster.team,
        week=proposal.roster.week,
        version=proposal.roster.version,
        published=published,
        away=away,
        decided=False,
        theirs=tuple(mine),
        others=tuple(one for one in lines if one not in mine),
        duties=proposal.duties,
        stay=proposal.stay,
        given=needs_of(proposal.changes, RepairKind.GIVEN),
        moved=needs_of(proposal.changes, RepairKind.MOVED),
        dropped=needs_of(proposal.changes, RepairKind.DROPPED, RepairKind.CALLED_OFF),
        new=needs_of(proposal.changes, RepairKind.NEW),
        left_alone=len(proposal.left_alone),
    )


def _had(change: RepairChange, worker: str) -> bool:
    return change.before is not None and worker in change.before.workers
