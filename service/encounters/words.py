"""What outcomes, supplies and ways of contact are called on a worker's pages."""

from enum import StrEnum

from service.encounters.states import DayPart, EncounterKind, Outcome, Supply
from service.people.words import said
from service.web.i18n import N_, gettext

OUTCOME_ORDER = (
    Outcome.DONE,
    Outcome.NOT_HOME,
    Outcome.SHORTENED,
    Outcome.REFUSED,
    Outcome.MET_ELSEWHERE,
    Outcome.CANCELLED_BY_TENANT,
    Outcome.CANCELLED_BY_US,
    Outcome.IN_HOSPITAL,
    Outcome.IN_PRISON,
    Outcome.UNSAFE,
)
"""Most likely first."""

OUTCOME_ICONS = {
    Outcome.DONE: "check",
    Outcome.NOT_HOME: "door-closed",
    Outcome.SHORTENED: "timer",
    Outcome.REFUSED: "hand",
    Outcome.MET_ELSEWHERE: "map-pin",
    Outcome.CANCELLED_BY_TENANT: "calendar-x",
    Outcome.CANCELLED_BY_US: "ban",
    Outcome.IN_HOSPITAL: "hospital",
    Outcome.IN_PRISON: "lock",
    Outcome.UNSAFE: "shield-alert",
}
_OUTCOME_HINTS = {
    Outcome.NOT_HOME: N_("goes back to the waiting list"),
    Outcome.REFUSED: N_("through the door: a sign of life"),
    Outcome.UNSAFE: N_("the next one is for two"),
}
_SUPPLIES = {
    Supply.FOOD_PARCEL: N_("Food parcels"),
    Supply.HYGIENE_KIT: N_("Hygiene kits"),
    Supply.CLOTHES: N_("Clothes"),
    Supply.CONDOMS: N_("Condoms"),
    Supply.SYRINGES: N_("Syringes"),
    Supply.NALOXONE: N_("Naloxone"),
    Supply.TRANSPORT_TICKET: N_("Transport tickets"),
    Supply.PHONE_CREDIT: N_("Phone credit"),
}
_PARTS = {
    DayPart.MORNING: N_("in the morning"),
    DayPart.AFTERNOON: N_("in the afternoon"),
    DayPart.EVENING: N_("in the evening"),
}


class ContactWay(StrEnum):
    """How an unplanned contact came about, as workers say it."""

    VISIT = "visit"
    PHONE = "phone"
    OFFICE = "office"
    DOOR = "door"


CONTACT_KINDS = {
    ContactWay.VISIT: EncounterKind.HOME_VISIT,
    ContactWay.PHONE: EncounterKind.PHONE,
    ContactWay.OFFICE: EncounterKind.CONSULTATION,
    ContactWay.DOOR: EncounterKind.AT_DOOR,
}
CONTACT_ICONS = {
    ContactWay.VISIT: "house",
    ContactWay.PHONE: "phone",
    ContactWay.OFFICE: "users",
    ContactWay.DOOR: "door-open",
}
_WAYS = {
    ContactWay.VISIT: N_("Visit"),
    ContactWay.PHONE: N_("Phone call"),
    ContactWay.OFFICE: N_("At the office"),
    ContactWay.DOOR: N_("At the door"),
}
CONTACT_OUTCOMES = (Outcome.DONE, Outcome.NOT_HOME, Outcome.REFUSED, Outcome.SHORTENED)
"""What an unplanned contact can come to; the rest can be said by correcting it."""


def outcome_hint(outcome: Outcome) -> str:
    """What follows from an outcome, where that is not plain."""
    return gettext(_OUTCOME_HINTS[outcome]) if outcome in _OUTCOME_HINTS else ""


def contact_outcome(outcome: Outcome) -> str:
    """What an outcome of an unplanned contact is called."""
    return gettext(N_("not reached")) if outcome is Outcome.NOT_HOME else said(outcome)


def supply(kind: Supply) -> str:
    """'Food parcels'."""
    return gettext(_SUPPLIES[kind])


def part(value: DayPart) -> str:
    """'in the afternoon'."""
    return gettext(_PARTS[value])


def way(value: ContactWay) -> str:
    """'Phone call'."""
    return gettext(_WAYS[value])


def floor(number: int) -> str:
    """'ground floor', '3rd floor' in plain words."""
    if number == 0:
        return gettext("ground floor")
    if number < 0:
        return gettext("basement")
    return gettext("floor %(number)s", number=number)
