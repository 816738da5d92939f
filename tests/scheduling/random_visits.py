"""Random visits, pins, published plans and duties for random weeks."""

from scheduling.problem import (
    After,
    Duty,
    Pin,
    Placement,
    Priority,
    Seat,
    Slot,
    Visit,
    shortest,
)
from tests.scheduling.random_dice import Dice, Frame
from tests.scheduling.random_people import DISCIPLINES, SKILLS

MINUTES = (15, 20, 30, 45, 60, 90, 150)
HALF_DAYS = (((540, 720),), ((600, 900),), ((840, 1020),), ((480, 1700),), ())


def visits_of(
    dice: Dice, frame: Frame, count: int, tenants: list[str], places: list[str]
) -> tuple[Visit, ...]:
    """For any of the tenants, of one to four seats."""
    return tuple(_visit(dice, frame, f"v{i}", tenants, places) for i in range(count))


def _visit(dice: Dice, frame: Frame, code: str, tenants: list[str], places: list[str]) -> Visit:
    minutes = frame.up(dice.choice(MINUTES))
    seats = _seats(dice, frame)
    fixed, on = None, None
    if dice.seldom("fixed"):
        fixed = Slot(dice.randrange(frame.days), frame.minute(dice, 540, 900))
    elif dice.seldom("fixed day"):
        on = dice.randrange(frame.days)
    return Visit(
        code=code,
        tenant=dice.choice(tenants),
        minutes=minutes,
        kind=dice.choice(("home_visit", "group")),
        priority=dice.choice(tuple(Priority)),
        overdue_days=dice.choice((0, 0, 3, 40)),
        seats=seats,
        learners=dice.randint(0, len(seats)),
        place=dice.choice(places) if dice.may("elsewhere") else None,
        pick_up=dice.choice(places) if dice.may("pick up") else None,
        end_place=dice.choice(places) if dice.may("end place") else None,
        windows=frame.windows(dice, HALF_DAYS) if dice.seldom("own windows") else None,
        fixed=fixed,
        fixed_day=on,
        gap_days=dice.choice((0, 0, 2, 4)) if dice.may("spacing") else 1,
        exempt_from_spacing=dice.may("exempt from spacing"),
        exempt_from_limits=dice.may("exempt from limits"),
        preferred_until=frame.minute(dice, 540, 900) if dice.may("preferred until") else None,
        preferred=frame.windows(dice, HALF_DAYS) if dice.may("preferred") else None,
        dogs=dice.may("dogs"),
        promised=dice.may("promised"),
        resources=dice.some(("car", "room"), 2) if dice.may("resources") else (),
    )


def _seats(dice: Dice, frame: Frame) -> tuple[Seat, ...]:
    count = 1
    if dice.may("pairs"):
        count = dice.choice((2, 2, 2, 3, 4))
    return tuple(_seat(dice, frame, i) for i in range(count))


def _seat(dice: Dice, frame: Frame, number: int) -> Seat:
    after = None
    if number and dice.may("one after the other"):
        least = frame.up(dice.choice((0, 0, 15, 60, 120)))
        after = After(least, least + frame.up(dice.choice((0, 0, 10, 60, 240))))
    return Seat(
        disciplines=dice.some(DISCIPLINES, 2) if dice.seldom("disciplines") else (),
        skills=dice.some(SKILLS, 1) if dice.seldom("skills") else (),
        minutes=frame.up(dice.choice(MINUTES)) if dice.seldom("own minutes") else None,
        after=after,
    )


def pins_of(
    dice: Dice, frame: Frame, visits: tuple[Visit, ...], team: list[str]
) -> tuple[Pin, ...]:
    """Some that contradict each other or their visit: whoever asks for them takes those out."""
    return tuple(_pin(dice, frame, visit, team) for visit in visits if dice.may("pins"))


def _pin(dice: Dice, frame: Frame, visit: Visit, team: list[str]) -> Pin:
    day, start, workers = None, None, None
    if dice.percent(70):
        day = visit.fixed_day if visit.fixed_day is not None else dice.randrange(frame.days)
    if dice.percent(50):
        last = min(1200, frame.day_end - shortest(visit))
        start = frame.minute(dice, 480, max(480 + frame.grid, last))
    if visit.fixed is not None:
        day, start = visit.fixed if dice.percent(80) else (None, None)
    if dice.percent(50) and len(visit.seats) <= len(team):
        workers = tuple(dice.sample(team, len(visit.seats)))
    return Pin(visit=visit.code, day=day, start=start, workers=workers)


def published_of(
    dice: Dice, frame: Frame, visits: tuple[Visit, ...], team: list[str]
) -> tuple[Placement, ...]:
    """A plan people have, with somebody who left, a visit that is gone, seats that were fewer."""
    known = [*team, "gone1"]
    placements = [
        _placement(dice, frame, visit, known) for visit in visits if dice.may("published visits")
    ]
    if dice.percent(20):
        placements.append(Placement(visit="gone", day=0, start=600, workers=("gone1",)))
    return tuple(placements)


def _placement(dice: Dice, frame: Frame, visit: Visit, known: list[str]) -> Placement:
    count = len(visit.seats) if dice.percent(90) else 1
    workers = tuple(dice.sample(known, min(len(known), count)))
    offsets: tuple[int, ...] = ()
    if dice.percent(60) and len(workers) == len(visit.seats):
        offsets = tuple((seat.after or After(0, 0)).least for seat in visit.seats)
    return Placement(
        visit=visit.code,
        day=dice.randrange(frame.days),
        start=frame.minute(dice, 540, 960),
        workers=workers,
        offsets=offsets,
    )


def duties_of(dice: Dice, frame: Frame, team: list[str], places: list[str]) -> tuple[Duty, ...]:
    """A phone at day, an evening, a night: some given already, some with visits going on."""
    spans = {"phone": (600, 720), "evening": (1020, 1260), "night": (1260, 1860)}
    kinds = [(day, kind) for day in range(frame.days) for kind in spans if dice.may("duties")]
    return tuple(
        Duty(
            code=f"{kind}{day}",
            day=day,
            start=frame.up(spans[kind][0]),
            end=frame.up(spans[kind][1]),
            kind=kind,
            disciplines=dice.some(DISCIPLINES, 2) if dice.percent(30) else (),
            skills=dice.some(SKILLS, 1) if dice.percent(20) else (),
            place=dice.choice((None, *places)),
            worker=dice.choice((None, None, *team)),
            holiday=dice.percent(20),
            visits=dice.percent(30),
        )
        for day, kind in kinds
    )
