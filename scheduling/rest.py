"""Eleven hours of rest: which pieces of somebody's work make one working day, and is it too long.

Within any twenty-four hours a worker rests eleven in a row (Belgian Labour Act of 16 March 1971,
article 38ter). Pieces of work with less than eleven hours between them belong to one working day,
which may last thirteen hours, breaks included; or as long as its longest duty, where one duty alone
is longer.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

REST = 11 * 60
LONGEST_DAY = 24 * 60 - REST


class Piece(NamedTuple):
    """Work from `start` to `end`, minutes since Monday 0:00; `duty` is its code, '' for others."""

    start: int
    end: int
    duty: str = ""


def working_days(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces in order, cut where there are eleven hours of rest."""
    day: list[Piece] = []
    until = 0
    for piece in sorted(pieces):
        if day and piece.start - until >= REST:
            yield tuple(day)
            day = []
        until = max(until, piece.end) if day else piece.end
        day.append(piece)
    if day:
        yield tuple(day)


def too_long(day: tuple[Piece, ...]) -> bool:
    """Whether a working day with a duty in it leaves too little rest.

    Working hours alone are never judged: nobody plans them here.
    """
    duties = [piece.end - piece.start for piece in day if piece.duty]
    if not duties:
        return False
    span = max(piece.end for piece in day) - day[0].start
    return span > max(LONGEST_DAY, *duties)
