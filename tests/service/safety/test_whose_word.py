"""Whose word ends a check, whom a ladder that changes tells, and that no check holds up another."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.encounters.actions import record_contact, record_outcome
from service.encounters.said import ContactSaid, Said
from service.encounters.states import EncounterKind, Outcome
from service.safety import check_rows, rounds
from service.safety.actions import extend_check, start_check
from service.safety.checks import check_by_id
from service.safety.queries import shown_check
from service.safety.states import CheckEnd
from tests.service import factories as make
from tests.service.rounds.readers import reading
from tests.service.safety.alone import MONDAY_TEN, Alone, published_alone, somebody_alone
from tests.support.database import Server
from tests.support.web import person

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alone(database: Server) -> Alone:
    return await somebody_alone()


async def _start(alone: Alone, *, visit: bool = True) -> int:
    with clock.stopped(MONDAY_TEN):
        return await start_check(
            alone.worker, visit=alone.visit if visit else None, ends_at=alone.ends_at
        )


async def _runs(check: int) -> bool:
    found = await check_by_id(check)
    assert found is not None
    return found.ended_at is None


async def _told() -> list[tuple[str, str]]:
    rows = await fetch_all(
        "select a.login, n.message->>'step' as step from notices n"
        " join accounts a on a.id = n.account where n.kind = 'lone_worker' order by n.id"
    )
    return [(row["login"], row["step"]) for row in rows]


async def test_only_the_own_record_says_that_somebody_is_well(alone: Alone) -> None:
    """The lead writes that the tenant called it off: of the worker that says nothing."""
    check = await _start(alone)
    with clock.stopped(MONDAY_TEN + 10 * MINUTE):
        await record_outcome(alone.lead, alone.visit, Said(outcome=Outcome.CANCELLED_BY_TENANT))
    assert await _runs(check)
    with clock.stopped(alone.ends_at + 20 * MINUTE):
        assert await rounds.take_steps() == 2


async def test_the_own_record_of_the_visit_ends_it(alone: Alone) -> None:
    check = await _start(alone)
    with clock.stopped(MONDAY_TEN + 40 * MINUTE):
        await record_outcome(alone.worker, alone.visit, Said(outcome=Outcome.DONE))
    found = await check_by_id(check)
    assert found is not None
    assert found.end_kind is CheckEnd.OUTCOME


@pytest.mark.parametrize(
    ("kind", "minutes_ago", "runs"),
    [
        (EncounterKind.HOME_VISIT, 0, False),
        (EncounterKind.AT_DOOR, 0, False),
        (EncounterKind.PHONE, 0, True),  # a call made while alone
        (EncounterKind.HOME_VISIT, 24 * 60, True),  # yesterday's, written down late
    ],
)
async def test_a_check_without_a_visit_ends_with_a_meeting_that_lay_in_it(
    alone: Alone, kind: EncounterKind, minutes_ago: int, runs: bool
) -> None:
    check = await _start(alone, visit=False)
    now = MONDAY_TEN + 30 * MINUTE
    with clock.stopped(now):
        said: dict[str, Any] = {"starts_at": now - minutes_ago * MINUTE} if minutes_ago else {}
        await record_contact(
            alone.worker,
            ContactSaid(tenant="T-001", kind=kind, said=Said(outcome=Outcome.DONE), **said),
        )
    assert await _runs(check) is runs


async def test_a_visit_given_to_somebody_else_has_a_check_of_its_own(alone: Alone) -> None:
    """The first worker began one ahead of time and then called in sick."""
    with clock.stopped(MONDAY_TEN - 60 * MINUTE):
        check = await start_check(alone.worker, visit=alone.visit, ends_at=alone.ends_at)
    await execute(
        "update lone_checks set ended_at = $2, end_kind = 'cancelled' where id = $1",
        check,
        MONDAY_TEN - 30 * MINUTE,
    )
    with clock.stopped(MONDAY_TEN):
        assert await rounds.begin_checks() == 0
        await execute("update published_stops set worker = $1", alone.buddy.worker)
        assert await rounds.begin_checks() == 1
    assert (
        await fetch_value("select worker from lone_checks where ended_at is null")
        == alone.buddy.worker
    )


async def test_whoever_went_home_sick_has_somebody_else_told_in_their_place(alone: Alone) -> None:
    check = await _start(alone)
    other = await make.worker("W-08", team=alone.team)
    await make.account("other", role="worker", team=alone.team, worker=other)
    assert alone.buddy.worker is not None
    await make.absence(
        worker=alone.buddy.worker,
        starts_at=MONDAY_TEN + 5 * MINUTE,
        ends_at=MONDAY_TEN + timedelta(days=2),
    )
    with clock.stopped(alone.ends_at + 20 * MINUTE):
        assert await rounds.take_steps() == 2
        found, steps = await shown_check(alone.lead, check)
    assert await _told() == [("worker", "due"), ("other", "buddy")]
    assert steps[-1].told == "FirstW-08"
    assert found.buddy.code == "W-08"


async def test_a_duty_that_began_meanwhile_is_on_call(alone: Alone) -> None:
    check = await _start(alone)
    night = await make.worker("W-08", discipline="coordinator")
    viewer = await make.account("night", role="coordinator", worker=night)
    starts = alone.ends_at + 40 * MINUTE
    await make.insert(
        "duty_slots",
        uid="7b2f3c44-8a3e-4a54-9c0b-1f6f2a3b4c5d",
        team=alone.team,
        key="x",
        kind="on_call",
        state="open",
        starts_at=starts,
        ends_at=starts + timedelta(hours=9),
        worker=night,
        published_worker=night,
        changed_at=MONDAY_TEN,
        updated_at=MONDAY_TEN,
    )
    with clock.stopped(alone.ends_at + 45 * MINUTE):
        await rounds.take_steps()
        found, _ = await shown_check(viewer, check)
    assert (await _told())[-1] == ("night", "on_call")
    assert found.on_call.code == "W-08"


async def test_where_nobody_else_can_be_found_the_first_choice_is_told(alone: Alone) -> None:
    check = await _start(alone)
    for one in (alone.buddy, alone.lead):
        assert one.worker is not None
        await make.absence(
            worker=one.worker,
            starts_at=MONDAY_TEN,
            ends_at=MONDAY_TEN + timedelta(days=2),
        )
    with clock.stopped(alone.ends_at + 30 * MINUTE):
        await extend_check(alone.worker, check)
    with clock.stopped(alone.ends_at + 90 * MINUTE):
        await rounds.take_steps()
    assert [login for login, _ in await _told()] == ["worker", "buddy", "lead", "on-call"]


async def test_one_check_that_fails_keeps_no_other_from_its_steps(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await _start(alone)
    place = await make.place()
    assert alone.buddy.worker is not None
    await published_alone(alone.team, alone.tenant, place, alone.buddy.worker, at=MONDAY_TEN)
    with clock.stopped(MONDAY_TEN):
        assert await rounds.begin_checks() == 1
    notify = check_rows.notify

    async def broken(uow: Any, message: Any, **options: Any) -> int:
        if message.check == first:
            raise RuntimeError
        return await notify(uow, message, **options)

    with monkeypatch.context() as patched, clock.stopped(alone.ends_at + 20 * MINUTE):
        patched.setattr("service.safety.check_rows.notify", broken)
        with pytest.raises(RuntimeError):
            await rounds.take_steps()
        assert await _told() == [("buddy", "due"), ("worker", "buddy")]
    with clock.stopped(alone.ends_at + 21 * MINUTE):
        assert await rounds.take_steps() == 2


async def test_a_slip_stays_with_the_form_it_was_made_in(alone: Alone, tmp_path: Path) -> None:
    """The visit's own form keeps its end, and says nothing of what was wrong elsewhere."""
    second = await make.worker("W-08", team=alone.team)
    await person("second", ("worker", alone.team), worker=second)
    starts = clock.now() + timedelta(hours=1)
    await published_alone(alone.team, alone.tenant, await make.place(), second, at=starts)
    async with reading(tmp_path, "second") as reader:
        before = (await reader.get("/lone")).text
        visits = before.count('name="visit"')
        answer = await reader.post("/lone", on="/lone", ends="soon", gate="true")
    assert answer.status_code == 422
    assert answer.text.count('value="soon"') == 1
    assert answer.text.count('class="field-error"') == 1
    assert answer.text.count('name="visit"') == visits
