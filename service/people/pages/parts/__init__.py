"""The parts of a tenant that can be edited, by the word in their address."""

from collections.abc import Mapping

from service.people.pages.part import Part
from service.people.pages.parts.agreement import AGREEMENT, PAUSE
from service.people.pages.parts.appointment import APPOINTMENT
from service.people.pages.parts.assignment import ASSIGNMENT
from service.people.pages.parts.observed import ETHOS, INCOME
from service.people.pages.parts.person import PERSON
from service.people.pages.parts.safety import EXCLUSION, FLAG
from service.people.pages.parts.series import SERIES
from service.people.pages.parts.stay import STAY

PARTS: Mapping[str, Part] = {
    "person": PERSON,
    "team": ASSIGNMENT,
    "ethos": ETHOS,
    "income": INCOME,
    "stay": STAY,
    "agreement": AGREEMENT,
    "pause": PAUSE,
    "series": SERIES,
    "appointment": APPOINTMENT,
    "exclusion": EXCLUSION,
    "flag": FLAG,
}
