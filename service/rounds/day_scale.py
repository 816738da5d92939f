"""A day drawn to scale: hours, ways, visits and what else there is of each worker, as boxes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from scheduling.weeks import DAY_MINUTES
from service.clock import BRUSSELS
from service.rounds.day_line import TimeKind, local_minute, other_times
from service.rounds.types import BoardCell, BoardRow, BoardVisit
from service.teams.policy import TeamPolicy

HEAD, ROW, NAME, MINUTE = 28, 58, 132, 1.6
"""Heights of the head and of a row, width of the names and of a minute, in units of the drawing."""
EARLY, LATE = 8 * 60, 18 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A time in a row. `kind`: hours, way, meeting, lunch, duty or visit (then `visit` is it)."""

    kind: str
    x: float
    width: float
    visit: BoardVisit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """A worker's row, `y` from the top."""

    row: BoardRow
    cell: BoardCell
    y: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The drawing: its size, (x, minute) of each full hour, and the rows."""

    width: int
    height: int
    hours: tuple[tuple[float, int], ...]
    rows: tuple[ScaleRow, ...]


def day_scale(rows: Iterable[BoardRow], day: date, policy: TeamPolicy) -> Scale:
    """Draw a day of a board: from the first to the last thing in it, at least 8 to 18 h."""
    cells = [(row, cell) for row in rows for cell in row.cells if cell.day == day]
    first, last = _span([cell for _, cell in cells])

    def x(minute: int) -> float:
        return round(NAME + (minute - first) * MINUTE, 1)

    def box(kind: str, start: int, end: int, visit: BoardVisit | None = None) -> Box:
        start, end = max(start, first), min(end, last)
        return Box(kind=kind, x=x(start), width=round((end - start) * MINUTE, 1), visit=visit)

    drawn = []
    for i, (row, cell) in enumerate(cells):
        boxes = [box("hours", start, end) for start, end in cell.hours]
        boxes += [box("duty", *_minutes(duty.starts_at, duty.ends_at)) for duty in cell.duties]
        boxes += [
            box(one.kind.value, one.start, one.end)
            for one in other_times(policy, cell)
            if one.kind is not TimeKind.GAP
        ]
        for visit in cell.visits:
            at = local_minute(visit)
            if visit.travel_before:
                boxes.append(box("way", at - visit.travel_before, at))
            boxes.append(box("visit", at, at + visit.minutes, visit))
        drawn.append(ScaleRow(row=row, cell=cell, y=HEAD + i * ROW, boxes=tuple(boxes)))
    return Scale(
        width=int(x(last)) + 12,
        height=HEAD + ROW * len(cells) + 4,
        hours=tuple((x(minute), minute) for minute in range(first, last + 1, 60)),
        rows=tuple(drawn),
    )


def _span(cells: Iterable[BoardCell]) -> tuple[int, int]:
    """Full hours around everything that is there."""
    first, last = EARLY, LATE
    for cell in cells:
        ends = [*cell.hours, *(_minutes(d.starts_at, d.ends_at) for d in cell.duties)]
        ends += [(local_minute(v), local_minute(v) + v.minutes) for v in cell.visits]
        for start, end in ends:
            first, last = min(first, start), max(last, end)
    return first // 60 * 60, min(DAY_MINUTES, -(-last // 60) * 60)


def _minutes(starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """Local minutes of two instants; what ends on another day ends at midnight."""
    start, end = starts_at.astimezone(BRUSSELS), ends_at.astimezone(BRUSSELS)
    whole = DAY_MINUTES if end.date() > start.date() else end.hour * 60 + end.minute
    return start.hour * 60 + start.minute, whole
