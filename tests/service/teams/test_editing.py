"""Editing workers and teams: hours, absences, memberships and what hangs on them, settings."""

from datetime import date, datetime, time, timedelta

import pytest

from scheduling.presets import PresetName
from service import clock
from service.access.policy import Viewer
from service.access.queries import account_by_login
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.teams import actions
from service.teams.changes.settings import SettingsDraft
from service.teams.drafts import AbsenceDraft, MembershipDraft, PatternDraft, WorkerDraft
from service.teams.hours import Stretch
from service.teams.hours_text import hours_text, read_hours, read_time
from service.teams.policy import Caseload, LunchRule, Meeting, read_policy
from service.teams.queries import team_by_code, workers_in_week
from service.teams.states import AbsenceKind, Discipline, Gender, TeamKind
from service.teams.worker_queries import worker_page
from service.undo.actions import take_back
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.support.database import Server
from tests.support.web import person


class Scene:
    """Team ACT with W-01 (lead) and W-02; ICM with W-03."""

    team: int
    other: int
    lead: Viewer
    worker: Viewer
    stranger: Viewer


@pytest.fixture
async def scene(database: Server) -> Scene:
    found = Scene()
    found.team, found.other = await make.team("ACT"), await make.team("ICM", kind="icm")
    one = await make.worker("W-01", team=found.team)
    two = await make.worker("W-02", team=found.team)
    far = await make.worker("W-03", team=found.other)
    found.lead = await person("lead", ("team_lead", found.team), worker=one)
    found.worker = await person("worker", ("worker", found.team), worker=two)
    found.stranger = await person("stranger", ("team_lead", found.other), worker=far)
    return found


def next_monday() -> date:
    return clock.today() + timedelta(days=7 - clock.today().weekday())


def noon(days: int) -> datetime:
    return datetime.combine(clock.today() + timedelta(days=days), time(12), clock.BRUSSELS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:00-12:30, 14-17", ((540, 750), (840, 1020))),
        ("9h30–12u", ((570, 720),)),
        ("900 - 17.15", ((540, 1035),)),
        ("20:00-24:00", ((1200, 1440),)),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, found: tuple[tuple[int, int], ...]) -> None:
    assert read_hours(text) == found
    assert read_hours(hours_text(found)) == found


