"""The parts of a worker that can be edited, by the word in their address."""

from collections.abc import Mapping

from service.teams.pages.parts.absence import ABSENCE
from service.teams.pages.parts.exclusion import EXCLUSION
from service.teams.pages.parts.hours import HOURS
from service.teams.pages.parts.membership import MEMBERSHIP
from service.teams.pages.parts.worker import WORKER
from service.web.parts import Part

PARTS: Mapping[str, Part] = {
    "worker": WORKER,
    "team": MEMBERSHIP,
    "hours": HOURS,
    "absence": ABSENCE,
    "exclusion": EXCLUSION,
}
