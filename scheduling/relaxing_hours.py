"""Rounds that end later, and lunch earlier or later, for the whole team at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduling.desk import Desk
from scheduling.engine import layout as at
from scheduling.engine.compiled import Lane
from scheduling.problem import Lunch, Placement, Problem, Windows, Worker, lanes, lunch_due
from scheduling.rounds import rounds
from scheduling.sliding import Slider
from scheduling.windows import Interval, union

OVERTIME = 60
"""Most minutes that overtime adds at the end of a lane."""
LUNCH_WIDER = 30
"""Minutes by which lunch may begin earlier and end later."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Other hours: cells of the tables, the week for the judge of a place, and who slides."""

    cells: dict[int, int]
    judge: Callable[[Placement], Problem]
    slider: Callable[[], Slider]


def later_lanes(desk: Desk) -> tuple[Lane, ...]:
    """Every lane longer by up to an hour where the worker goes off duty, not into an absence."""
    team = {worker.code: worker for worker in desk.week.workers}
    return tuple(
        lane._replace(end=_later(desk.week, team[desk.c.workers[lane.worker].code], lane))
        for lane in desk.c.lanes
    )


def longer_lanes(desk: Desk) -> Hours:
    """Overtime of up to an hour for anybody who may be asked."""
    longer = later_lanes(desk)
    cells = {desk.c.tables[at.LANE_END] + lane.number: lane.end for lane in longer}
    return Hours(
        cells,
        lambda place: _with_overtime(desk, place, longer),
        lambda: Slider(replace(desk.c, tables=_altered(desk, cells), lanes=longer)),
    )


def wider_lunch(desk: Desk, lunch: Lunch) -> Hours:
    """Half an hour more on both sides of the time in which lunch must lie."""
    start, end = max(0, lunch.start - LUNCH_WIDER), min(1440, lunch.end + LUNCH_WIDER)
    cells = {at.LUNCH_FROM: start, at.LUNCH_TO: end}
    week = replace(desk.week, lunch=replace(lunch, start=start, end=end))
    return Hours(
        cells, lambda _: week, lambda: Slider(replace(desk.c, tables=_altered(desk, cells)))
    )


def overtime(week: Problem, relaxed: Problem, placements: Sequence[Placement], code: str) -> int:
    """Most minutes by which a worker of a visit is off duty later than in the week as it is."""
    (mine,) = (place for place in placements if place.visit == code)
    today = [place for place in placements if place.day == mine.day]
    team = tuple(worker for worker in relaxed.workers if worker.code in mine.workers)
    ends = {w.code: [lane.end for lane in lanes(w, mine.day)] for w in week.workers}
    late = [0]
    for walked in rounds(replace(relaxed, workers=team), today):
        off = walked.back + walked.lunch
        if walked.day == mine.day and code in {stop.visit for stop in walked.stops}:
            before = [end for end in ends[walked.worker] if end >= walked.leave]
            late.append(off - min(before, default=off))
    return max(late)


def _later(week: Problem, worker: Worker, lane: Lane) -> int:
    """The lane's end with overtime: before the next lane, absence or day of the worker."""
    shifts = union(worker.shifts[lane.day])
    if all(shift.end != lane.end for shift in shifts):
        return lane.end
    away = worker.absences[lane.day] if worker.absences else ()
    following = [one.start - week.grid for one in (*shifts, *away) if one.start >= lane.end]
    end = max(lane.end, min([lane.end + OVERTIME, week.day_end, *following]))
    due = lunch_due(week.lunch, Interval(lane.start, end))
    return end if due == lane.lunch else lane.end


def _with_overtime(desk: Desk, place: Placement, longer: tuple[Lane, ...]) -> Problem:
    """The week in which the lanes of that day are longer for the workers of a place."""
    late = {
        (desk.c.workers[lane.worker].code, lane.end): longer[lane.number].end
        for _, worker, _ in desk.slider.seats(place)
        for lane in desk.slider.lanes.get((worker, place.day), ())
    }
    codes = {code for code, _ in late}

    def extended(worker: Worker) -> Windows:
        day = tuple(
            Interval(one.start, late.get((worker.code, one.end), one.end))
            for one in union(worker.shifts[place.day])
        )
        return (*worker.shifts[: place.day], day, *worker.shifts[place.day + 1 :])

    team = tuple(
        replace(w, shifts=extended(w)) if w.code in codes else w for w in desk.week.workers
    )
    return replace(desk.week, workers=team)


def _altered(desk: Desk, cells: dict[int, int]) -> object:
    tables = desk.c.tables[:]
    for cell, value in cells.items():
        tables[cell] = value
    return tables
