"""The parts of a team's settings that can be edited, by the word in their address."""

from collections.abc import Mapping

from service.teams.pages.team_parts.base import BASE
from service.teams.pages.team_parts.duty import DUTY
from service.teams.pages.team_parts.preset import PRESET
from service.teams.pages.team_parts.settings import SETTINGS
from service.web.parts import Part

PARTS: Mapping[str, Part] = {"base": BASE, "duty": DUTY, "preset": PRESET}
"""Each on a page of its own; the rest of the settings stands on theirs."""

__all__ = ["PARTS", "SETTINGS"]
