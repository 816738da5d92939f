"""Random valid weeks that use every field of the problem format, and odd ones among them.

A week draws for each thing it may contain how often it does: never, at times, mostly. So some weeks
are plain and some have everything at once. The same seed gives the same week.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum

from scheduling.contradictions import pin_contradictions
from scheduling.problem import (
    Lunch,
    Matrix,
    Mode,
    ModeMinutes,
    ModeSpeed,
    Problem,
    Resource,
    Seat,
    StraightLine,
    Windows,
)
from scheduling.validate import findings
from scheduling.weights import Weights
from scheduling.windows import Interval
from tests.scheduling.random_dice import Dice, Frame
from tests.scheduling.random_people import places_of, tenants_of, workers_of
from tests.scheduling.random_visits import duties_of, pins_of, published_of, visits_of

WEEKS = (
    date(2026, 11, 23),
    date(2026, 12, 28),  # week 53, with New Year's Day
    date(2020, 12, 28),  # week 53, after a leap day
    date(2026, 3, 23),  # the clock goes forward on its Sunday
    date(2026, 10, 19),  # and back
    date(2027, 3, 29),  # Easter Monday, the day after the clock went forward
    date(2026, 12, 21),  # Christmas
)
GRIDS = (5, 5, 5, 10, 15, 1)
SOFTENED = ("limit", "visiting", "reserve", "distinct", "spacing")


class Oddity(StrEnum):
    """What a degenerate week is like."""

    NO_WORKERS = "no workers"
    NO_TENANTS = "no tenants"
    NO_VISITS = "no visits"
    ALL_ABSENT = "all absent"
    ONE_MINUTE_WINDOWS = "one-minute windows"
    VISITS_TOO_LONG = "visits longer than any shift"
    PAIRS_FOR_ONE_WORKER = "pairs for one worker"
    NO_VISITS_ALLOWED = "nobody may visit"
    NO_ROOM_IN_RESERVE = "a reserve that nothing fits beside"
    NOTHING_TO_SHARE = "resources that do not exist"
    AFTER_THE_WEEK = "planned when the week is over"
    ONE_DAY = "one day"


def random_week(
    seed: int, *, workers: int = 5, tenants: int = 7, visits: int = 14, oddity: Oddity | None = None
) -> Problem:
    """A valid week of up to so many; one in ten is odd in some way if none is asked for."""
    dice = Dice(seed)
    if oddity is None and dice.percent(10):
        oddity = dice.choice(tuple(Oddity))
    grid = 1 if oddity is Oddity.ONE_MINUTE_WINDOWS else dice.choice(GRIDS)
    frame = Frame(
        days=1 if oddity is Oddity.ONE_DAY else dice.choice((7, 7, 5, 3)),
        grid=grid,
        day_end=dice.choice((1440, 1440, 1440, 1800, 2880)) // grid * grid,
    )
    week = _week(dice, frame, workers=workers, tenants=tenants, visits=visits)
    if oddity is not None:
        week = ODDITIES[oddity](week)
    return without_contradictions(week)


def without_contradictions(week: Problem) -> Problem:
    """The week without the pins that contradict something; anything else wrong is an error here."""
    kept = []
    for pin in week.pins:
        alone = replace(week, pins=(*kept, pin))
        if not list(pin_contradictions(alone)) and not findings(alone):
            kept.append(pin)
    clean = replace(week, pins=tuple(kept))
    assert findings(clean) == []
    return clean


def _week(dice: Dice, frame: Frame, *, workers: int, tenants: int, visits: int) -> Problem:
    team = [f"w{i}" for i in range(dice.randint(1, workers))]
    people = [f"t{i}" for i in range(dice.randint(1, tenants))]
    places = places_of(dice, team, len(people))
    codes = [place.code for place in places]
    resources = (
        Resource(code="car", count=dice.choice((0, 1, 1, 2))),
        Resource(code="room", count=dice.choice((1, 2))),
    )
    asked = visits_of(dice, frame, dice.randint(1, visits), people, codes)
    staff = workers_of(dice, frame, team, codes)
    modes = sorted({worker.mode for worker in staff})
    return Problem(
        week=dice.choice(WEEKS),
        days=frame.days,
        grid=frame.grid,
        day_end=frame.day_end,
        kind=dice.choice(("act", "icm")),
        lunch=_lunch(dice, frame) if dice.may("lunch") else None,
        now=dice.randrange(frame.days * 1440) if dice.seldom("now") else None,
        places=places,
        workers=staff,
        tenants=tenants_of(dice, frame, people, team, codes),
        visits=asked,
        resources=resources,
        straight_line=_line(dice),
        matrix=_matrix(dice, frame, codes, modes) if dice.may("matrix") else None,
        pins=pins_of(dice, frame, asked, team),
        published=published_of(dice, frame, asked, team) if dice.may("published") else None,
        reserve=_reserve(dice, frame, len(team)) if dice.may("reserve") else (),
        duties=duties_of(dice, frame, team, codes),
        weights=_weights(dice),
    )


def _lunch(dice: Dice, frame: Frame) -> Lunch:
    start, end = frame.round(dice.choice((660, 690))), frame.round(dice.choice((780, 840)))
    return Lunch(start=start, end=end, minutes=frame.round(dice.choice((30, 45))))


def _reserve(dice: Dice, frame: Frame, team: int) -> tuple[int, ...]:
    """None, or most of what the team has at times."""
    return tuple(
        dice.choice((0, 60, 200 * team, 350 * team, 420 * team)) for _ in range(frame.days)
    )


def _line(dice: Dice) -> StraightLine:
    if not dice.may("line"):
        return StraightLine()
    speeds = tuple(
        ModeSpeed(
            mode=mode, metres_per_hour=dice.randint(3000, 40_000), overhead=dice.randint(0, 9)
        )
        for mode in (Mode.WALK, *(mode for mode in (Mode.BIKE, Mode.CAR) if dice.percent(70)))
    )
    return StraightLine(detour_percent=dice.randint(80, 200), speeds=speeds)


def _matrix(dice: Dice, frame: Frame, codes: list[str], modes: list[Mode]) -> Matrix:
    """Asymmetric minutes, now and then with a way longer than a detour, or with ways of nothing."""
    wild = dice.percent(50)
    steps = (0, 1, 2, 3, 30) if wild else (1, 2, 3, 4)

    def leg(here: str, there: str) -> int:
        return 0 if here == there else frame.up(5 * dice.choice(steps))

    order = tuple(dice.sample(codes, len(codes)))
    return Matrix(
        places=order,
        tables=tuple(
            ModeMinutes(mode=mode, minutes=tuple(tuple(leg(a, b) for b in order) for a in order))
            for mode in modes
        ),
    )


def _weights(dice: Dice) -> Weights:
    """Each as it is, or nothing, or something else; rules softened at any price, also at none."""
    drawn: dict[str, int | None] = {}
    for field in fields(Weights):
        if field.name in SOFTENED:
            if dice.may("softened") or dice.percent(10):
                drawn[field.name] = dice.choice((0, 1, 1, 2, 20, 3000))
        elif field.name in ("waiting", "largest_lateness"):
            if dice.may(field.name):
                drawn[field.name] = dice.choice((1, 2, 9))
        elif dice.seldom("weights"):
            drawn[field.name] = dice.choice((0, 1, 13, 90, 400))
    return Weights(**drawn)  # type: ignore[arg-type]


def _every_day(week: Problem, *spans: tuple[int, int]) -> Windows:
    return tuple(tuple(Interval(*span) for span in spans) for _ in range(week.days))


def _no_workers(week: Problem) -> Problem:
    return replace(
        week,
        workers=(),
        pins=tuple(pin for pin in week.pins if not pin.workers),
        duties=tuple(replace(duty, worker=None) for duty in week.duties),
    )


def _without_visits(week: Problem) -> Problem:
    return replace(week, visits=(), pins=())


def _one_minute(week: Problem) -> Problem:
    """Windows and visits of one minute."""
    spots = [_every_day(week, (600 + 7 * i, 601 + 7 * i)) for i in range(len(week.tenants))]
    tenants = [replace(t, windows=spots[i]) for i, t in enumerate(week.tenants)]
    visits = [replace(v, minutes=1, windows=None) for v in week.visits]
    return replace(week, tenants=tuple(tenants), visits=tuple(visits))


def _pairs(week: Problem) -> Problem:
    lone = replace(_no_workers(week), workers=week.workers[:1])
    pairs = tuple(replace(v, seats=(Seat(), Seat())) for v in week.visits)
    return replace(lone, visits=pairs)


def _workers_with(**changes: object) -> Callable[[Problem], Problem]:
    def changed(week: Problem) -> Problem:
        return replace(
            week,
            workers=tuple(replace(w, **changes) for w in week.workers),  # type: ignore[arg-type]
        )

    return changed


ODDITIES: dict[Oddity, Callable[[Problem], Problem]] = {
    Oddity.NO_WORKERS: _no_workers,
    Oddity.NO_TENANTS: lambda week: replace(_without_visits(week), tenants=()),
    Oddity.NO_VISITS: _without_visits,
    Oddity.ALL_ABSENT: lambda week: _workers_with(absences=_every_day(week, (0, week.day_end)))(
        week
    ),
    Oddity.ONE_MINUTE_WINDOWS: _one_minute,
    Oddity.VISITS_TOO_LONG: lambda week: replace(
        week, visits=tuple(replace(v, minutes=1200, fixed=None) for v in week.visits)
    ),
    Oddity.PAIRS_FOR_ONE_WORKER: _pairs,
    Oddity.NO_VISITS_ALLOWED: _workers_with(max_visits=0, visiting_limit=0),
    Oddity.NO_ROOM_IN_RESERVE: lambda week: replace(week, reserve=(100_000,) * week.days),
    Oddity.NOTHING_TO_SHARE: lambda week: replace(
        week, resources=tuple(replace(r, count=0) for r in week.resources)
    ),
    Oddity.AFTER_THE_WEEK: lambda week: replace(week, now=week.days * 1440 + 60),
    Oddity.ONE_DAY: lambda week: week,
}
