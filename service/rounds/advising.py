"""What would help a team most that cannot meet its agreements: tried, not proved."""

from datetime import date

from scheduling.capacity import Advice, capacity
from service.access.policy import Viewer, may_plan, may_see_roster
from service.errors import Forbidden, NotFound
from service.rounds.desks import desk_of
from service.teams.queries import team_by_code


async def advice_for(viewer: Viewer, *, team: str, week: date) -> Advice:
    """Which half-day of which discipline would place most in the draft, and what an hour more
    would bring; a second or two. For who plans the team."""
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden
    return await (await desk_of(found, week)).ask(capacity)
