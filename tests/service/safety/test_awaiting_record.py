"""A visit that nobody has recorded is neither a contact nor a visit in vain: alerts wait for it."""

from datetime import timedelta

import pytest

from service import clock
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.encounters.actions import record_outcome
from service.encounters.said import Said
from service.encounters.states import Outcome
from service.safety.alerting import note_overdose
from service.safety.queries import awaited_records, shown_alert, unrecorded_of
from tests.service import factories as make
from tests.service.safety.alone import published_alone
from tests.service.safety.quiet import DAY, START, Quiet, somebody_quiet
from tests.support.database import Server

pytestmark = pytest.mark.anyio


@pytest.fixture
async def quiet(database: Server) -> Quiet:
    return await somebody_quiet()


async def _planned(quiet: Quiet, day: int) -> int:
    """A published visit of that day at noon, which nobody records."""
    return await published_alone(
        quiet.team, quiet.tenant, await make.place(), quiet.worker_id, at=START + day * DAY
    )


async def _record(quiet: Quiet, visit: int, outcome: Outcome, *, day: float) -> None:
    with clock.stopped(START + day * DAY):
        await record_outcome(quiet.worker, visit, Said(outcome=outcome))


async def test_a_gap_waits_for_the_record_of_a_visit_for_three_mornings(quiet: Quiet) -> None:
    visit = await _planned(quiet, 15)
    assert await quiet.opens_on(last=20) is None
    with clock.stopped(START + 17 * DAY):
        (held,) = await awaited_records(quiet.lead)
        assert (held.tenant, held.days, held.visit.visit) == ("T-001", 17, visit)
        assert held.visit.workers == ("W-01",)
        assert held.writes
        (read,) = await awaited_records(quiet.people["coordinator"])
        assert not read.writes
        for nobody in ("stranger", "housing"):
            assert await awaited_records(quiet.people[nobody]) == ()
    assert await quiet.morning(20)
    with clock.stopped(START + 20 * DAY):
        assert await awaited_records(quiet.lead) == ()
        alert = await shown_alert(quiet.lead, await quiet.alert() or 0)
        assert [one.visit for one in await unrecorded_of(alert)] == [visit]


async def test_its_record_settles_it_at_once(quiet: Quiet) -> None:
    met = await _planned(quiet, 15)
    assert not await quiet.morning(17)
    await _record(quiet, met, Outcome.DONE, day=17)
    assert await quiet.opens_on(first=18) == 15 + 17


async def test_a_record_of_nobody_at_home_opens_it_at_once(quiet: Quiet) -> None:
    visit = await _planned(quiet, 15)
    assert not await quiet.morning(17)
    await _record(quiet, visit, Outcome.NOT_HOME, day=17)
    assert await quiet.alert() is not None
    assert await fetch_value("select cause from contact_alerts") == "gap"


async def test_more_visits_without_a_record_make_it_wait_no_longer(quiet: Quiet) -> None:
    for day in (8, 11, 15, 18):
        await _planned(quiet, day)
    assert await quiet.opens_on() == 20


async def test_only_a_visit_that_could_have_been_the_contact_counts(quiet: Quiet) -> None:
    """One before the last contact says nothing, one that was called off neither."""
    await execute("update encounters set starts_at = $1, recorded_at = $1", START + 5 * DAY)
    await _planned(quiet, 4)
    gone = await _planned(quiet, 12)
    async with unit_of_work():
        await execute(
            "update published_visits set state = 'cancelled', cancelled_at = $2 where visit = $1",
            gone,
            START + 11 * DAY,
        )
        await execute(
            "delete from published_stops where published_visit ="
            " (select id from published_visits where visit = $1)",
            gone,
        )
    assert await quiet.opens_on(first=6) == 5 + 17


async def test_after_a_risk_it_waits_for_a_day(quiet: Quiet) -> None:
    with clock.stopped(START + 5 * DAY):
        await note_overdose(quiet.lead, tenant="T-001")
    await _planned(quiet, 9)
    assert await quiet.opens_on() == 11 + 1


async def test_visits_without_a_record_are_not_in_vain(quiet: Quiet) -> None:
    for day in (1, 2, 3):
        await _planned(quiet, day)
    await quiet.visit(4, "not_home")
    await quiet.visit(5, "not_home")
    assert await quiet.alert() is None
    await quiet.visit(6, "not_home")
    assert await quiet.alert() is not None


async def test_between_visits_in_vain_it_may_have_broken_the_row(quiet: Quiet) -> None:
    await quiet.visit(1, "not_home")
    await quiet.visit(2, "not_home")
    between = await _planned(quiet, 3)
    await quiet.visit(4, "not_home")
    assert await quiet.alert() is None
    with clock.stopped(START + 4 * DAY + timedelta(hours=1)):
        (held,) = await awaited_records(quiet.lead)
    assert (held.missed, held.visit.visit) == (3, between)
    await _record(quiet, between, Outcome.NOT_HOME, day=5)
    assert await fetch_one("select cause, missed from contact_alerts") == {
        "cause": "missed",
        "missed": 4,
    }


async def test_an_open_alert_is_not_closed_by_what_may_have_been(quiet: Quiet) -> None:
    assert await quiet.morning(17)
    await _planned(quiet, 18)
    with clock.stopped(START + 19 * DAY):
        await make.encounter(
            tenant=quiet.tenant,
            team=quiet.team,
            starts_at=START + DAY / 2,
            recorded_at=clock.now(),
        )
    assert await quiet.morning(20)
