"""How travel minutes are given: a straight line with a detour, or a table for each mode."""

from dataclasses import dataclass
from enum import StrEnum

from scheduling.codes import Code


class Mode(StrEnum):
    """How a worker travels."""

    WALK = "walk"
    BIKE = "bike"
    TRANSIT = "transit"
    CAR = "car"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeSpeed:
    """Speed of one mode: metres per hour along the detour, and minutes lost at each trip."""

    mode: Mode
    metres_per_hour: int
    overhead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightLine:
    """Great circle times a detour; the faster of walking and the mode: `scheduling.travel`."""

    detour_percent: int = 130
    speeds: tuple[ModeSpeed, ...] = (
        ModeSpeed(mode=Mode.WALK, metres_per_hour=4800),
        ModeSpeed(mode=Mode.BIKE, metres_per_hour=14000, overhead=3),
        ModeSpeed(mode=Mode.TRANSIT, metres_per_hour=15000, overhead=6),
        ModeSpeed(mode=Mode.CAR, metres_per_hour=22000, overhead=6),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeMinutes:
    """`minutes[i][j]`: from the i-th to the j-th of the matrix's places; may be asymmetric."""

    mode: Mode
    minutes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Given travel minutes between `places` (codes), one table per mode that a worker uses."""

    places: tuple[Code, ...]
    tables: tuple[ModeMinutes, ...]
