"""The few words a feed says, in its own language rather than its reader's page's."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.access.states import Language
from service.teams.states import DutyKind


@dataclass(frozen=True, slots=True)
class Words:
    """A feed's words; the calendar's name says nothing of the service behind it."""

    calendar: str
    cancelled: str
    named: str
    accompanied: str
    box: str
    ended: str
    duties: Mapping[DutyKind, str]


WORDS = {
    Language.DUTCH: Words(
        calendar="Ronde",
        cancelled="Geannuleerd: {summary}",
        named="{workers}: {summary}",
        accompanied="{summary}, met {workers}",
        box="bus",
        ended="Dit agenda-abonnement is beëindigd",
        duties={
            DutyKind.STANDBY: "Wachtdienst",
            DutyKind.EVENING: "Avonddienst",
            DutyKind.WEEKEND: "Weekenddienst",
            DutyKind.PHONE: "Telefoonpermanentie",
            DutyKind.ON_CALL: "Oproepbaar",
        },
    ),
    Language.FRENCH: Words(
        calendar="Tournée",
        cancelled="Annulé : {summary}",
        named="{workers} : {summary}",
        accompanied="{summary}, avec {workers}",
        box="bte",
        ended="Cet abonnement au calendrier a pris fin",
        duties={
            DutyKind.STANDBY: "Garde",
            DutyKind.EVENING: "Service du soir",
            DutyKind.WEEKEND: "Service de week-end",
            DutyKind.PHONE: "Permanence téléphonique",
            DutyKind.ON_CALL: "Rappelable",
        },
    ),
    Language.ENGLISH: Words(
        calendar="Round",
        cancelled="Cancelled: {summary}",
        named="{workers}: {summary}",
        accompanied="{summary}, with {workers}",
        box="box",
        ended="This calendar subscription has ended",
        duties={
            DutyKind.STANDBY: "Standby",
            DutyKind.EVENING: "Evening duty",
            DutyKind.WEEKEND: "Weekend duty",
            DutyKind.PHONE: "Phone duty",
            DutyKind.ON_CALL: "On call",
        },
    ),
}
