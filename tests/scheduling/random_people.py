"""Random places, workers and tenants for random weeks."""

from scheduling.problem import Busy, Mode, Place, Tenant, Windows, Worker
from tests.scheduling.random_dice import Dice, Frame

DISCIPLINES = ("nurse", "peer", "social")
SKILLS = ("driver", "injection")
LANGUAGES = ("ar", "en", "fr", "nl")
GONE = ("gone1", "gone2")
"""Workers who are named though they left the team."""
SHIFTS = (
    ((540, 1020),), ((540, 1020),), ((570, 1080),), ((540, 750),), ((780, 1200),),
    ((540, 720), (780, 1020)), ((540, 760), (700, 960)), (),
)  # fmt: skip
NIGHTS = (((840, 1560),), ((1260, 1740),), ((540, 780), (1320, 1530)))
OPEN = (
    ((540, 1020),), ((540, 1020),), ((600, 780), (840, 960)), ((780, 1020),), ((480, 720),),
    ((600, 690), (660, 780)), (),
)  # fmt: skip
OPEN_AT_NIGHT = (((1200, 1680),), ((540, 1020), (1380, 1500)))


def places_of(dice: Dice, team: list[str], tenants: int) -> tuple[Place, ...]:
    """Two bases, a home for each tenant, two of them at the same spot at times."""
    places = [_place("base", 0, 0), _place("office", -8, 6)]
    for i in range(tenants):
        north, east = dice.randint(-30, 30), dice.randint(-30, 30)
        if dice.percent(15):
            north, east = 0, 0
        excluded = dice.some(team, 2) if dice.seldom("places exclude") else ()
        places.append(_place(f"p{i}", north, east, excluded))
    return tuple(places)


def _place(code: str, north: int, east: int, excluded: tuple[str, ...] = ()) -> Place:
    lat, lon = 50_850_000 + 1000 * north, 4_350_000 + 1000 * east
    return Place(code=code, lat=lat, lon=lon, excluded=excluded)


def workers_of(dice: Dice, frame: Frame, team: list[str], places: list[str]) -> tuple[Worker, ...]:
    """Each with shifts, perhaps absences, meetings, limits and peculiarities."""
    return tuple(_worker(dice, frame, code, places) for code in team)


def _worker(dice: Dice, frame: Frame, code: str, places: list[str]) -> Worker:
    night = frame.late and dice.seldom("nights")
    return Worker(
        code=code,
        discipline=dice.choice(DISCIPLINES),
        base=dice.choice(places) if dice.may("home bases") else "base",
        shifts=frame.windows(dice, NIGHTS if night else SHIFTS),
        mode=dice.choice(tuple(Mode)),
        skills=tuple(skill for skill in SKILLS if dice.percent(50)),
        languages=dice.some(LANGUAGES, 3),
        gender=dice.choice((None, "f", "m", "x")),
        absences=_absences(dice, frame) if dice.seldom("absences") else None,
        busy=tuple(
            busy for day in range(frame.days) if dice.seldom("meetings")
            for busy in _meetings(dice, frame, day, places)
        ),
        max_visits=dice.choice((1, 1, 2, 4)) if dice.may("max visits") else None,
        visiting_limit=dice.choice((60, 120, 400)) if dice.may("visiting limits") else None,
        may_go_alone=not dice.seldom("not alone"),
        counts_as_second=not dice.seldom("no second"),
        no_dogs=dice.seldom("no dogs"),
        overload_after=dice.choice((0, 45, 100, 300)) if dice.may("overload") else None,
        carried=dice.choice((0, -37, 45, 400)) if dice.may("carried") else 0,
        duty_minutes=dice.choice((0, 600, 3000)),
        outside=_outside(dice, frame) if dice.may("outside") else (),
    )  # fmt: skip


def _absences(dice: Dice, frame: Frame) -> Windows:
    return frame.windows(
        dice, ((), (), ((0, frame.day_end),), ((600, 700),), ((0, 720), (900, 930)))
    )


def _meetings(dice: Dice, frame: Frame, day: int, places: list[str]) -> list[Busy]:
    """One or two, which may stick out of the shift, or leave no way to walk it."""
    spans = dice.choice((((570, 600),), ((660, 760),), ((500, 560), (600, 640)), ((700, 840),)))
    return [
        Busy(
            day=day,
            start=frame.span(*span).start,
            end=frame.span(*span).end,
            place=dice.choice((None, None, *places)),
        )
        for span in spans
    ]


def _outside(dice: Dice, frame: Frame) -> tuple[Busy, ...]:
    day = dice.randint(-1, frame.days)
    return (Busy(day=day, start=1200, end=dice.choice((1320, 1800))),)


def tenants_of(
    dice: Dice, frame: Frame, codes: list[str], team: list[str], places: list[str]
) -> tuple[Tenant, ...]:
    """Each at a place of their own, with windows, wishes, history and limits."""
    return tuple(
        _tenant(dice, frame, code, places[2 + i], [*team, *GONE]) for i, code in enumerate(codes)
    )


def _tenant(dice: Dice, frame: Frame, code: str, home: str, known: list[str]) -> Tenant:
    night = frame.late and dice.seldom("nights")
    gender = dice.choice(("f", "m")) if dice.may("gender") else None
    wishes = dice.may("wishes")
    return Tenant(
        code=code,
        place=home,
        windows=frame.windows(dice, OPEN_AT_NIGHT if night else OPEN),
        languages=dice.some(LANGUAGES, 2) if dice.may("languages") else (),
        gender=gender,
        gender_hard=gender is not None and dice.seldom("gender hard"),
        primary=dice.choice(known) if wishes else None,
        backup=dice.some(known, 2) if wishes else (),
        wanted=dice.some(known, 2) if dice.may("wanted") else (),
        unwanted=dice.some(known, 2) if dice.may("unwanted") else (),
        excluded=dice.some(known, 2) if dice.seldom("excluded") else (),
        distinct=dice.choice((1, 2, 4)) if dice.may("rotation") else 0,
        max_distinct=dice.choice((0, 1, 2, 3)) if dice.seldom("max distinct") else None,
        seen=dice.some(known, 3) if dice.may("seen") else (),
        known=dice.some(known, 3) if dice.may("known") else (),
        last_contact=dice.choice((-1, -2, -9)) if dice.seldom("last contact") else None,
        new=dice.percent(10),
    )
