"""Which row of which team's settings is edited, by whom."""

from dataclasses import dataclass

from service.access.policy import Viewer
from service.teams.changes.team import EditedTeam, led_team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAsked:
    """`row` is None for a new duty, its number from 1 on, a preset's name, or 'own'."""

    viewer: Viewer
    code: str
    row: str | None
    version: int | None = None
    choice: str = ""

    async def team(self) -> EditedTeam:
        """The team as it stands now."""
        return await led_team(self.viewer, self.code)