@pytest.mark.parametrize("text", ["9", "9-", "12-9", "9-25", "9-12, 11-13", "noon", "9:70-10"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_hours(text)


def test_a_time_is_read_as_typed() -> None:
    assert [read_time(text) for text in ("9", "9:30", "9h30", "0930", "930")] == [
        540, 570, 570, 570, 570,
    ]  # fmt: skip


async def test_new_hours_hold_from_their_day_on_and_are_taken_back(scene: Scene) -> None:
    monday = next_monday()
    draft = PatternDraft(
        starts_on=monday,
        cycle_weeks=2,
        stretches=(Stretch(0, 1, 600, 900), Stretch(1, 2, 600, 900)),
    )
    team = await team_by_code("ACT")
    assert team is not None
    before = (await workers_in_week(team, monday))[1].hours
    done = await actions.begin_pattern(scene.lead, "W-02", draft)
    first = (await workers_in_week(team, monday))[1].hours
    second = (await workers_in_week(team, monday + timedelta(days=7)))[1].hours
    assert [len(day) for day in first] == [1, 0, 0, 0, 0, 0, 0]
    assert [len(day) for day in second] == [0, 1, 0, 0, 0, 0, 0]
    assert done.undo is not None
    await take_back(scene.lead, done.undo)
    assert (await workers_in_week(team, monday))[1].hours == before
    with pytest.raises(Forbidden):
        await actions.begin_pattern(scene.worker, "W-02", draft)
    with pytest.raises(NotFound):
        await actions.begin_pattern(scene.stranger, "W-02", draft)
    with pytest.raises(Invalid):
        await actions.begin_pattern(
            scene.lead, "W-02", PatternDraft(starts_on=monday, stretches=(Stretch(1, 1, 1, 2),))
        )


async def test_workers_enter_absences_where_the_team_lets_them(scene: Scene) -> None:
    draft = AbsenceDraft(starts_at=noon(1), ends_at=noon(3), kind=AbsenceKind.TRAINING)
    await actions.save_absence(scene.worker, "W-02", draft)
    with pytest.raises(Forbidden):
        await actions.save_absence(scene.worker, "W-01", draft)
    await execute("update teams set policy = $1", '{"own_absences": false}')
    with pytest.raises(Forbidden):
        await actions.save_absence(scene.worker, "W-02", draft)
    row = await fetch_value("select id from absences")
    await actions.save_absence(
        scene.lead, "W-02", AbsenceDraft(starts_at=noon(1), ends_at=noon(2)), row=row
    )
    assert await fetch_value("select kind from absences") == "planned"
    with pytest.raises(Invalid) as caught:
        await actions.save_absence(
            scene.lead, "W-02", AbsenceDraft(starts_at=noon(2), ends_at=noon(1))
        )
    assert set(caught.value.fields) == {"last_day"}
    await actions.remove_absence(scene.lead, "W-02", row)
    assert await fetch_value("select count(*) from absences") == 0


async def test_an_absence_says_which_published_visits_fall_into_it(scene: Scene) -> None:
    assert scene.worker.worker is not None
    tenant = await make.tenant("T-001", team=scene.team, place=await make.place())
    await publish(team=scene.team, workers=(scene.worker.worker,), starts_at=noon(2), tenant=tenant)
    await actions.save_absence(scene.lead, "W-02", AbsenceDraft(starts_at=noon(1), ends_at=noon(4)))
    (absence,) = (await worker_page(scene.lead, "W-02")).absences
    assert [(one.team, one.visits) for one in absence.touches] == [("ACT", 1)]


async def test_a_role_ends_with_the_membership(scene: Scene) -> None:
    row = await fetch_value(
        "select id from team_memberships where worker = $1", scene.worker.worker
    )
    tomorrow = clock.today() + timedelta(days=1)
    draft = MembershipDraft(team="ACT", starts_on=make.LONG_AGO, ends_on=tomorrow)
    await actions.save_membership(scene.lead, "W-02", draft, row=row)
    account = await account_by_login("worker")
    assert account is not None
    assert account.roles
    ended = MembershipDraft(team="ACT", starts_on=make.LONG_AGO, ends_on=clock.today())
    await actions.save_membership(scene.lead, "W-02", ended, row=row)
    account = await account_by_login("worker")
    assert account is not None
    assert account.roles == frozenset()
    lead = await account_by_login("lead")
    assert lead is not None
    assert lead.roles == scene.lead.roles


async def test_leads_put_workers_into_their_own_team_alone(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        await actions.save_membership(
            scene.lead, "W-02", MembershipDraft(team="ICM", starts_on=clock.today())
        )
    with pytest.raises(Invalid) as caught:
        await actions.save_membership(
            scene.lead, "W-02", MembershipDraft(team="ACT", starts_on=clock.today())
        )
    assert set(caught.value.fields) == {"starts_on"}


def worker_draft(**changes: object) -> WorkerDraft:
    known: dict[str, object] = {
        "first_name": "Zoë",
        "last_name": "Çelik",
        "discipline": Discipline.NURSE,
        "gender": Gender.FEMALE,
        "skills": ("injections",),
        "employed_from": make.LONG_AGO,
    }
    return WorkerDraft(**(known | changes))  # type: ignore[arg-type]


async def test_a_workers_own_data(scene: Scene) -> None:
    await actions.change_worker(scene.lead, "W-02", worker_draft(), expected_version=1)
    row = await fetch_one("select name_key, discipline, skills from workers where code = 'W-02'")
    assert row == {"name_key": "celik zoe", "discipline": "nurse", "skills": ["injections"]}
    with pytest.raises(Stale):
        await actions.change_worker(scene.lead, "W-02", worker_draft(), expected_version=1)
    code = await actions.add_worker(scene.lead, worker_draft(), team="ACT")
    assert code == "W-04"
    with pytest.raises(Forbidden):
        await actions.add_worker(scene.lead, worker_draft(), team="ICM")


def settings(**changes: object) -> SettingsDraft:
    known: dict[str, object] = {
        "name": "Team ACT",
        "kind": TeamKind.ACT,
        "planned": True,
        "caseload": Caseload.CONTINUITY,
        "days_shown": (1, 2, 3),
        "opening_from": 600,
        "opening_to": 900,
        "open_on_holidays": True,
        "meetings": (Meeting(weekdays=(3,), from_minute=540, to_minute=600),),
        "lunch": LunchRule(minutes=45),
        "reserve_minutes": 30,
        "reserve_weekdays": (1,),
        "gap_days": 2,
        "first_visit_pairs": False,
        "workers_plan_own": True,
        "own_absences": False,
        "tenants_per_worker": 15,
        "seen_days": 21,
        "share_tolerance_percent": 5,
        "carry_weeks": 2,
        "carry_cap_minutes": 120,
        "weights_preset": PresetName.SUPPORT,
    }
    return SettingsDraft(**(known | changes))  # type: ignore[arg-type]


async def test_settings_are_kept_beside_the_weights_of_ones_own(scene: Scene) -> None:
    await actions.change_weights(scene.lead, "ACT", weights={"travel": 7})
    done = await actions.change_settings(scene.lead, "ACT", settings(), expected_version=2)
    row = await fetch_one("select kind, policy from teams where code = 'ACT'")
    assert row is not None
    policy = read_policy(TeamKind(row["kind"]), row["policy"])
    assert policy.caseload is Caseload.CONTINUITY
    assert policy.days_shown == (1, 2, 3)
    assert (policy.opening_from, policy.reserve_minutes, policy.gap_days) == (600, 30, 2)
    assert (policy.workers_plan_own, policy.own_absences) == (True, False)
    assert policy.tenants_per_worker == 15
    assert policy.lunch == LunchRule(minutes=45)
    assert (policy.seen_days, policy.share_tolerance_percent) == (21, 5)
    assert (policy.carry_weeks, policy.carry_cap_minutes) == (2, 120)
    assert policy.weights_preset is PresetName.SUPPORT
    assert policy.weights.travel == 7
    assert done.undo is not None
    await take_back(scene.lead, done.undo)
    back = read_policy(TeamKind.ACT, await fetch_value("select policy from teams where code='ACT'"))
    assert back.caseload is Caseload.ROTATION
    with pytest.raises(Forbidden):
        await actions.change_settings(scene.worker, "ACT", settings())
    with pytest.raises(NotFound):
        await actions.change_settings(scene.stranger, "ACT", settings())
    with pytest.raises(Invalid) as caught:
        await actions.change_settings(scene.lead, "ACT", settings(days_shown=()))
    assert set(caught.value.fields) == {"days_shown"}


async def test_each_edit_of_a_worker_is_written_down(scene: Scene) -> None:
    await actions.change_worker(scene.lead, "W-02", worker_draft())
    await actions.save_absence(scene.lead, "W-02", AbsenceDraft(starts_at=noon(1), ends_at=noon(3)))
    rows = await fetch_all("select action, detail from audit_entries order by id")
    assert [row["action"] for row in rows] == ["change worker", "enter absence"]
    assert not any("elik" in row["detail"] for row in rows)
