"""Closed lists of the housing side, from Brussels practice."""

from enum import StrEnum


class LandlordKind(StrEnum):
    PRIVATE = "private"
    SOCIAL_HOUSING_COMPANY = "social_housing_company"
    SOCIAL_RENTAL_AGENCY = "social_rental_agency"
    WELFARE_CENTRE = "welfare_centre"
    MUNICIPALITY = "municipality"
    NON_PROFIT = "non_profit"
    SERVICE = "service"


class LeaseKind(StrEnum):
    MAIN_RESIDENCE = "main_residence"
    SHORT = "short"
    GLISSANT = "glissant"
    SHARED = "shared"
    SOCIAL_HOUSING = "social_housing"
    SOCIAL_RENTAL_AGENCY = "social_rental_agency"


class LeaseLevel(StrEnum):
    """A head lease is signed with the landlord; a sub-lease under it with the tenant."""

    HEAD = "head"
    SUB = "sub"


class TenancyEnd(StrEnum):
    MOVED = "moved"
    LOST = "lost"
    DEATH = "death"


class MoveKind(StrEnum):
    FIRST_MOVE_IN = "first_move_in"
    HOME_TO_HOME = "home_to_home"
    BACK_INTO_HOME = "back_into_home"
    TO_STREET = "to_street"
    TO_INSTITUTION = "to_institution"
    BY_DEATH = "by_death"


class MoveState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
