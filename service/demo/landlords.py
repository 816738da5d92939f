"""Invented landlords of every kind, and the lease that goes with each."""

from random import Random

from service.demo.model import DemoLandlord
from service.housing.states import LandlordKind, LeaseKind

LANDLORDS = (
    ("sisp-1", "SISP Le Toit Voyageur / OVM Het Reizende Dak", LandlordKind.SOCIAL_HOUSING_COMPANY),
    ("sisp-2", "SISP Les Trois Clés / OVM De Drie Sleutels", LandlordKind.SOCIAL_HOUSING_COMPANY),
    ("sisp-3", "SISP La Porte Bleue / OVM De Blauwe Deur", LandlordKind.SOCIAL_HOUSING_COMPANY),
    ("ais-1", "AIS Paille et Brique / SVK Stro en Steen", LandlordKind.SOCIAL_RENTAL_AGENCY),
    ("ais-2", "AIS Quatre Murs / SVK Vier Muren", LandlordKind.SOCIAL_RENTAL_AGENCY),
    ("ais-3", "AIS Sous les Tuiles / SVK Onder de Pannen", LandlordKind.SOCIAL_RENTAL_AGENCY),
    ("cpas", "CPAS, service logement / OCMW, dienst huisvesting", LandlordKind.WELFARE_CENTRE),
    ("commune", "Régie foncière / Grondregie", LandlordKind.MUNICIPALITY),
    ("asbl", "ASBL Le Perron / VZW De Stoep", LandlordKind.NON_PROFIT),
    ("service", "Thuisronde, service de démonstration", LandlordKind.SERVICE),
    ("private-1", "Indivision Sureaupont-Klaproosens", LandlordKind.PRIVATE),
    ("private-2", "Immobilière Nuagette SRL", LandlordKind.PRIVATE),
    ("private-3", "M. Dubocageau", LandlordKind.PRIVATE),
    ("private-4", "Mevr. Waterlelye", LandlordKind.PRIVATE),
    ("private-5", "Woonkantoor Maanlanders BV", LandlordKind.PRIVATE),
)
"""Key, name, kind."""

_CHANCES = (9, 8, 7, 12, 11, 9, 4, 3, 6, 5, 6, 6, 4, 4, 6)

LEASES = {
    LandlordKind.SOCIAL_HOUSING_COMPANY: (LeaseKind.SOCIAL_HOUSING, 26_000, 36_000),
    LandlordKind.SOCIAL_RENTAL_AGENCY: (LeaseKind.SOCIAL_RENTAL_AGENCY, 38_000, 52_000),
    LandlordKind.WELFARE_CENTRE: (LeaseKind.SHORT, 36_000, 48_000),
    LandlordKind.MUNICIPALITY: (LeaseKind.MAIN_RESIDENCE, 40_000, 55_000),
    LandlordKind.NON_PROFIT: (LeaseKind.GLISSANT, 38_000, 50_000),
    LandlordKind.SERVICE: (LeaseKind.GLISSANT, 38_000, 50_000),
    LandlordKind.PRIVATE: (LeaseKind.MAIN_RESIDENCE, 52_000, 72_000),
}
"""Per kind of landlord the kind of lease and the range of its rent in cents a month."""

GLISSANT_FROM = frozenset({"service", "asbl"})
"""Who rents from an owner and sub-lets: a head lease with a sub-lease under it."""


def landlords() -> tuple[DemoLandlord, ...]:
    """All of them."""
    return tuple(DemoLandlord(key=key, name=name, kind=kind) for key, name, kind in LANDLORDS)


def some_landlord(rng: Random) -> tuple[str, LandlordKind]:
    """Key and kind of a landlord, social ones more often than private ones."""
    key, _, kind = rng.choices(LANDLORDS, _CHANCES)[0]
    return key, kind
