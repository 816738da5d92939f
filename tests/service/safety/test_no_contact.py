"""The no-contact alert with a moved clock: what opens it, what resets it, what closes it."""

from datetime import date

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, NotFound, Stale
from service.safety.actions import after_encounter
from service.safety.alerting import close_alert, log_step, note_overdose
from service.safety.errors import AlertOver
from service.safety.queries import alerts_of, shown_alert
from service.safety.states import AlertEnd, AlertStep
from tests.service import factories as make
from tests.service.safety.quiet import DAY, START, Quiet, somebody_quiet
from tests.support.database import Server

pytestmark = pytest.mark.anyio


@pytest.fixture
async def quiet(database: Server) -> Quiet:
    return await somebody_quiet()


def _day(days: int) -> date:
    return (START + days * DAY).date()


async def test_a_gap_longer_by_seven_days_opens_it(quiet: Quiet) -> None:
    assert await quiet.opens_on() == 17
    row = await fetch_one("select cause, days, missed from contact_alerts")
    assert row == {"cause": "gap", "days": 17, "missed": 0}
    told = await fetch_all(
        "select a.login from notices n join accounts a on a.id = n.account order by 1"
    )
    assert [one["login"] for one in told] == ["lead", "worker"]
    assert await quiet.morning(18)
    assert await fetch_value("select count(*) from contact_alerts") == 1


async def test_who_left_the_team_is_not_told(quiet: Quiet) -> None:
    second = await make.worker("W-02", team=quiet.team)
    await make.account("former", role="team_lead", team=quiet.team, worker=second)
    await execute("update team_memberships set ends_on = $1", _day(10))
    assert await quiet.opens_on() == 17
    told = await fetch_all("select a.login from notices n join accounts a on a.id = n.account")
    assert [one["login"] for one in told] == ["lead"]


async def test_three_visits_in_vain_open_it_at_once(quiet: Quiet) -> None:
    await quiet.visit(2, "not_home")
    await quiet.visit(3, "unsafe")
    assert await quiet.alert() is None
    await quiet.visit(3.5, "cancelled_by_us")
    assert await quiet.alert() is None
    await quiet.visit(4, "not_home")
    assert await fetch_value("select cause from contact_alerts") == "missed"


@pytest.mark.parametrize("outcome", ["refused", "cancelled_by_tenant", "in_hospital", "in_prison"])
async def test_a_sign_of_life_breaks_the_row(quiet: Quiet, outcome: str) -> None:
    for day, said in enumerate(("not_home", "not_home", outcome, "not_home", "not_home"), 1):
        await quiet.visit(day, said)
    assert await quiet.alert() is None
    await quiet.visit(6, "not_home")
    assert await quiet.alert() is not None


async def test_an_unanswered_call_is_no_visit(quiet: Quiet) -> None:
    for day in range(1, 5):
        await quiet.visit(day, "not_home", kind="phone")
    assert await quiet.alert() is None


@pytest.mark.parametrize("kind", ["hospital", "prison"])
async def test_sooner_after_hospital_and_prison_and_not_while_there(
    quiet: Quiet, kind: str
) -> None:
    place = await make.place()
    stay = await make.stay(
        tenant=quiet.tenant, place=place, kind=kind, starts_on=_day(1), ends_on=None
    )
    assert await quiet.opens_on(last=25) is None
    await execute("update stays set ends_on = $2 where id = $1", stay, _day(25))
    assert await quiet.opens_on(first=25) == 25 + 11
    assert await fetch_value("select cause from contact_alerts") == "gap_sooner"


async def test_sooner_after_an_overdose(quiet: Quiet) -> None:
    with clock.stopped(START + 5 * DAY):
        await note_overdose(quiet.worker, tenant="T-001")
        await note_overdose(quiet.worker, tenant="T-001")
        for name in ("stranger", "housing"):
            with pytest.raises(NotFound):
                await note_overdose(quiet.people[name], tenant="T-001")
        with pytest.raises(Forbidden):
            await note_overdose(quiet.people["coordinator"], tenant="T-001")
        await note_overdose(quiet.worker, tenant="T-001", back=True)
        assert await fetch_value("select count(*) from risk_events") == 0
        await note_overdose(quiet.lead, tenant="T-001")
    assert await fetch_value("select count(*) from risk_events") == 1
    assert await quiet.opens_on() == 11


async def test_a_team_sets_its_own_days_and_visits(quiet: Quiet) -> None:
    await make.insert(
        "safety_settings", team=quiet.team, gap_days=2, missed_visits=2, updated_at=START
    )
    assert await quiet.opens_on() == 12
    await quiet.visit(13, "done")
    await quiet.visit(14, "not_home")
    await quiet.visit(15, "not_home")
    assert await quiet.alert() is not None


