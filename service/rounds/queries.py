"""Readings of plan runs, rosters and published weeks; access is decided here, at the fetch."""

from datetime import date

from service.access.policy import Viewer
from service.rounds.types import MyWeek, PlanRunView, PublicationPreview, RosterBoard


async def roster_board(viewer: Viewer, *, team: str, week: date) -> RosterBoard:
    """All that the board of a team's week shows, in a fixed number of queries.

    `team` is a code, `week` a Monday. Raises `NotFound` for a team the viewer may not see.
    """
    raise NotImplementedError


async def my_week(viewer: Viewer, *, worker: str, week: date) -> MyWeek:
    """A worker's published stops, Monday to Sunday; `NotFound` unless it is theirs to see."""
    raise NotImplementedError


async def latest_plan_run(viewer: Viewer, *, team: str, week: date) -> PlanRunView | None:
    """The newest plan run of a team's week, for polling its progress; one indexed query."""
    raise NotImplementedError


async def plan_run(viewer: Viewer, run: int) -> PlanRunView:
    """A plan run by id; `NotFound` where it is not the viewer's to see."""
    raise NotImplementedError


async def publication_preview(viewer: Viewer, *, team: str, week: date) -> PublicationPreview:
    """What publishing would change, who gets it, and what forbids it. Reads only."""
    raise NotImplementedError
