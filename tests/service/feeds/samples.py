"""Visits to render, with everything in the rows that a feed must keep to itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from service.feeds.states import ScopeKind
from service.feeds.types import Address, FeedScope, FeedVisit, Person

ME = FeedScope(ScopeKind.WORKER, 7)
TEAM = FeedScope(ScopeKind.TEAM, 1)
CHANGED = datetime(2026, 3, 19, 16, 0, 5, tzinfo=UTC)

JETTE = Address(
    municipality_fr="Jette",
    municipality_nl="Jette",
    street_fr="Rue de l'Exemple, Grande",
    street_nl="Voorbeeldstraat",
    house_number="12",
    box="4",
    postcode="1090",
)
IXELLES = Address(
    municipality_fr="Ixelles",
    municipality_nl="Elsene",
    street_fr="Chaussée Imaginée; côté des très longues façades qui n'en finissent pas",
    street_nl="Verzonnen Steenweg",
    house_number="3",
    postcode="1050",
)
SPOT = Address(municipality_fr="Bruxelles", municipality_nl="Brussel")


def visit(
    number: int, starts_at: datetime, *, minutes: int = 45, address: Address = JETTE
) -> FeedVisit:
    """A confirmed visit of tenant T-<number>, one worker, never changed since it was published."""
    return FeedVisit(
        uid=UUID(int=number),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        tenant=Person(code=f"T-{number:03d}", initials="G.P."),
        workers=(),
        address=address,
        sequence=0,
        changed_at=CHANGED,
    )


def clock_change_visits() -> tuple[FeedVisit, ...]:
    """Visits before, in and after the nights of 29 March and 25 October 2026 in Brussels."""
    return (
        visit(1, datetime(2026, 3, 28, 8, 0, tzinfo=UTC)),  # 09:00 in winter time
        visit(2, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), minutes=60),  # over the hour that is not
        visit(3, datetime(2026, 3, 30, 7, 0, tzinfo=UTC), address=IXELLES),  # 09:00 in summer time
        visit(4, datetime(2026, 10, 24, 7, 0, tzinfo=UTC)),
        visit(5, datetime(2026, 10, 25, 0, 15, tzinfo=UTC)),  # the first 02:15
        visit(6, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)),  # the second 02:15
        visit(7, datetime(2026, 10, 26, 8, 0, tzinfo=UTC), address=SPOT),
    )


def week_of_a_team() -> tuple[FeedVisit, ...]:
    """A visit alone, one of a pair, one moved twice, one cancelled."""
    first = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    amina, karim = Person("W-03", "A.B."), Person("W-07", "K.D.")
    alone = replace(visit(41, first), workers=(amina,))
    pair = replace(visit(20, first + timedelta(hours=2), address=IXELLES), workers=(amina, karim))
    moved = replace(
        visit(33, first + timedelta(days=1)),
        workers=(karim,),
        sequence=2,
        changed_at=CHANGED + timedelta(days=2),
    )
    cancelled = replace(
        visit(52, first + timedelta(days=1, hours=3), address=SPOT),
        workers=(karim,),
        sequence=1,
        changed_at=first,
        cancelled_at=first,
    )
    return alone, pair, moved, cancelled
