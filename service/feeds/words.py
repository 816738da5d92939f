"""The few words a feed says, in its own language rather than its reader's page's."""

from dataclasses import dataclass

from service.access.states import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A feed's words; the calendar's name says nothing of the service behind it."""

    calendar: str
    cancelled: str
    accompanied: str
    box: str
    ended: str


WORDS = {
    Language.DUTCH: Words(
        calendar="Ronde",
        cancelled="Geannuleerd: {summary}",
        accompanied="{summary}, met {workers}",
        box="bus",
        ended="Dit agenda-abonnement is beëindigd",
    ),
    Language.FRENCH: Words(
        calendar="Tournée",
        cancelled="Annulé : {summary}",
        accompanied="{summary}, avec {workers}",
        box="bte",
        ended="Cet abonnement au calendrier a pris fin",
    ),
    Language.ENGLISH: Words(
        calendar="Round",
        cancelled="Cancelled: {summary}",
        accompanied="{summary}, with {workers}",
        box="box",
        ended="This calendar subscription has ended",
    ),
}
