"""Tells each worker whom a publication touches what changed for them, in its transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduling.changes import Change
from service.clock import BRUSSELS
from service.database.sql import fetch_value
from service.database.unit_of_work import current_unit_of_work
from service.notices.actions import notify
from service.notices.types import ChangedToday, Recipients, WeekPublished
from service.rounds.comparing import Held
from service.rounds.rows import RosterRow


@dataclass(slots=True)
class Touched:
    """What a publication changes for one worker: numbers of visits, and the days they are on."""

    new: int = 0
    moved: int = 0
    cancelled: int = 0
    days: set[date] = field(default_factory=set)

    def count(self, *, was: bool, goes: bool, days: set[date]) -> None:
        """Add one visit to which the worker went, goes, or both."""
        self.new += goes and not was
        self.moved += goes and was
        self.cancelled += was and not goes
        self.days |= days

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.cancelled)


async def announce(
    roster: RosterRow,
    *,
    revision: int,
    found: Iterable[Change[Held]],
    on_duty: Iterable[str],
    now: datetime,
) -> None:
    """Write a notice to each touched worker: one for what is left of today, one for the rest."""
    uow = current_unit_of_work()
    assert uow is not None, "a week is published in a unit of work"
    team: str = await fetch_value("select code from teams where id = $1", roster.team)
    today = now.astimezone(BRUSSELS).date()
    of_today, later = touched_workers(found, now=now)
    duties = frozenset(on_duty)
    key = f"publish:{roster.id}:{revision}"
    for code, part in sorted(of_today.items()):
        changed = ChangedToday(
            team=team,
            day=today,
            revision=revision,
            new=part.new,
            moved=part.moved,
            cancelled=part.cancelled,
        )
        await notify(uow, changed, to=Recipients(workers=frozenset({code})), key=f"{key}:today")
    for code in sorted({*later, *duties}):
        part = later.get(code, Touched())
        published = WeekPublished(
            team=team,
            week=roster.week,
            revision=revision,
            new=part.new,
            moved=part.moved,
            cancelled=part.cancelled,
            duties=code in duties,
            days=tuple(sorted(part.days)),
        )
        await notify(uow, published, to=Recipients(workers=frozenset({code})), key=key)


def touched_workers(
    found: Iterable[Change[Held]], *, now: datetime
) -> tuple[Mapping[str, Touched], Mapping[str, Touched]]:
    """What changes by worker's code: of what is left of today, and of other days.

    A visit moved from today to another day, or back, changes today. What is over by `now`
    before and after is nobody's news.
    """
    today = now.astimezone(BRUSSELS).date()
    of_today: dict[str, Touched] = defaultdict(Touched)
    later: dict[str, Touched] = defaultdict(Touched)
    for change in found:
        for code in _workers(change.before) | _workers(change.after):
            was, goes = code in _workers(change.before), code in _workers(change.after)
            mine = [
                side.start
                for side, part in ((change.before, was), (change.after, goes))
                if side is not None and part
            ]
            if all(ends_at <= now for _starts_at, ends_at, _place in mine):
                continue
            days = {starts_at.astimezone(BRUSSELS).date() for starts_at, *_rest in mine}
            which = of_today if today in days else later
            which[code].count(was=was, goes=goes, days=days)
    return of_today, later


def _workers(side: Held | None) -> frozenset[str]:
    return frozenset(side.workers) if side else frozenset()
