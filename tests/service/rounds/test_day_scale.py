"""A day to scale: what has a box where, which boxes are tied, and what fits on a desktop."""

from datetime import date, time, timedelta
from itertools import count
from uuid import uuid4

from service.rounds.day_scale import FITTING, NARROWEST, ROW, Scale, Writing, day_scale, written
from service.rounds.states import Priority, VisitKind, VisitState
from service.rounds.types import Area, BoardCell, BoardDuty, BoardRow, BoardVisit
from service.teams.policy import TeamPolicy
from service.teams.states import Discipline, DutyKind
from tests.service.rounds.drafted import at

MONDAY = date(2026, 11, 23)
_ids = count(1)


def _visit(*workers: str, hour: int = 10, minutes: int = 45) -> BoardVisit:
    starts_at = at(MONDAY, 1, time(hour))
    return BoardVisit(
        id=next(_ids),
        uid=uuid4(),
        need="T-001:agr:1",
        tenant="T-001",
        area=Area(refnis="21004", name_fr="Bruxelles", name_nl="Brussel"),
        kind=VisitKind.HOME_VISIT,
        priority=Priority.SHOULD,
        state=VisitState.PLACED,
        minutes=minutes,
        workers_needed=len(workers),
        workers=workers,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        pinned=False,
        promised=False,
        overdue_days=0,
        travel_before=15,
    )


def _drawn(*visits: BoardVisit, duties: tuple[BoardDuty, ...] = ()) -> Scale:
    """Three workers at work from 9 to 17; the duties are the last one's."""
    rows = [
        BoardRow(
            worker=code,
            first_name="Amina",
            last_name="B",
            discipline=Discipline.NURSE,
            visiting_minutes=0,
            share_minutes=0,
            cells=(
                BoardCell(
                    day=MONDAY,
                    hours=((540, 1020),),
                    off=False,
                    absent=False,
                    visits=tuple(visit for visit in visits if code in visit.workers),
                    duties=duties if code == "W-3" else (),
                ),
            ),
        )
        for code in ("W-1", "W-2", "W-3")
    ]
    return day_scale(rows, MONDAY, TeamPolicy())


def test_the_two_of_a_pair_are_tied_and_nobody_else() -> None:
    pair, alone = _visit("W-1", "W-3"), _visit("W-2")
    (tie,) = _drawn(pair, alone).ties
    first, _, last = _drawn(pair, alone).rows
    assert first.y < tie.top < first.y + ROW <= last.y < tie.bottom
    assert tie.kind is pair.kind


def test_pairs_that_begin_together_have_ties_apart() -> None:
    scale = _drawn(_visit("W-1", "W-3"), _visit("W-2", "W-3"))
    assert len({tie.x for tie in scale.ties}) == 2


def test_a_duty_is_what_the_board_calls_it_and_widens_the_day() -> None:
    duty = BoardDuty(
        key="evening",
        kind=DutyKind.EVENING,
        starts_at=at(MONDAY, 1, time(17)),
        ends_at=at(MONDAY, 1, time(22)),
        visits=False,
        worker="W-3",
        published=None,
    )
    short, scale = _drawn(_visit("W-1")), _drawn(_visit("W-1"), duties=(duty,))
    (box,) = [box for box in scale.rows[-1].boxes if box.kind == "duty"]
    assert box.duty is duty
    assert scale.hours[-1][1] == 22 * 60
    assert max(short.width, scale.width) < FITTING + 100, "a desktop shows the day at once"
    assert box.width >= 5 * 60 * NARROWEST


def test_a_way_ends_where_its_visit_begins() -> None:
    boxes = {box.kind: box for box in _drawn(_visit("W-1")).rows[0].boxes}
    way, visit = boxes["way"], boxes["visit"]
    assert round(way.x + way.width, 1) == visit.x
    assert boxes["hours"].x < way.x


def test_a_short_visit_shows_its_whole_code() -> None:
    """A name gives way to the code, the code is pressed, then along the box."""
    name = "Özgür Hidden"
    assert written(150, code="T-017", said=name) == (name, Writing.PLAIN)
    assert written(60, code="T-017", said=name) == ("T-017", Writing.PLAIN)
    assert written(46, code="T-017", said="T-017") == ("T-017", Writing.NARROW)
    assert written(24, code="T-017", said=name) == ("T-017", Writing.UPRIGHT)
