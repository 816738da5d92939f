"""The careers of the running year: what a whole such year would bring, as far as it has come."""

from datetime import date, timedelta
from random import Random

from service.demo.careers import Career, Turn
from service.demo.last_year import newcomer, spread_days
from service.people.states import StayKind

_AFTER_LOSS = (StayKind.STREET, StayKind.HOSPITAL, StayKind.PRISON, StayKind.SHELTER)


def continued(rng: Random, careers: list[Career], *, today: date) -> list[Career]:
    """The careers with the turns of the running year before `today`, and its newcomers added.

    A whole year would bring nine newcomers and nine who leave, so about as many people are in
    support on any day of it as at its start.
    """
    year = today.year
    first, last = date(year, 1, 15), date(year, 12, 20)
    script = _Script(rng, careers, today)
    for day in spread_days(rng, 2, first=date(year, 1, 8), last=date(year, 3, 1)):
        script.house_again(day, lost_since=date(year - 1, 1, 1))
    for day in spread_days(rng, 4, first=date(year, 3, 15), last=last):
        script.house_again(day)
    for i, day in enumerate(spread_days(rng, 7, first=first, last=last)):
        script.housed(day, Turn.LOSE_HOME, outside=_AFTER_LOSS[i % 4])
    for day in spread_days(rng, 11, first=first, last=last):
        script.housed(day, Turn.HOME_TO_HOME)
    leaving = (Turn.DIE, Turn.PASS_ON, Turn.DIE, Turn.DIE, Turn.END, Turn.DIE, Turn.DIE, Turn.DIE)
    for turn, day in zip(leaving, spread_days(rng, 8, first=first, last=last), strict=True):
        script.leave(day, turn)
    for day in spread_days(rng, 9, first=date(year, 2, 10), last=last):
        script.add(newcomer(rng, moved_in=day, earliest=date(year, 1, 2)))
    return script.careers


class _Script:
    """Careers to which turns are added by chance, each person having at most one in the year."""

    def __init__(self, rng: Random, careers: list[Career], today: date) -> None:
        self._rng = rng
        self._today = today
        self.careers = list(careers)
        self._touched = {i for i, career in enumerate(careers) if career.ended}

    def add(self, career: Career) -> None:
        """A newcomer, as far as known."""
        if career.accepted_on < self._today:
            self.careers.append(career.until(self._today))
            self._touched.add(len(self.careers) - 1)

    def house_again(self, day: date, *, lost_since: date = date.min) -> None:
        """Somebody gets a home again who lost one since a day, but not on the year's last."""
        new_year = date(self._today.year - 1, 12, 31)
        without = [
            i
            for i in self._free()
            if not self.careers[i].housed
            and self.careers[i].turns
            and lost_since <= self.careers[i].turns[-1][0] < new_year
        ]
        if without:
            self._turn(self._rng.choice(without), day, Turn.MOVE_IN)

    def housed(self, day: date, turn: Turn, *, outside: StayKind | None = None) -> None:
        """A turn in the life of somebody who has had a home for a good while."""
        since = day - timedelta(days=250)
        known = [
            i
            for i in self._free()
            if self.careers[i].housed and self.careers[i].turns[-1][0] < since
        ]
        self._turn(self._rng.choice(known), day, turn, outside=outside)

    def leave(self, day: date, turn: Turn) -> None:
        """Support ends: at home only by death, otherwise for somebody without a home."""
        without = [i for i in self._free() if not self.careers[i].housed]
        if turn is Turn.DIE and (self._rng.random() < 0.5 or len(without) < 2):
            self.housed(day, turn)
        elif without:
            self._turn(self._rng.choice(without), day, turn)

    def _free(self) -> list[int]:
        return [i for i in range(len(self.careers)) if i not in self._touched]

    def _turn(self, i: int, day: date, turn: Turn, *, outside: StayKind | None = None) -> None:
        self._touched.add(i)
        if day < self._today:
            self.careers[i] = self.careers[i].then(day, turn, outside=outside)
