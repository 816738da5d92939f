"""A day drawn to scale: hours, ways, visits and what else there is of each worker, as boxes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling.weeks import DAY_MINUTES
from service.clock import BRUSSELS
from service.rounds.day_line import TimeKind, local_minute, other_times
from service.rounds.states import VisitKind
from service.rounds.types import BoardCell, BoardDuty, BoardRow, BoardVisit
from service.teams.policy import TeamPolicy

HEAD, ROW, NAME = 28, 58, 124
"""Heights of the head and of a row, width of the names, in units of the drawing."""
WIDEST, NARROWEST, FITTING = 1.8, 1.2, 1080
"""Most and least width of a minute, and the width of hours that a desktop shows at once."""
EDGE, MARGIN, TIE = 22, 6, 8
"""Left and right of the hours, above and below a visit's box, and of a tie from its left edge."""
EARLY, LATE = 8 * 60, 18 * 60
LETTER, NARROW_LETTER, AROUND = 9.0, 7.2, 6
"""Widths of a bold letter, as it is and pressed, and of what stands beside the text in a box."""


class Writing(StrEnum):
    """How a visit's code or name stands in its box."""

    PLAIN = "plain"
    NARROW = "narrow"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A time in a row. `kind`: hours, way, meeting, lunch, duty or visit (the last two have it)."""

    kind: str
    x: float
    width: float
    visit: BoardVisit | None = None
    duty: BoardDuty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """A worker's row, `y` from the top."""

    row: BoardRow
    cell: BoardCell
    y: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A line from a visit in one worker's row to the same visit in another's."""

    kind: VisitKind
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The drawing: its size without the names, (x, minute) of full hours, rows, ties of pairs."""

    width: int
    height: int
    hours: tuple[tuple[float, int], ...]
    rows: tuple[ScaleRow, ...]
    ties: tuple[Tie, ...]


def written(width: float, *, code: str, said: str) -> tuple[str, Writing]:
    """What is legible in a visit's box: what the reader calls the tenant (`said`), else the code,
    pressed a little or turned upright where the visit is short."""
    for text in dict.fromkeys((said, code)):
        if len(text) * LETTER + AROUND <= width:
            return text, Writing.PLAIN
    narrow = len(code) * NARROW_LETTER + AROUND <= width
    return code, Writing.NARROW if narrow else Writing.UPRIGHT


def day_scale(rows: Iterable[BoardRow], day: date, policy: TeamPolicy) -> Scale:
    """Draw a day of a board: from the first to the last thing in it, at least 8 to 18 h."""
    cells = [(row, cell) for row in rows for cell in row.cells if cell.day == day]
    first, last = _span([cell for _, cell in cells])

    wide = max(NARROWEST, min(WIDEST, FITTING / (last - first)))

    def x(minute: int) -> float:
        return round(EDGE + (minute - first) * wide, 1)

    def box(
        kind: str,
        start: int,
        end: int,
        visit: BoardVisit | None = None,
        duty: BoardDuty | None = None,
    ) -> Box:
        start, end = max(start, first), min(end, last)
        width = round((end - start) * wide, 1)
        return Box(kind=kind, x=x(start), width=width, visit=visit, duty=duty)

    drawn = []
    for i, (row, cell) in enumerate(cells):
        boxes = [box("hours", start, end) for start, end in cell.hours]
        boxes += [
            box("duty", *_minutes(duty.starts_at, duty.ends_at), duty=duty) for duty in cell.duties
        ]
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
        width=int(x(last)) + EDGE,
        height=HEAD + ROW * len(cells),
        hours=tuple((x(minute), minute) for minute in range(first, last + 1, 60)),
        rows=tuple(drawn),
        ties=tuple(_ties(drawn)),
    )


def _ties(rows: Iterable[ScaleRow]) -> Iterable[Tie]:
    """From each visit to the same visit in the next row that has it, those at one time apart."""
    last: dict[int, int] = {}
    taken: dict[float, list[int]] = defaultdict(list)
    for row in rows:
        for box in row.boxes:
            visit = box.visit
            if visit is None:
                continue
            above = last.get(visit.id)
            if above is not None:
                if visit.id not in taken[box.x]:
                    taken[box.x].append(visit.id)
                x = box.x + TIE * (1 + taken[box.x].index(visit.id))
                yield Tie(kind=visit.kind, x=x, top=above + ROW - MARGIN, bottom=row.y + MARGIN)
            last[visit.id] = row.y


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
