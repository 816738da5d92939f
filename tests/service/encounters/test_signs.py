"""Signs of life: what resets them, what counts as a failed attempt, and what says nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from service.database.unit_of_work import UnitOfWork
from service.encounters.queries import Attempt, signs_of, signs_of_life
from service.encounters.states import EncounterKind, Outcome
from tests.service import factories as make

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def attempt(day: int, outcome: Outcome) -> Attempt:
    return Attempt(at=at(day), kind=EncounterKind.HOME_VISIT, outcome=outcome)


def test_nobody_at_home_three_times_in_a_row() -> None:
    signs = signs_of(
        [attempt(0, Outcome.DONE), *(attempt(day, Outcome.NOT_HOME) for day in (3, 5, 8))]
    )
    assert signs.seen_or_heard_at == at(0)
    assert signs.failed == (at(3), at(5), at(8))


@pytest.mark.parametrize(
    ("outcome", "failed"),
    [
        (Outcome.REFUSED, 0),  # through the door: somebody is there
        (Outcome.CANCELLED_BY_TENANT, 0),
        (Outcome.MET_ELSEWHERE, 0),
        (Outcome.SHORTENED, 0),
        (Outcome.IN_HOSPITAL, 0),
        (Outcome.IN_PRISON, 0),
        (Outcome.CANCELLED_BY_US, 2),
        (Outcome.UNSAFE, 2),
        (Outcome.NOT_HOME, 3),
    ],
)
def test_what_ends_a_row_of_failed_attempts(outcome: Outcome, failed: int) -> None:
    rows = [attempt(1, Outcome.NOT_HOME), attempt(2, Outcome.NOT_HOME), attempt(3, outcome)]
    assert len(signs_of(rows).failed) == failed


def test_a_refusal_is_a_sign_of_life_and_hospital_only_a_place() -> None:
    signs = signs_of([attempt(2, Outcome.IN_HOSPITAL), attempt(1, Outcome.REFUSED)])
    assert signs.seen_or_heard_at == at(1)
    assert signs.found_at == at(2)
    assert signs.known_at == at(2)


async def test_signs_are_read_for_many_at_once(rolled_back: UnitOfWork) -> None:
    team = await make.team()
    known, silent = await make.tenant(team=team), await make.tenant(team=team)
    for day, outcome in ((0, "done"), (2, "not_home"), (4, "refused"), (6, "not_home")):
        await make.encounter(tenant=known, team=team, starts_at=at(day), outcome=outcome)
    await make.encounter(tenant=silent, team=team, starts_at=at(1), outcome="not_home")
    signs = await signs_of_life([known, silent, 999], before=at(6))
    assert signs[known].seen_or_heard_at == at(4)
    assert signs[known].failed == ()
    assert signs[silent].failed == (at(1),)
    assert signs[999].known_at is None
    assert (await signs_of_life([known], before=at(7)))[known].failed == (at(6),)
