"""The places the demonstration shares: bases, street spots, shelters, offices, hospitals."""

from collections.abc import Mapping
from dataclasses import replace

from service.demo.addresses import AddressBook, public_place, spot
from service.demo.model import DemoPlace, Window
from service.people.states import StayKind
from service.places.states import PlaceKind

_EVERY_DAY = range(1, 8)

OUTSIDE: Mapping[StayKind, tuple[str, ...]] = {
    StayKind.STREET: ("spot-midi", "spot-bourse", "spot-ribaucourt", "spot-nord"),
    StayKind.SHELTER: ("shelter-1", "shelter-2"),
    StayKind.INSTITUTION: ("institution-1", "institution-2"),
    StayKind.HOSPITAL: ("hospital-1", "hospital-2"),
    StayKind.PRISON: ("prison",),
}
"""Where people stay who are not at home, by kind of stay."""

VISITING: Mapping[StayKind, tuple[Window, ...]] = {
    StayKind.HOSPITAL: tuple((day, 840, 1140) for day in _EVERY_DAY),
    StayKind.PRISON: tuple((day, 780, 960) for day in (2, 4, 6)),
    StayKind.INSTITUTION: tuple((day, 600, 1080) for day in _EVERY_DAY),
    StayKind.SHELTER: tuple((day, 540, 720) for day in range(1, 6)),
}
"""Visiting hours by kind of stay; none for the street."""

_SPOTS = {
    "spot-midi": "Gare du Midi",
    "spot-bourse": "Bourse",
    "spot-ribaucourt": "Ribaucourt",
    "spot-nord": "Gare du Nord",
}
_INVENTED = (
    ("base-act", PlaceKind.BASE, "21012", "Ribaucourt", "Maison de l'équipe", "Teamhuis"),
    ("base-icm", PlaceKind.BASE, "21013", "Porte de Hal", "Antenne sud", "Antenne zuid"),
    ("shelter-1", PlaceKind.SHELTER, "21012", "", "Abri Le Fanal", "Opvang De Bakenlamp"),
    ("shelter-2", PlaceKind.SHELTER, "21004", "", "Abri La Passerelle", "Opvang De Loopbrug"),
    ("institution-1", PlaceKind.INSTITUTION, "21010", "", "Maison Les Aubiers", "Huis De Spinten"),
    ("institution-2", PlaceKind.INSTITUTION, "21018", "", "Maison La Halte", "Huis De Halte"),
    ("office-housing", PlaceKind.OFFICE, "21014", "", "Guichet logement", "Woonloket"),
    ("office-health", PlaceKind.OFFICE, "21001", "", "Mutualité, agence", "Ziekenfonds, kantoor"),
)
_PUBLIC = (
    ("hospital-1", PlaceKind.HOSPITAL, "hospital", "CHU Saint-Pierre"),
    ("hospital-2", PlaceKind.HOSPITAL, "hospital", "CHU Brugmann"),
    ("court", PlaceKind.COURT, "courthouse", "Palais de justice"),
    ("court-etterbeek", PlaceKind.COURT, "courthouse", "Justice de Paix"),
    ("townhall-anderlecht", PlaceKind.OFFICE, "townhall", "Maison communale d'Anderlecht"),
    ("townhall-molenbeek", PlaceKind.OFFICE, "townhall", "Maison communale de Molenbeek"),
)
_WELFARE = (
    ("welfare-brussels", "townhall", "Hôtel de Ville de Bruxelles", "Bruxelles", "Brussel"),
    ("welfare-anderlecht", "townhall", "Maison communale d'A", "Anderlecht", "Anderlecht"),
    ("welfare-saint-gilles", "townhall", "Hôtel de ville Saint-G", "Saint-Gilles", "Sint-Gillis"),
    ("welfare-schaerbeek", "townhall", "Maison communale de Sch", "Schaerbeek", "Schaarbeek"),
)


def shared_places(book: AddressBook) -> list[DemoPlace]:
    """All of them; the invented ones get an address from the book."""
    made = [spot(key=key, stop=stop) for key, stop in _SPOTS.items()]
    for key, kind, refnis, near, name_fr, name_nl in _INVENTED:
        address = book.address(key=key, kind=kind, refnis=refnis, near=near)
        made.append(replace(address, name_fr=name_fr, name_nl=name_nl, box=""))
    made += [
        public_place(key=key, kind=kind, anchor_kind=anchor, name_fr=name)
        for key, kind, anchor, name in _PUBLIC
    ]
    for key, anchor, name, fr, nl in _WELFARE:
        office = public_place(
            key=key, kind=PlaceKind.WELFARE_OFFICE, anchor_kind=anchor, name_fr=name
        )
        hours = "Mo-Fr 08:30-12:00"
        made.append(
            replace(office, name_fr=f"CPAS {fr}", name_nl=f"OCMW {nl}", opening_hours=hours)
        )
    made.append(
        DemoPlace(
            key="prison",
            kind=PlaceKind.PRISON,
            municipality="21004",
            lat=50.8989,
            lon=4.4190,
            name_fr="Prison de Haren",
            name_nl="Gevangenis van Haren",
        )
    )
    return made
