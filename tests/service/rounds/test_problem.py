"""Rows become a problem: what is in it, and that nothing personal is."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling.instances import dump_problem, validated
from scheduling.problem import Placement, Problem, Slot, Tenant, Visit, Worker
from scheduling.windows import Interval
from service.database.sql import execute, fetch_all
from service.database.unit_of_work import UnitOfWork
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.scene import THURSDAY, WEEK, drafted, roster_row, small_team

pytestmark = pytest.mark.anyio


async def _problem(code: str = "ICM", *, now: datetime = THURSDAY, week: date = WEEK) -> Problem:
    team = await team_by_code(code)
    assert team is not None
    return validated(build_problem(await read_week(team, week, now=now)))


def _worker(problem: Problem, code: str) -> Worker:
    return next(worker for worker in problem.workers if worker.code == code)


def _tenant(problem: Problem, code: str) -> Tenant:
    return next(tenant for tenant in problem.tenants if tenant.code == code)


def _visit(problem: Problem, code: str) -> Visit:
    return next(visit for visit in problem.visits if visit.code == code)


async def test_a_week_is_a_valid_problem(rolled_back: UnitOfWork) -> None:
    await small_team()
    problem = await _problem()
    assert [visit.code for visit in problem.visits] == [f"T-00{n}:agr:1" for n in range(1, 7)]
    assert problem.now is None
    assert problem.published is None
    assert problem.pins == ()
    assert _tenant(problem, "T-001").primary == "W-001"
    assert _tenant(problem, "T-001").known == ("W-001",)
    assert _tenant(problem, "T-001").last_contact == -14
    assert problem.reserve == (120,) * 5 + (0, 0)


async def test_nothing_personal_is_in_it(rolled_back: UnitOfWork) -> None:
    """Every text of every personal column, of rows made unmistakable, is looked for."""
    scene = await small_team(tenants=2)
    await execute(
        "update tenants set first_name = 'Zoltanetta', last_name = 'Quibblesworth',"
        " name_key = 'quibblesworth zoltanetta', phone = '0479123456', funder = 'internee_path'"
    )
    await execute(
        "update workers set first_name = 'Vashtia', last_name = 'Omdurman',"
        " name_key = 'omdurman vashtia'"
    )
    await execute(
        "update places set name_fr = 'Chez Zoltanetta', name_nl = 'Bij Zoltanetta',"
        " street_fr = 'Rue Introuvable', street_nl = 'Onvindbarestraat', house_number = '7731',"
        " box = 'B9941', postcode = '1090', opening_hours = 'Mo-Fr 08:15'"
    )
    await execute("update stays set access_note = 'ring Quibblesworth twice'")
    await make.exclusion(worker=scene.workers[0], tenant=scene.tenants[0], reason="feud-of-1998")
    await make.safety_flag(tenant=scene.tenants[1], reason="knife-drawer")
    text = dump_problem(await _problem()).decode()
    personal = {
        "tenants": "first_name, last_name, name_key, phone, funder, birth_date::text",
        "workers": "first_name, last_name, name_key",
        "places": "name_fr, name_nl, street_fr, street_nl, house_number, box, opening_hours",
        "stays": "access_note",
        "exclusions": "reason",
        "safety_flags": "reason",
    }
    looked_for = 0
    for table, columns in personal.items():
        for row in await fetch_all(f"select {columns} from {table}"):
            for value in row.values():
                assert value
                assert str(value) not in text
                looked_for += 1
    assert looked_for > 20
    exact = await fetch_all("select round(lat * 1e6)::int as lat from places")
    assert not any(re.search(rf"\b{row['lat']}\b", text) for row in exact if row["lat"] % 10000)
    words = set(re.findall(r'"([^"]*)"', text))
    assert not [word for word in words if " " in word]


async def test_whom_must_not_meet_is_kept_apart(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=3)
    elsewhere = await make.municipality("21001", fr="Anderlecht", nl="Anderlecht")
    await execute(  # another municipality, and so another building
        "update places set municipality = $2, house_number = '14' where id = $1",
        scene.places[1],
        elsewhere,
    )
    await make.exclusion(worker=scene.workers[0], tenant=scene.tenants[0])
    await make.exclusion(worker=scene.workers[1], place=scene.places[0])
    await make.exclusion(worker=scene.workers[2], municipality=elsewhere)
    await make.exclusion(tenant=scene.tenants[1], municipality=elsewhere)
    await make.exclusion(
        worker=scene.workers[1], tenant=scene.tenants[0], ends_on=WEEK - timedelta(days=1)
    )
    problem = await _problem()
    places = {place.code: place for place in problem.places}
    assert _tenant(problem, "T-001").excluded == ("W-001",)
    assert places[f"P{scene.places[0]}"].excluded == ("W-002",)
    assert places[f"P{scene.places[1]}"].excluded == ("W-003",)
    closed = _visit(problem, "T-002:agr:1").place
    assert closed == f"P{scene.places[1]}.T-002"
    assert places[closed].excluded == ("W-001", "W-002", "W-003")
    assert _visit(problem, "T-001:agr:1").place == f"P{scene.places[0]}"


async def test_flags_and_dogs_and_appointments(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=3)
    await make.safety_flag(tenant=scene.tenants[0])
    await make.safety_flag(
        tenant=scene.tenants[1],
        lifted_on=WEEK - timedelta(days=7),
        lifted_by=scene.workers[0],
        lift_reason="calm",
    )
    await execute("update stays set dogs = true where tenant = $1", scene.tenants[1])
    court = await make.place(kind="court")
    await make.appointment(
        tenant=scene.tenants[2], place=court, starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC)
    )
    problem = await _problem()
    assert len(_visit(problem, "T-001:agr:1").seats) == 2
    assert len(_visit(problem, "T-002:agr:1").seats) == 1
    assert _visit(problem, "T-002:agr:1").dogs
    fixed = next(visit for visit in problem.visits if ":app:" in visit.code)
    assert (fixed.fixed, fixed.exempt_from_spacing) == (Slot(1, 600), True)


async def test_absences_cut_the_share_and_stand_on_the_grid(rolled_back: UnitOfWork) -> None:
    scene = await small_team()
    await make.absence(
        worker=scene.workers[0],
        starts_at=datetime(2026, 12, 1, 8, 2, tzinfo=UTC),
        ends_at=datetime(2026, 12, 1, 9, 58, tzinfo=UTC),
    )
    problem = await _problem()
    first, second = _worker(problem, "W-001"), _worker(problem, "W-002")
    assert first.absences is not None
    assert first.absences[1] == (Interval(540, 660),)
    assert second.absences is None
    # 40 hours less 116 minutes, half of it for visits, a tenth more, down to the grid
    assert first.visiting_limit == 1255
    assert second.visiting_limit == 1320


@pytest.mark.parametrize("week", [date(2026, 3, 23), date(2026, 10, 19)])
async def test_hours_keep_the_wall_clock_in_weeks_the_clocks_change(
    rolled_back: UnitOfWork, week: date
) -> None:
    team = await make.team("ACT")
    worker = await make.worker(team=team, hours=((7, 540, 1020),))
    sunday = week + timedelta(days=6)
    noon = 11 if week.month == 10 else 10  # 12:00 in Brussels, after the change
    await make.absence(
        worker=worker,
        starts_at=datetime(sunday.year, sunday.month, sunday.day, noon, tzinfo=UTC),
        ends_at=datetime(sunday.year, sunday.month, sunday.day, noon + 2, tzinfo=UTC),
    )
    problem = await _problem("ACT", week=week, now=datetime(2026, 1, 1, tzinfo=UTC))
    (only,) = problem.workers
    assert only.shifts[6] == (Interval(540, 1020),)
    assert only.absences is not None
    assert only.absences[6] == (Interval(720, 840),)


async def test_pins_promises_and_what_was_called_off(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=4)
    roster = await roster_row(scene.team)
    at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    times = {"starts_at": at, "ends_at": at + timedelta(minutes=45)}
    pinned = await drafted(
        roster,
        scene.tenants[0],
        scene.places[0],
        "T-001:agr:1",
        pinned=True,
        promised=True,
        **times,
    )
    await make.insert("visit_workers", visit=pinned, worker=scene.workers[1], seat=0)
    await drafted(roster, scene.tenants[1], scene.places[1], "T-002:agr:1", state="cancelled")
    await drafted(
        roster,
        scene.tenants[2],
        scene.places[2],
        "T-003:agr:1",
        state="cancelled",
        reasons='[{"code": "not_asked", "left": 0}]',
    )
    problem = await _problem()
    (pin,) = problem.pins
    assert (pin.visit, pin.day, pin.start, pin.workers) == ("T-001:agr:1", 1, 600, ("W-002",))
    assert _visit(problem, "T-001:agr:1").promised
    assert [visit.code for visit in problem.visits] == [
        "T-001:agr:1",
        "T-003:agr:1",
        "T-004:agr:1",
    ]
    await make.safety_flag(tenant=scene.tenants[0])
    (pin,) = (await _problem()).pins
    assert (pin.day, pin.start, pin.workers) == (1, 600, None)


async def test_in_the_week_what_has_begun_stands(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=3)
    roster = await roster_row(scene.team, revision=1)
    monday = datetime(2026, 11, 30, 9, tzinfo=UTC)
    times = {"starts_at": monday, "ends_at": monday + timedelta(minutes=60)}
    begun = await drafted(
        roster, scene.tenants[0], scene.places[0], "T-001:agr:1", minutes=60, **times
    )
    await make.insert("visit_workers", visit=begun, worker=scene.workers[0], seat=0)
    published = await make.insert(
        "published_visits", visit=begun, place=scene.places[0], changed_at=THURSDAY, **times
    )
    await make.insert(
        "published_stops",
        published_visit=published,
        worker=scene.workers[0],
        changed_at=THURSDAY,
        **times,
    )
    problem = await _problem(now=datetime(2026, 12, 2, 7, 1, tzinfo=UTC))
    assert problem.now == 2 * 1440 + 8 * 60 + 5
    assert _visit(problem, "T-001:agr:1").minutes == 60
    assert [(p.visit, p.day, p.start, p.workers) for p in problem.pins] == [
        ("T-001:agr:1", 0, 600, ("W-001",))
    ]
    assert problem.published == (
        Placement(visit="T-001:agr:1", day=0, start=600, workers=("W-001",)),
    )
    assert problem.reserve[:2] == (0, 0)


async def test_a_shared_worker_is_busy_where_the_other_team_needs_them(
    rolled_back: UnitOfWork,
) -> None:
    scene = await small_team(tenants=2)
    act = await make.team("ACT")
    await make.membership(worker=scene.workers[0], team=act)
    other = await make.tenant("T-900", team=act, place=scene.places[1])
    roster = await roster_row(act)
    at = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)  # in the ICM team's meeting
    visit = await drafted(
        roster,
        other,
        scene.places[1],
        "T-900:agr:1",
        starts_at=at,
        ends_at=at + timedelta(minutes=45),
    )
    await make.insert("visit_workers", visit=visit, worker=scene.workers[0], seat=0)
    problem = await _problem()
    shared, own = _worker(problem, "W-001"), _worker(problem, "W-002")
    tuesday = [(b.start, b.end, b.place) for b in shared.busy if b.day == 1]
    assert (810, 855, f"P{scene.places[1]}") in tuesday
    meetings = [b for b in own.busy if b.day == 1]
    assert [(b.start, b.end) for b in meetings] == [(810, 930)]
    assert not any(start == 810 and end == 930 for start, end, _ in tuesday)  # excused
    assert (540, 570) in [(start, end) for start, end, _ in tuesday]  # the ACT team's meeting
    assert shared.visiting_limit == (own.visiting_limit or 0) - 45
    from_act = await _problem("ACT")
    assert _worker(from_act, "W-001").base == shared.base


async def test_an_appointment_in_a_meeting_excuses_who_answers_for_the_tenant(
    rolled_back: UnitOfWork,
) -> None:
    scene = await small_team(tenants=2)
    court = await make.place(kind="court")
    await make.appointment(
        tenant=scene.tenants[1], place=court, starts_at=datetime(2026, 12, 1, 13, tzinfo=UTC)
    )
    problem = await _problem()
    meeting = {w.code: [b for b in w.busy if b.day == 1] for w in problem.workers}
    assert {code: len(busy) for code, busy in meeting.items()} == {
        "W-001": 1,
        "W-002": 0,
        "W-003": 1,
    }


async def test_public_holidays_are_free_unless_the_team_works(rolled_back: UnitOfWork) -> None:
    await small_team(tenants=1)
    christmas = date(2026, 12, 21)
    problem = await _problem(week=christmas)
    assert [bool(day) for day in problem.workers[0].shifts] == [
        *(True, True, True, True),
        *(False, False, False),
    ]
    await execute("update teams set policy = '{\"open_on_holidays\": true}'")
    assert (await _problem(week=christmas)).workers[0].shifts[4]


async def test_the_same_rows_give_the_same_bytes(rolled_back: UnitOfWork) -> None:
    await small_team()
    assert dump_problem(await _problem()) == dump_problem(await _problem())
