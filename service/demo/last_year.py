"""The careers of the last full year: 87 people whose turns give the published figures."""

from datetime import date, timedelta
from random import Random

from service.demo import figures
from service.demo.careers import Career, Turn
from service.demo.chance import shuffled
from service.people.states import StayKind

_OUTSIDE = (StayKind.SHELTER, StayKind.STREET, StayKind.SHELTER, StayKind.INSTITUTION)


def careers_of_last_year(rng: Random, *, year: int) -> list[Career]:
    """The 87 careers up to the end of `year`, in the order in which people were accepted."""
    careers = [
        *_with_home_before(rng, year),
        *_back_into_home(rng, year),
        *_without_home(rng, year),
        *_newly_housed(rng, year),
    ]
    return sorted(careers, key=lambda career: (career.accepted_on, career.turns))


def spread_days(
    rng: Random, count: int, *, first: date, last: date, margin: float = 0.6
) -> list[date]:
    """`count` weekdays spread evenly over a stretch, each moved by chance within its part."""
    span = (last - first).days
    days = []
    for i in range(count):
        part = span / count
        day = first + timedelta(days=int((i + 0.5 + rng.uniform(-margin, margin) / 2) * part))
        days.append(day - timedelta(days=max(0, day.weekday() - 4)))
    return days


def _with_home_before(rng: Random, year: int) -> list[Career]:
    """65 people in a home when the year begins: twelve move, eight lose it, two die in it."""
    careers = [_housed_earlier(rng, year) for _ in range(figures.HOME_BEFORE)]
    first, last = date(year, 1, 8), date(year, 12, 18)
    turn = 0
    for day in spread_days(rng, figures.HOME_TO_HOME, first=first, last=last):
        careers[turn] = careers[turn].then(day, Turn.HOME_TO_HOME)
        turn += 1
    for day in spread_days(rng, figures.DIED_AT_HOME, first=first, last=last):
        careers[turn] = careers[turn].then(day, Turn.DIE)
        turn += 1
    early = figures.LOST - figures.LOST_ON_LAST_DAY
    losses = spread_days(rng, early, first=first, last=date(year, 11, 20))
    losses += [date(year, 12, 31)] * figures.LOST_ON_LAST_DAY
    where = (StayKind.STREET, StayKind.INSTITUTION, StayKind.STREET, StayKind.PRISON)
    for i, day in enumerate(losses):
        careers[turn + i] = careers[turn + i].then(day, Turn.LOSE_HOME, outside=where[i % 4])
    passed_on, died = turn + 1, turn + 2  # one in an institution, one in the street
    careers[passed_on] = careers[passed_on].then(_later(rng, losses[1], year), Turn.PASS_ON)
    careers[died] = careers[died].then(_later(rng, losses[2], year), Turn.DIE)
    return careers


def _back_into_home(rng: Random, year: int) -> list[Career]:
    """Six who had lost a home earlier and get one again, two of them on 1 January."""
    after = figures.BACK_INTO_HOME - figures.BACK_ON_FIRST_DAY
    days = [date(year, 1, 1)] * figures.BACK_ON_FIRST_DAY
    days += spread_days(rng, after, first=date(year, 2, 1), last=date(year, 12, 10))
    return [_lost_earlier(rng, year).then(day, Turn.MOVE_IN) for day in days]


def _without_home(rng: Random, year: int) -> list[Career]:
    """Seven in no home at any time of the year: four die, for one support ends."""
    careers = [
        _lost_earlier(rng, year) if i % 2 else Career(accepted_on=_accepted(rng, year, least=150))
        for i in range(figures.WITHOUT_HOME)
    ]
    deaths = figures.DIED_WITHOUT_HOME - 1  # the fifth lost a home in the year
    days = spread_days(rng, deaths, first=date(year, 1, 20), last=date(year, 12, 12))
    for i, day in enumerate(days):
        careers[i] = careers[i].then(day, Turn.DIE)
    end = date(year, 6, 1) + timedelta(days=rng.randrange(0, 60))
    careers[deaths] = careers[deaths].then(end, Turn.END)
    return careers


def _newly_housed(rng: Random, year: int) -> list[Career]:
    """Nine people accepted in the year and housed for the first time in it."""
    return [
        newcomer(rng, moved_in=day, earliest=date(year, 1, 3))
        for day in spread_days(
            rng, figures.FIRST_MOVE_INS, first=date(year, 2, 10), last=date(year, 12, 18)
        )
    ]


def newcomer(rng: Random, *, moved_in: date, earliest: date) -> Career:
    """Somebody accepted three to seven weeks before moving in, not before `earliest`."""
    accepted = max(earliest, moved_in - timedelta(days=rng.randrange(21, 50)))
    return Career(accepted_on=accepted, outside=(rng.choice(_OUTSIDE),)).then(
        moved_in, Turn.MOVE_IN
    )


def _accepted(rng: Random, year: int, *, least: int) -> date:
    """A day of acceptance at least so many days before the year, up to some nine years."""
    days = least + int(rng.random() ** 1.4 * 3000)
    return date(year, 1, 1) - timedelta(days=days)


def _housed_earlier(rng: Random, year: int) -> Career:
    accepted = _accepted(rng, year, least=120)
    moved_in = accepted + timedelta(days=rng.randrange(20, 100))
    return Career(accepted_on=accepted, outside=(rng.choice(_OUTSIDE),)).then(
        moved_in, Turn.MOVE_IN
    )


def _lost_earlier(rng: Random, year: int) -> Career:
    """Housed once, and without a home again since some time before the year."""
    accepted = _accepted(rng, year, least=500)
    moved_in = accepted + timedelta(days=rng.randrange(20, 90))
    last = date(year, 1, 1) - timedelta(days=rng.randrange(30, 250))
    outside = shuffled(rng, _OUTSIDE)
    return (
        Career(accepted_on=accepted, outside=(outside[0],))
        .then(moved_in, Turn.MOVE_IN)
        .then(last, Turn.LOSE_HOME, outside=outside[1])
    )


def _later(rng: Random, day: date, year: int) -> date:
    """A day after a loss, before the year's last days."""
    rest = (date(year, 12, 15) - day).days
    return day + timedelta(days=rng.randrange(rest // 3, 2 * rest // 3) + 1)
