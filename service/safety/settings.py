"""What a team set for its lone-worker checks and no-contact alerts; the field's defaults."""

from dataclasses import dataclass

from service.database.sql import fetch_all, fetch_one
from service.safety.states import LoneVisits


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSafety:
    """A team's settings. Minutes of the ladder count from the planned end, days are whole days.

    `deputy` and `on_call` are workers' ids. `version` is 0 for a team that never changed them.
    """

    team: int
    lone_visits: LoneVisits = LoneVisits.EVERY
    due_minutes: int = 15
    buddy_minutes: int = 20
    lead_minutes: int = 30
    on_call_minutes: int = 45
    extend_minutes: int = 15
    no_signal_minutes: int = 5
    deputy: int | None = None
    on_call: int | None = None
    on_call_phone: str = ""
    keep_days: int = 30
    missed_visits: int = 3
    gap_days: int = 7
    sooner_days: int = 1
    sooner_for_days: int = 30
    version: int = 0

    def begins_by_itself(self, *, home: bool) -> bool:
        """Whether a check begins with a visit made alone (at a home or not) without being asked."""
        if self.lone_visits is LoneVisits.HOMES:
            return home
        return self.lone_visits is LoneVisits.EVERY


async def safety_of_team(team: int) -> TeamSafety:
    """A team's settings, or the defaults."""
    found = await fetch_one(f"{_SETTINGS} where team = $1", team, into=TeamSafety)
    return found or TeamSafety(team=team)


async def safety_of_teams() -> dict[int, TeamSafety]:
    """The settings of every team that set any."""
    return {row.team: row for row in await fetch_all(_SETTINGS, into=TeamSafety)}


_SETTINGS = """
select team, lone_visits, due_minutes, buddy_minutes, lead_minutes, on_call_minutes,
    extend_minutes, no_signal_minutes, deputy, on_call, on_call_phone, keep_days, missed_visits,
    gap_days, sooner_days, sooner_for_days, version
from safety_settings
"""
