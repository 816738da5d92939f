"""The lone-worker check with a moved clock: every step once, in order, whatever the clock does."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.safety import rounds
from service.safety.actions import (
    after_encounter,
    check_out,
    extend_check,
    note_signal,
    save_settings,
    say_safe,
    start_check,
)
from service.safety.checks import check_by_id
from service.safety.errors import CheckOver, LadderMissing
from service.safety.people import support_workers
from service.safety.queries import my_page, shown_check
from service.safety.settings import safety_of_team
from service.safety.states import CheckEnd, Rung
from tests.service import factories as make
from tests.service.safety.alone import MONDAY_TEN, Alone, published_alone, somebody_alone
from tests.support.database import Server

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alone(database: Server) -> Alone:
    return await somebody_alone()


async def _start(alone: Alone) -> int:
    with clock.stopped(MONDAY_TEN):
        return await start_check(alone.worker, visit=alone.visit, ends_at=alone.ends_at)


async def _minute(at: datetime) -> int:
    with clock.stopped(at):
        return await rounds.take_steps()


async def _steps(check: int) -> list[tuple[str, str]]:
    rows = await fetch_all(
        "select s.kind, coalesce(w.code, '') as told from lone_check_steps s"
        " left join workers w on w.id = s.told where s.lone_check = $1 order by s.id",
        check,
    )
    return [(row["kind"], row["told"]) for row in rows]


async def _told() -> list[tuple[str, str]]:
    rows = await fetch_all(
        "select a.login, n.message->>'step' as step from notices n"
        " join accounts a on a.id = n.account order by n.id"
    )
    return [(row["login"], row["step"]) for row in rows]


async def test_each_is_told_when_it_is_their_turn(alone: Alone) -> None:
    check = await _start(alone)
    seen = {}
    for minutes in range(46):
        if await _minute(alone.ends_at + minutes * MINUTE):
            seen[minutes] = (await _told())[-1]
    assert seen == {
        15: ("worker", "due"),
        20: ("buddy", "buddy"),
        30: ("lead", "lead"),
        45: ("on-call", "on_call"),
    }
    assert await _steps(check) == [
        ("started", ""),
        ("due", "W-01"),
        ("buddy", "W-02"),
        ("lead", "W-03"),
        ("on_call", "W-04"),
    ]
    assert await _minute(alone.ends_at + timedelta(hours=3)) == 0


async def test_steps_missed_in_a_standstill_are_taken_once_after_it(alone: Alone) -> None:
    check = await _start(alone)
    later = alone.ends_at + 31 * MINUTE
    assert await _minute(later) == 3
    assert await _minute(later) == 0
    assert [kind for kind, _ in await _steps(check)] == ["started", "due", "buddy", "lead"]


async def test_two_clocks_at_once_tell_each_once(alone: Alone) -> None:
    await _start(alone)
    with clock.stopped(alone.ends_at + 50 * MINUTE):
        taken = await asyncio.gather(*(rounds.take_steps() for _ in range(4)))
    assert sum(taken) == 4
    assert len(await _told()) == 4


async def test_a_step_that_fails_half_way_is_taken_whole_later(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = await _start(alone)

    async def broken(*_: object, **__: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("service.safety.check_rows.notify", broken)
        with pytest.raises(RuntimeError):
            await _minute(alone.ends_at + 21 * MINUTE)
    assert await _steps(check) == [("started", "")]
    assert await _minute(alone.ends_at + 22 * MINUTE) == 2


async def test_one_tap_extends_and_the_ladder_begins_anew(alone: Alone) -> None:
    check = await _start(alone)
    await _minute(alone.ends_at + 20 * MINUTE)
    with clock.stopped(alone.ends_at + 21 * MINUTE):
        ends = await extend_check(alone.worker, check)
    assert ends == alone.ends_at + 36 * MINUTE
    assert await _minute(alone.ends_at + 50 * MINUTE) == 0
    assert await _minute(ends + 15 * MINUTE) == 1
    assert await _minute(ends + 20 * MINUTE) == 1
    assert [kind for kind, _ in await _steps(check)] == [
        *("started", "due", "buddy", "extended", "due", "buddy")
    ]


async def test_before_its_end_an_extension_counts_from_the_end(alone: Alone) -> None:
    check = await _start(alone)
    with clock.stopped(MONDAY_TEN + MINUTE):
        assert await extend_check(alone.worker, check) == alone.ends_at + 15 * MINUTE


async def test_safe_ends_it_and_tells_who_was_alarmed(alone: Alone) -> None:
    check = await _start(alone)
    await _minute(alone.ends_at + 20 * MINUTE)
    with clock.stopped(alone.ends_at + 22 * MINUTE):
        await say_safe(alone.worker, check)
        with pytest.raises(CheckOver):
            await say_safe(alone.worker, check)
    assert await _minute(alone.ends_at + 60 * MINUTE) == 0
    assert (await _told())[-1] == ("buddy", "ended")
    assert len(await _told()) == 3


@pytest.mark.parametrize("kind", [CheckEnd.BY_CALL, CheckEnd.BY_TEXT])
async def test_a_colleague_checks_somebody_out(alone: Alone, kind: CheckEnd) -> None:
    check = await _start(alone)
    with clock.stopped(alone.ends_at):
        await check_out(alone.buddy, check, kind=kind)
        _, steps = await shown_check(alone.worker, check)
    assert (steps[-1].kind, steps[-1].by) == (kind.value, "FirstW-02")
    assert await _minute(alone.ends_at + 60 * MINUTE) == 0


async def test_an_outcome_ends_it(alone: Alone) -> None:
    check = await _start(alone)
    with clock.stopped(alone.ends_at):
        async with unit_of_work() as uow:
            await after_encounter(
                uow,
                tenant=alone.tenant,
                visit=alone.visit,
                workers=(alone.worker.worker or 0,),
                by=alone.worker.account,
            )
    found = await check_by_id(check)
    assert found is not None
    assert found.end_kind is CheckEnd.OUTCOME


async def test_a_phone_without_signal_shows_since_when(alone: Alone) -> None:
    check = await _start(alone)
    with clock.stopped(MONDAY_TEN + 3 * MINUTE):
        await note_signal(alone.worker, check)
    with clock.stopped(MONDAY_TEN + 8 * MINUTE):
        (seen,) = (await my_page(alone.buddy)).others
        assert seen.no_signal_since(clock.now()) is None
    later = MONDAY_TEN + 9 * MINUTE
    assert seen.no_signal_since(later) == MONDAY_TEN + 3 * MINUTE
    columns = await fetch_all(
        "select column_name from information_schema.columns where table_name like 'lone_check%'"
    )
    names = {row["column_name"] for row in columns}
    assert not names & {"lat", "lon", "place", "location", "position", "address"}


async def test_at_a_gate_no_signal_is_expected(database: Server) -> None:
    alone = await somebody_alone(kind="prison")
    with clock.stopped(MONDAY_TEN + MINUTE):
        assert await rounds.begin_checks() == 1
        (seen,) = (await my_page(alone.buddy)).others
    assert seen.gate
    assert seen.ends_at == alone.ends_at
    assert seen.no_signal_since(MONDAY_TEN + timedelta(hours=2)) is None
    assert await _minute(alone.ends_at + 20 * MINUTE) == 2


async def test_no_check_starts_without_a_ladder_that_can_be_reached(database: Server) -> None:
    alone = await somebody_alone(on_call=False)
    with clock.stopped(MONDAY_TEN):
        with pytest.raises(LadderMissing) as refused:
            await start_check(alone.worker, visit=alone.visit, ends_at=alone.ends_at)
        assert refused.value.missing == ("on_call",)
        assert await rounds.begin_checks() == 0
        assert await fetch_value("select count(*) from lone_checks") == 0
        await make.insert(
            "duty_slots",
            uid="7b2f3c44-8a3e-4a54-9c0b-1f6f2a3b4c5d",
            team=alone.team,
            key="x",
            kind="standby",
            state="open",
            starts_at=MONDAY_TEN,
            ends_at=MONDAY_TEN + timedelta(hours=9),
            worker=alone.on_call.worker,
            published_worker=alone.on_call.worker,
            changed_at=MONDAY_TEN,
            updated_at=MONDAY_TEN,
        )
        assert await rounds.begin_checks() == 1


async def test_who_is_away_or_has_no_account_cannot_be_reached(alone: Alone) -> None:
    await make.absence(
        worker=alone.lead.worker or 0,
        starts_at=MONDAY_TEN - timedelta(hours=2),
        ends_at=MONDAY_TEN + timedelta(hours=8),
    )
    await execute("update accounts set active = false where login = 'buddy'")
    with clock.stopped(MONDAY_TEN):
        page = await my_page(alone.worker)
    assert page.ladder is not None
    assert page.ladder.missing == ("buddy", "lead")


async def _left(worker: Viewer) -> None:
    """The worker's memberships end on the Monday: whoever leaves keeps the account's rows."""
    await execute(
        "update team_memberships set ends_on = $2 where worker = $1",
        worker.worker,
        MONDAY_TEN.date(),
    )


async def test_who_left_the_team_stands_in_no_ladder(alone: Alone) -> None:
    with clock.stopped(MONDAY_TEN):
        assert "W-03" in {one.code for one in await support_workers()}
        await _left(alone.lead)
        page = await my_page(alone.worker)
        assert page.ladder is not None
        assert page.ladder.missing == ("lead",)
        await execute("update safety_settings set deputy = $1", alone.lead.worker)
        with pytest.raises(LadderMissing):
            await start_check(alone.worker, visit=alone.visit, ends_at=alone.ends_at)
        await _left(alone.buddy)
        page = await my_page(alone.worker)
        assert page.ladder is not None
        assert page.ladder.missing == ("buddy", "lead")
        assert {one.code for one in await support_workers()} == {"W-01", "W-04", "W-05"}
    with clock.stopped(MONDAY_TEN - timedelta(days=1)):
        assert "W-03" in {one.code for one in await support_workers()}


async def test_who_left_the_team_cannot_be_named_for_it(alone: Alone) -> None:
    settings = await safety_of_team(alone.team)
    with clock.stopped(MONDAY_TEN):
        await save_settings(
            alone.lead, team="ACT", settings=settings, deputy="W-02", on_call="W-04"
        )
        await _left(alone.buddy)
        settings = await safety_of_team(alone.team)
        with pytest.raises(Invalid) as refused:
            await save_settings(
                alone.lead, team="ACT", settings=settings, deputy="W-02", on_call="W-04"
            )
    assert set(refused.value.fields) == {"deputy"}


async def test_checks_begin_with_the_visits_that_the_team_chose(database: Server) -> None:
    """Not for two workers, not twice, not for one that has its outcome, and once per worker."""
    alone = await somebody_alone(lone_visits="every")
    with clock.stopped(MONDAY_TEN - MINUTE):
        assert await rounds.begin_checks() == 0
    with clock.stopped(MONDAY_TEN):
        assert await rounds.begin_checks() == 1
        assert await rounds.begin_checks() == 0
    await execute("update safety_settings set lone_visits = 'homes'")
    place = await make.place()
    assert alone.buddy.worker is not None
    await published_alone(alone.team, alone.tenant, place, alone.buddy.worker, at=MONDAY_TEN)
    with clock.stopped(MONDAY_TEN):
        assert await rounds.begin_checks() == 0
        await execute("update safety_settings set lone_visits = 'every'")
        assert await rounds.begin_checks() == 1


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 25, 0, 10, tzinfo=UTC),  # 2:10, and at 1:00 UTC it is 2:00 again
        datetime(2027, 3, 28, 0, 10, tzinfo=UTC),  # 1:10, and at 1:00 UTC it is 3:00
    ],
)
async def test_both_clock_changes_leave_every_minute_its_length(
    database: Server, at: datetime
) -> None:
    alone = await somebody_alone(at=at)
    ends = at + 45 * MINUTE
    with clock.stopped(at):
        check = await start_check(alone.worker, visit=alone.visit, ends_at=ends)
    taken = [minutes for minutes in range(50) if await _minute(ends + minutes * MINUTE)]
    assert taken == [15, 20, 30, 45]
    assert len(await _steps(check)) == 5


async def test_who_may_do_what(alone: Alone) -> None:
    check = await _start(alone)
    with clock.stopped(MONDAY_TEN + MINUTE):
        for outsider in (alone.stranger, alone.housing):
            with pytest.raises(NotFound):
                await shown_check(outsider, check)
            with pytest.raises(NotFound):
                await extend_check(outsider, check)
            with pytest.raises(NotFound):
                await check_out(outsider, check, kind=CheckEnd.BY_CALL)
        with pytest.raises(Forbidden):
            await say_safe(alone.buddy, check)
        with pytest.raises(Forbidden):
            await note_signal(alone.on_call, check)
        with pytest.raises(Invalid):
            await check_out(alone.lead, check, kind=CheckEnd.OUTCOME)
        with pytest.raises(NotFound):
            await start_check(alone.buddy, visit=alone.visit, ends_at=alone.ends_at)
        with pytest.raises(Invalid):
            await start_check(alone.worker, visit=None, ends_at=alone.ends_at)
        found, _ = await shown_check(alone.on_call, check)
        assert found.told(Rung.ON_CALL).code == "W-04"
        await say_safe(alone.worker, check)
        worker = await make.worker("W-09", team=alone.team)
        colleague = await make.account("w9", role="worker", team=alone.team, worker=worker)
        with pytest.raises(NotFound):  # ended: no longer the whole team's to see
            await shown_check(colleague, check)


async def test_checks_are_erased_and_nothing_else_keeps_their_times(alone: Alone) -> None:
    check = await _start(alone)
    await _minute(alone.ends_at + 30 * MINUTE)
    with clock.stopped(alone.ends_at + 31 * MINUTE):
        await say_safe(alone.worker, check)
    assert await fetch_value("select count(*) from audit_entries") == 0
    with clock.stopped(alone.ends_at + timedelta(days=30)):
        assert await rounds.erase_old_checks() == 0
    with clock.stopped(alone.ends_at + timedelta(days=31)):
        assert await rounds.erase_old_checks() == 1
        assert await rounds.erase_old_checks() == 0
    for table in ("lone_checks", "lone_check_steps", "notices"):
        assert await fetch_value(f"select count(*) from {table}") == 0
