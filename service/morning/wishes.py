"""Reads what morning meetings asked of days: for the week's needs and for the meeting itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.database.sql import fetch_all
from service.morning.states import DayPart, DayWishKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWish:
    """Somebody is to go to a tenant (id) on a day, or nobody; `by_two`: two workers."""

    tenant: int
    day: date
    kind: DayWishKind
    part: DayPart
    by_two: bool


async def wishes_in_week(team: int, monday: date) -> tuple[DayWish, ...]:
    """What was asked of a team's week, by day and tenant."""
    return tuple(
        await fetch_all(
            "select tenant, day, kind, part, by_two from day_wishes"
            " where team = $1 and day >= $2 and day < $3 order by day, tenant",
            team,
            monday,
            monday + timedelta(days=7),
            into=DayWish,
        )
    )