async def test_a_contact_closes_it_and_the_gap_begins_anew(quiet: Quiet) -> None:
    assert await quiet.morning(17)
    await quiet.visit(17, "done")
    assert await quiet.ends() == ["contact"]
    assert await quiet.opens_on(first=18) == 17 + 17


async def test_a_refusal_closes_it_but_the_gap_goes_on(quiet: Quiet) -> None:
    """The alert counts anew from the refusal; overdue stays counted from the last contact."""
    from service.encounters.queries import overdue_on

    assert await quiet.morning(17)
    await quiet.visit(17, "refused")
    assert await quiet.ends() == ["sign_of_life"]
    assert (await overdue_on([quiet.tenant], on=_day(18)))[quiet.tenant].days == 8
    assert await quiet.opens_on(first=18) == 17 + 17


async def test_a_contact_recorded_late_closes_an_alert_that_had_no_cause(quiet: Quiet) -> None:
    assert await quiet.morning(17)
    with clock.stopped(START + 17 * DAY):
        for days, open_after in ((0.1, True), (14, False)):
            await make.encounter(
                tenant=quiet.tenant,
                team=quiet.team,
                starts_at=START + days * DAY,
                recorded_at=clock.now(),
            )
            async with unit_of_work() as uow:
                await after_encounter(uow, tenant=quiet.tenant, visit=None, workers=(), by=None)
            assert (await quiet.alert() is not None) is open_after
    assert await quiet.opens_on(first=18) == 14 + 17


async def test_a_pause_keeps_it_shut(quiet: Quiet) -> None:
    agreement = await fetch_value("select id from agreements")
    await make.insert("agreement_pauses", agreement=agreement, starts_on=_day(5), ends_on=_day(20))
    assert await quiet.opens_on(last=45) == 20 + 17


async def test_each_step_is_logged_and_a_lead_decides(quiet: Quiet) -> None:
    await quiet.morning(17)
    alert = await quiet.alert()
    assert alert is not None
    with clock.stopped(START + 17 * DAY):
        for kind in (AlertStep.LOOKED, AlertStep.HOSPITALS, AlertStep.PRISONS):
            await log_step(quiet.worker, alert, kind=kind)
        with pytest.raises(Forbidden):
            await log_step(quiet.worker, alert, kind=AlertStep.WELFARE_CHECK)
        await log_step(quiet.lead, alert, kind=AlertStep.WELFARE_CHECK)
        with pytest.raises(Forbidden):
            await close_alert(quiet.worker, alert, reason=AlertEnd.HEARD_FROM, expected_version=1)
        with pytest.raises(Stale):
            await close_alert(quiet.lead, alert, reason=AlertEnd.HEARD_FROM, expected_version=1)
        seen = await shown_alert(quiet.people["coordinator"], alert)
        with pytest.raises(Forbidden):
            await log_step(quiet.people["coordinator"], alert, kind=AlertStep.LOOKED)
        for name in ("stranger", "housing"):
            with pytest.raises(NotFound):
                await shown_alert(quiet.people[name], alert)
            with pytest.raises(NotFound):
                await log_step(quiet.people[name], alert, kind=AlertStep.LOOKED)
            assert await alerts_of(quiet.people[name]) == ()
        await close_alert(
            quiet.lead, alert, reason=AlertEnd.HEARD_FROM, expected_version=seen.version
        )
        with pytest.raises(AlertOver):
            await log_step(quiet.lead, alert, kind=AlertStep.LOOKED)
    steps = (await shown_alert(quiet.lead, alert)).steps
    assert [(one.kind.value, one.by) for one in steps] == [
        ("opened", ""),
        ("looked", "FirstW-01"),
        ("hospitals", "FirstW-01"),
        ("prisons", "FirstW-01"),
        ("welfare_check", "lead"),
        ("closed", "lead"),
    ]
    assert await quiet.opens_on(first=18) == 17 + 17


async def test_it_goes_with_the_tenant_to_another_team(quiet: Quiet) -> None:
    assert await quiet.morning(17)
    await execute("update assignments set ends_on = $1", _day(18))
    other = await fetch_value("select id from teams where code = 'ICM'")
    await make.assignment(tenant=quiet.tenant, team=other, starts_on=_day(18))
    assert await quiet.morning(18)
    assert [one.team for one in await alerts_of(quiet.people["stranger"])] == [other]
    assert await alerts_of(quiet.lead) == ()


async def test_it_closes_when_support_has_ended(quiet: Quiet) -> None:
    assert await quiet.morning(17)
    await execute(
        "update tenants set ended_on = $1, end_reason = 'passed_on'",
        _day(18),
    )
    assert not await quiet.morning(18)
    assert await quiet.ends() == ["support_ended"]
