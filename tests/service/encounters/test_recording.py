"""What is said of visits: once, by whom it concerns, late if need be, corrected with a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.encounters.actions import (
    correct_encounter,
    mark_visit,
    record_contact,
    record_outcome,
    try_again,
    unmark_visit,
)
from service.encounters.queries import contacts_before, overdue_on, signs_of_life, workers_inside
from service.encounters.said import ContactSaid, Correction, Details, Said
from service.encounters.states import DayPart, EncounterKind, MarkKind, Outcome, Reason, Supply
from service.errors import Forbidden, Invalid, NotFound, Stale
from tests.service.encounters.scene import MONDAY, Monday, brussels, published_monday
from tests.service.rounds.drafted import roster

DONE, NOT_HOME = Said(outcome=Outcome.DONE), Said(outcome=Outcome.NOT_HOME)


def contact(tenant: str = "T-003", **values: object) -> ContactSaid:
    defaults = {"tenant": tenant, "kind": EncounterKind.PHONE, "said": DONE}
    return ContactSaid(**(defaults | values))  # type: ignore[arg-type]


def correction(outcome: Outcome = Outcome.DONE, **values: object) -> Correction:
    defaults = {
        "kind": EncounterKind.HOME_VISIT,
        "outcome": outcome,
        "starts_at": brussels(9, 30),
        "minutes": 45,
    }
    return Correction(**(defaults | values))  # type: ignore[arg-type]


async def test_an_outcome_of_a_pair_is_one_encounter_with_both(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(11, 50)):
        monday = await published_monday()
        made = await record_outcome(
            monday.worker,
            monday.pair,
            Said(
                outcome=Outcome.DONE,
                details=Details(reasons=(Reason.HOUSING,), supplies={Supply.CONDOMS: 6}),
            ),
        )
    row = await fetch_one("select * from encounters where id = $1", made.id)
    assert row is not None
    assert (row["starts_at"], row["minutes"], row["late"]) == (brussels(11), 45, False)
    assert row["place_kind"] == "shelter"
    assert row["reasons"] == ["housing"]
    there = await fetch_all("select worker from encounter_workers where encounter = $1", made.id)
    assert {one["worker"] for one in there} == set(monday.workers[:2])
    supplies = await fetch_all("select kind, pieces from encounter_supplies")
    assert supplies == [{"kind": "condoms", "pieces": 6}]


async def test_said_twice_by_one_phone_it_has_its_effect_once(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(10, 20)):
        monday = await published_monday()
        said = Said(outcome=Outcome.DONE, client_id=uuid4())
        first = await record_outcome(monday.worker, monday.alone, said)
        again = await record_outcome(monday.worker, monday.alone, said)
    assert again.already
    assert (first.id, first.already) == (again.id, False)
    assert await fetch_value("select count(*) from encounters") == 1


async def test_the_second_of_a_pair_is_told_what_the_first_said(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        first = await record_outcome(monday.worker, monday.pair, NOT_HOME)
        second = await record_outcome(monday.colleague, monday.pair, DONE)
    assert second.already
    assert (second.id, second.outcome) == (first.id, Outcome.NOT_HOME)


async def test_what_one_phone_sent_is_nobody_elses(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        said = Said(outcome=Outcome.DONE, client_id=uuid4())
        await record_outcome(monday.worker, monday.alone, said)
        with pytest.raises(Invalid):
            await record_outcome(monday.colleague, monday.pair, said)


async def test_late_is_marked_and_never_refused(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(9, day=3, month=12)):
        monday = await published_monday()
        said_then = Said(outcome=Outcome.DONE, noted_at=brussels(10, 20))
        late = await record_outcome(monday.worker, monday.alone, DONE)
        offline = await record_outcome(monday.worker, monday.pair, said_then)
        old = await record_contact(monday.worker, contact(starts_at=brussels(9, day=2)))
    assert (late.late, offline.late, old.late) == (True, False, True)


async def test_a_call_to_cancel_comes_before_the_visit(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(8)):
        monday = await published_monday()
        await record_outcome(monday.worker, monday.alone, Said(outcome=Outcome.CANCELLED_BY_TENANT))
    assert await fetch_one("select starts_at, minutes from encounters") == {
        "starts_at": brussels(8),
        "minutes": 0,
    }


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("worker", None),
        ("colleague", None),
        ("lead", None),
        ("stranger", NotFound),
        ("coordinator", Forbidden),
        ("housing", NotFound),
    ],
)
async def test_the_team_records_a_visit(
    rolled_back: UnitOfWork, who: str, error: type[Exception] | None
) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        viewer: Viewer = getattr(monday, who)
        if error is None:
            made = await record_outcome(viewer, monday.alone, DONE)
            there = await fetch_value(
                "select array_agg(worker) from encounter_workers where encounter = $1", made.id
            )
            # A colleague went instead; the lead writes down who was planned.
            assert there == [monday.workers[1] if who == "colleague" else monday.workers[0]]
            return
        with pytest.raises(error):
            await record_outcome(viewer, monday.alone, DONE)
        with pytest.raises(error):
            await mark_visit(viewer, monday.alone, MarkKind.ARRIVED)


@pytest.mark.parametrize(
    ("who", "error"),
    [("stranger", NotFound), ("coordinator", Forbidden), ("housing", Forbidden)],
)
async def test_the_team_records_what_nobody_had_planned(
    rolled_back: UnitOfWork, who: str, error: type[Exception]
) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        made = await record_contact(monday.worker, contact())
        assert await fetch_value("select minutes from encounters where id = $1", made.id) == 10
        with pytest.raises(error):
            await record_contact(getattr(monday, who), contact())
        with pytest.raises(Invalid):
            await record_contact(monday.worker, contact(starts_at=brussels(13)))


async def test_a_refusal_through_the_door_resets_the_alert_and_not_the_gap(
    rolled_back: UnitOfWork,
) -> None:
    with clock.stopped(brussels(10)):
        monday = await published_monday()
        await record_outcome(monday.worker, monday.alone, Said(outcome=Outcome.REFUSED))
    tenant = monday.tenants[0]
    signs = await signs_of_life([tenant], before=brussels(12))
    assert signs[tenant].seen_or_heard_at == brussels(9, 30)
    assert (await overdue_on([tenant], on=MONDAY))[tenant].last_contact is None


async def test_a_talk_at_the_door_ends_the_gap_and_is_no_home_visit(
    rolled_back: UnitOfWork,
) -> None:
    """Somebody saw the tenant, so both the alert and the gap begin anew; nobody was inside."""
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        tenant = monday.tenants[2]
        await record_contact(monday.worker, contact(kind=EncounterKind.AT_DOOR))
        met = (await contacts_before([tenant], before=brussels(13)))[tenant]
        signs = (await signs_of_life([tenant], before=brussels(13)))[tenant]
    assert (met.days, met.visited) == ((MONDAY,), ())
    assert (await overdue_on([tenant], on=MONDAY))[tenant].last_contact == MONDAY
    assert signs.seen_or_heard_at == brussels(12)
    row = await fetch_one("select kind, minutes, place_kind from encounters")
    assert row == {"kind": "at_door", "minutes": 10, "place_kind": "shelter"}


async def test_a_correction_leaves_a_trace_and_completing_none(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(10, 20)):
        monday = await published_monday()
        made = await record_outcome(monday.worker, monday.alone, DONE)
        whole = correction(reasons=(Reason.CRISIS,), supplies={Supply.CLOTHES: 1})
        completed = await correct_encounter(monday.worker, made.id, whole, expected_version=1)
        assert await fetch_value("select count(*) from encounter_corrections") == 0
        same = await correct_encounter(monday.worker, made.id, whole, expected_version=2)
        assert (completed.version, same.version) == (2, 2)
        with pytest.raises(Stale):
            await correct_encounter(monday.colleague, made.id, correction(), expected_version=1)
        await correct_encounter(
            monday.colleague, made.id, correction(Outcome.NOT_HOME, minutes=5), expected_version=2
        )
    trace = await fetch_one(
        "select version, corrected_by, before->>'outcome' as outcome,"
        " before->'supplies'->>'clothes' as clothes from encounter_corrections"
    )
    assert trace == {
        "version": 2,
        "corrected_by": monday.colleague.account,
        "outcome": "done",
        "clothes": "1",
    }


async def test_strangers_and_readers_correct_nothing(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        made = await record_outcome(monday.worker, monday.alone, DONE)
        for viewer, error in ((monday.stranger, NotFound), (monday.coordinator, Forbidden)):
            with pytest.raises(error):
                await correct_encounter(viewer, made.id, correction(), expected_version=1)
        with pytest.raises(Invalid):
            await correct_encounter(
                monday.worker, made.id, correction(minutes=900), expected_version=1
            )


async def test_arrived_is_said_once_and_ends_with_the_outcome(rolled_back: UnitOfWork) -> None:
    monday = await _arrived()
    inside = await workers_inside(since=brussels(0))
    assert [(one.worker, one.arrived_at) for one in inside] == [
        (monday.workers[0], brussels(9, 40))
    ]
    with clock.stopped(brussels(10, 30)):
        await mark_visit(monday.worker, monday.alone, MarkKind.ARRIVED)
        made = await record_outcome(monday.worker, monday.alone, DONE)
    assert await workers_inside(since=brussels(0)) == ()
    starts_at = await fetch_value("select starts_at from encounters where id = $1", made.id)
    assert starts_at == brussels(9, 40)


async def test_arrived_can_be_taken_back(rolled_back: UnitOfWork) -> None:
    monday = await _arrived()
    await unmark_visit(monday.worker, monday.alone, MarkKind.ARRIVED)
    assert await workers_inside(since=brussels(0)) == ()


async def _arrived() -> Monday:
    with clock.stopped(brussels(9, 40)):
        monday = await published_monday()
        await mark_visit(monday.worker, monday.alone, MarkKind.ARRIVED)
    return monday


async def waiting() -> list[dict[str, object]]:
    return await fetch_all(
        "select need, state, reasons::text as reasons from visits where need like '%again%'"
        " order by id"
    )


async def test_a_missed_visit_waits_on_the_board_at_once(rolled_back: UnitOfWork) -> None:
    with clock.stopped(brussels(10)):
        monday = await published_monday()
        made = await record_outcome(monday.worker, monday.alone, NOT_HOME)
        version = await fetch_value("select version from rosters where id = $1", monday.roster)
        assert version == 2
        key = f"T-001:again:{monday.alone}"
        assert [(one["need"], one["state"]) for one in await waiting()] == [(key, "waiting")]
        assert await try_again(monday.worker, made.id, part=DayPart.AFTERNOON, call_first=True)
        wished = await waiting()
        assert [code in str(wished[0]["reasons"]) for code in ("afternoon", "call_first")] == [
            True,
            True,
        ]
        await correct_encounter(monday.worker, made.id, correction(), expected_version=1)
        assert await waiting() == []


async def test_a_refusal_is_the_tenants_choice_but_a_must_is_offered_again(
    rolled_back: UnitOfWork,
) -> None:
    with clock.stopped(brussels(12)):
        monday = await published_monday()
        made = await record_outcome(monday.worker, monday.alone, Said(outcome=Outcome.REFUSED))
        with pytest.raises(Invalid):
            await try_again(monday.worker, made.id, part=None, call_first=True)
        assert await waiting() == []


@pytest.mark.parametrize(("priority", "count"), [("should", 0), ("must", 1)])
async def test_a_missed_must_crosses_the_weeks_end(
    rolled_back: UnitOfWork, priority: str, count: int
) -> None:
    with clock.stopped(brussels(9, day=8, month=12)):
        monday = await published_monday(priority=priority)
        this_week = await roster(monday.team, MONDAY + timedelta(weeks=1))
        await record_outcome(monday.worker, monday.alone, NOT_HOME)
        found = await fetch_value("select count(*) from visits where roster = $1", this_week)
    assert found == count
