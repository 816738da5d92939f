"""Duty slots as a team's settings ask for them, and the slots of one week that follow."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from scheduling.weeks import DAY_MINUTES, to_instant
from service.teams.states import Discipline, DutyKind

OWN = "own"  # a key that begins so is of a slot that a person added


class OnHolidays(StrEnum):
    """What a public holiday does to a duty."""

    AS_USUAL = "as_usual"
    ALSO = "also"
    NEVER = "never"


class DutyRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A duty on the given weekdays; `to_minute` beyond 1440 is on the next day.

    `on_holidays`: as on any such weekday, also on every public holiday, or never on one.
    """

    kind: DutyKind
    weekdays: tuple[Annotated[int, Meta(ge=1, le=7)], ...]
    from_minute: Annotated[int, Meta(ge=0, lt=DAY_MINUTES)]
    to_minute: Annotated[int, Meta(gt=0, le=2 * DAY_MINUTES)]
    disciplines: tuple[Discipline, ...] = ()
    skills: tuple[Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")], ...] = ()
    visits: bool = False
    on_holidays: OnHolidays = OnHolidays.AS_USUAL

    def __post_init__(self) -> None:
        if self.to_minute <= self.from_minute:
            raise ValueError("a duty ends after it began: add 1440 for the next day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A duty slot; `key` is the same however often the week is planned."""

    key: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    disciplines: tuple[Discipline, ...]
    skills: tuple[str, ...]
    visits: bool


def slots_of_week(
    rules: Iterable[DutyRule], monday: date, *, holidays: Collection[date]
) -> Iterator[Slot]:
    """The slots of a week; two of one kind on a day are told apart by where they begin."""
    for rule in rules:
        for index in range(7):
            day = monday + timedelta(days=index)
            if _asked(rule, day, holiday=day in holidays):
                yield Slot(
                    key=f"{rule.kind}.{day.isoformat()}.{rule.from_minute}",
                    kind=rule.kind,
                    starts_at=_instant(monday, index, rule.from_minute),
                    ends_at=_instant(monday, index, rule.to_minute),
                    disciplines=rule.disciplines,
                    skills=rule.skills,
                    visits=rule.visits,
                )


def _asked(rule: DutyRule, day: date, *, holiday: bool) -> bool:
    weekday = day.isoweekday() in rule.weekdays
    if holiday and rule.on_holidays is OnHolidays.NEVER:
        return False
    return weekday or (holiday and rule.on_holidays is OnHolidays.ALSO)


def _instant(monday: date, day: int, minute: int) -> datetime:
    return to_instant(monday, day=day + minute // DAY_MINUTES, minute=minute % DAY_MINUTES)
