"""Hours of a day as people write them: '9:00-12:30, 14-17', read and written back."""

import re
from collections.abc import Iterable
from itertools import pairwise

Stretch = tuple[int, int]
"""Local minutes, half-open."""

_TIME = r"(\d{1,2})(?:[:.hHuU]?(\d{2})|[:.hHuU])?"
_STRETCH = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|to|tot|à)\s*{_TIME}\s*")


def read_hours(text: str) -> tuple[Stretch, ...]:
    """The stretches of a day, in order; nothing for an empty text.

    Raises `ValueError` for what is no stretch, ends before it begins, or overlaps.
    """
    found = sorted(_stretch(part) for part in re.split(r"[,;+]", text) if part.strip())
    for (_, end), (start, _) in pairwise(found):
        if start < end:
            raise ValueError("stretches overlap")
    return tuple(found)


def hours_text(stretches: Iterable[Stretch]) -> str:
    """'09:00–12:30, 14:00–17:00'."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in sorted(stretches))


def read_time(text: str) -> int:
    """Minutes after midnight of '9:30', '9.30', '9h30' or '9'; raises `ValueError`."""
    found = re.fullmatch(rf"\s*{_TIME}\s*", text)
    if found is None:
        raise ValueError("not a time")
    return _minutes(found[1], found[2])


def _stretch(text: str) -> Stretch:
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise ValueError("not a stretch of time")
    start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if not start < end <= 1440:
        raise ValueError("it ends after it begins")
    return start, end


def _minutes(hours: str, minutes: str | None) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > 1440:
        raise ValueError("not a time")
    return total


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
