"""Invented addresses: streets that do not exist, at points near real stops and public places."""

from itertools import product
from random import Random

from service.demo.model import DemoPlace
from service.places.anchors import Anchor, public_places, stops
from service.places.municipalities import municipalities, municipality_of
from service.places.states import PlaceKind

# (French noun with its article, feminine, Dutch noun)
_NOUNS = (
    ("du Héron", False, "Reiger"),
    ("du Moulin", False, "Molen"),
    ("du Renard", False, "Vossen"),
    ("du Puits", False, "Putten"),
    ("du Clocher", False, "Klokken"),
    ("du Hérisson", False, "Egel"),
    ("de la Lanterne", True, "Lantaarn"),
    ("de la Fontaine", True, "Fontein"),
    ("de la Barque", True, "Schuiten"),
    ("de la Grive", True, "Lijster"),
    ("de la Charrette", True, "Karren"),
    ("de la Girouette", True, "Windwijzer"),
)
# (French masculine, feminine, Dutch)
_COLOURS = (
    ("Bleu", "Bleue", "Blauwe"),
    ("Gris", "Grise", "Grijze"),
    ("Blanc", "Blanche", "Witte"),
    ("Doré", "Dorée", "Gouden"),
    ("Distrait", "Distraite", "Verstrooide"),
    ("Enchanté", "Enchantée", "Betoverde"),
    ("Bavard", "Bavarde", "Praatgrage"),
    ("Endormi", "Endormie", "Slapende"),
    ("Voyageur", "Voyageuse", "Reizende"),
    ("Chanteur", "Chanteuse", "Zingende"),
    ("Oublié", "Oubliée", "Vergeten"),
)
_ROADS = (("Rue", "straat"), ("Avenue", "laan"), ("Clos", "gaarde"), ("Quai", "kaai"))


class AddressBook:
    """Gives out addresses; no street comes twice."""

    def __init__(self, rng: Random) -> None:
        """Shuffle the streets; the anchors stay where they are."""
        self._rng = rng
        self._streets = list(product(_ROADS, _NOUNS, _COLOURS))
        rng.shuffle(self._streets)
        self._anchors: dict[str, list[Anchor]] = {}
        for stop in stops():
            self._anchors.setdefault(stop.refnis, []).append(stop)

    def address(self, *, key: str, kind: PlaceKind, refnis: str, near: str = "") -> DemoPlace:
        """A new address in a municipality, near any of its stops or the one called `near`."""
        (road_fr, road_nl), noun, colour = self._streets.pop()
        anchors = [a for a in self._anchors[refnis] if near in ("", a.name_fr)]
        lat, lon = self._point_near(anchors, refnis)
        facts = municipalities()[refnis]
        return DemoPlace(
            key=key,
            kind=kind,
            municipality=refnis,
            lat=lat,
            lon=lon,
            street_fr=f"{road_fr} {noun[0]} {colour[1] if noun[1] else colour[0]}",
            street_nl=f"{colour[2]}-{noun[2]}{road_nl}",
            house_number=str(self._rng.randrange(1, 180)),
            box=self._rng.choice(("", "", "1", "2", "3", "12", "21")),
            postcode=facts.main_postcode,
        )

    def _point_near(self, anchors: list[Anchor], refnis: str) -> tuple[float, float]:
        """A point up to some 250 m from an anchor, in the municipality, on a 5-decimal grid."""
        while True:
            anchor = self._rng.choice(anchors)
            lat = round(anchor.lat + self._rng.uniform(-0.0018, 0.0018), 5)
            lon = round(anchor.lon + self._rng.uniform(-0.0028, 0.0028), 5)
            if municipality_of(lat=lat, lon=lon) == refnis:
                return lat, lon


def spot(*, key: str, stop: str) -> DemoPlace:
    """A place in the street at a stop, known by the stop's name."""
    anchor = next(a for a in stops() if a.name_fr == stop)
    return _at(anchor, key=key, kind=PlaceKind.SPOT)


def public_place(*, key: str, kind: PlaceKind, anchor_kind: str, name_fr: str) -> DemoPlace:
    """A public place of the open data, by its kind and French name there."""
    anchor = next(
        a for a in public_places() if a.kind == anchor_kind and a.name_fr.startswith(name_fr)
    )
    return _at(anchor, key=key, kind=kind)


def _at(anchor: Anchor, *, key: str, kind: PlaceKind) -> DemoPlace:
    return DemoPlace(
        key=key,
        kind=kind,
        municipality=anchor.refnis,
        lat=anchor.lat,
        lon=anchor.lon,
        name_fr=anchor.name_fr,
        name_nl=anchor.name_nl,
        street_fr=anchor.street_fr,
        street_nl=anchor.street_nl,
        house_number=anchor.house_number,
        postcode=anchor.postcode,
        opening_hours=anchor.opening_hours,
    )
