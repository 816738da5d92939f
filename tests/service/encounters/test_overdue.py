"""'Overdue' has one definition; lists, plans and reports agree because they ask it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.database.unit_of_work import UnitOfWork
from service.encounters.overdue import days_overdue
from service.encounters.queries import contacts_before, overdue_on
from service.teams.hours import Span
from tests.service import factories as make

TODAY = date(2026, 11, 26)
LONG_AGO = date(2024, 1, 1)


def _days(**changes: object) -> int:
    given = {
        "last_contact": date(2026, 11, 10),
        "since": LONG_AGO,
        "longest_gap_days": 10,
        "on": TODAY,
    }
    return days_overdue(**(given | changes))  # type: ignore[arg-type]


def test_days_since_the_last_contact_minus_the_longest_gap() -> None:
    assert _days() == 6
    assert _days(last_contact=TODAY) == 0
    assert _days(last_contact=TODAY - timedelta(days=10)) == 0
    assert _days(last_contact=TODAY - timedelta(days=11)) == 1


def test_somebody_never_seen_counts_from_the_beginning() -> None:
    assert _days(last_contact=None, since=date(2026, 11, 1)) == 15


def test_a_pause_asks_nothing_and_starts_the_count_anew() -> None:
    assert _days(pauses=[Span(date(2026, 11, 20))]) == 0
    assert _days(pauses=[Span(date(2026, 11, 11), date(2026, 11, 15))]) == 1
    assert _days(pauses=[Span(date(2026, 12, 1))]) == 6
    assert _days(pauses=[Span(date(2026, 1, 1), date(2026, 2, 1))]) == 6


@pytest.mark.anyio
async def test_what_counts_as_a_contact(rolled_back: UnitOfWork) -> None:
    """Phone and office only where the tenant chose so; a closed door never."""
    team = await make.team()
    strict, phoning = await make.tenant(team=team), await make.tenant(team=team)
    await make.agreement(tenant=strict)
    await make.agreement(tenant=phoning, counts_phone=True)

    def at(day: int) -> datetime:
        return datetime(2026, 11, day, 10, tzinfo=UTC)

    for tenant in (strict, phoning):
        await make.encounter(tenant=tenant, team=team, starts_at=at(2))
        await make.encounter(tenant=tenant, team=team, starts_at=at(9), kind="phone")
        await make.encounter(tenant=tenant, team=team, starts_at=at(12), outcome="refused")
        await make.encounter(tenant=tenant, team=team, starts_at=at(13), outcome="not_home")
    found = await overdue_on([strict, phoning], on=TODAY)
    assert found[strict].last_contact == date(2026, 11, 2)
    assert found[strict].days == 14
    assert found[phoning].last_contact == date(2026, 11, 9)
    assert found[phoning].days == 7
    contacts = await contacts_before([strict, phoning], before=at(26))
    assert contacts[strict].days == (date(2026, 11, 2),)
    assert contacts[phoning].days == (date(2026, 11, 2), date(2026, 11, 9))


@pytest.mark.anyio
async def test_a_contact_after_midnight_in_brussels_is_of_that_day(rolled_back: UnitOfWork) -> None:
    team = await make.team()
    worker = await make.worker("W-9", team=team)
    tenant = await make.tenant(team=team)
    await make.agreement(tenant=tenant)
    await make.encounter(
        tenant=tenant,
        team=team,
        workers=(worker,),
        starts_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC),
    )
    assert (await overdue_on([tenant], on=TODAY))[tenant].last_contact == date(2026, 11, 16)
    contacts = (await contacts_before([tenant], before=datetime(2026, 11, 26, tzinfo=UTC)))[tenant]
    assert contacts.workers == {"W-9": (date(2026, 11, 16),)}
    assert contacts.visited == (date(2026, 11, 16),)
