"""The kinds of place the service knows."""

from enum import StrEnum


class PlaceKind(StrEnum):
    HOME = "home"
    BASE = "base"
    SPOT = "spot"
    SHELTER = "shelter"
    INSTITUTION = "institution"
    HOSPITAL = "hospital"
    PRISON = "prison"
    WELFARE_OFFICE = "welfare_office"
    COURT = "court"
    PHARMACY = "pharmacy"
    OFFICE = "office"
