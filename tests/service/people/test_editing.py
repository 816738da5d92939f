"""Editing a tenant: versions, audit, undo, refusals beside the field, and who may."""

from datetime import date, timedelta

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.people import actions
from service.people.changes.safety import LiftDraft
from service.people.drafts import (
    AgreementDraft,
    AppointmentDraft,
    NewPlace,
    PauseDraft,
    PersonDraft,
    SeriesDraft,
    StayDraft,
)
from service.people.states import (
    AppointmentKind,
    SeriesKind,
    StayKind,
)
from service.teams.states import Gender
from service.undo.actions import KEPT, take_back
from tests.service import factories as make
from tests.service.people.editing_scene import Scene, scene

__all__ = ["scene"]
TODAY = clock.today


def somebody(**changes: object) -> PersonDraft:
    known: dict[str, object] = {
        "first_name": "Özgür",
        "last_name": "Aydın",
        "birth_date": date(1980, 2, 3),
        "gender": Gender.OTHER,
        "languages": ("tr", "fr"),
        "interpreter": True,
        "phone": "0470 12 34 56",
        "funder": "cocom",
        "referred_on": make.LONG_AGO,
        "accepted_on": make.LONG_AGO,
    }
    return PersonDraft(**(known | changes))  # type: ignore[arg-type]


def agreed(**changes: object) -> AgreementDraft:
    known: dict[str, object] = {
        "starts_on": TODAY(),
        "contacts": 2,
        "period_days": 7,
        "longest_gap_days": 5,
        "minutes": 60,
    }
    return AgreementDraft(**(known | changes))  # type: ignore[arg-type]


async def test_a_change_is_counted_written_down_and_taken_back(scene: Scene) -> None:
    before = await fetch_one("select * from tenants where id = $1", scene.tenant)
    done = await actions.change_person(scene.worker, "T-001", somebody(), expected_version=1)
    assert done.version == 2
    row = await fetch_one("select * from tenants where id = $1", scene.tenant)
    assert row is not None
    assert (row["name_key"], row["gender"], row["version"]) == ("aydin ozgur", "x", 2)
    trail = await fetch_all("select action, detail from audit_entries order by id desc limit 1")
    assert trail[0]["action"] == "change person"
    assert "first_name" in trail[0]["detail"]
    assert "zg" not in trail[0]["detail"], "a name stands in the audit trail"
    assert done.undo is not None
    await take_back(scene.worker, done.undo)
    again = await fetch_one("select * from tenants where id = $1", scene.tenant)
    assert before is not None
    assert again == before | {"version": 3}
    with pytest.raises(NotFound):
        await take_back(scene.worker, done.undo)


async def test_nobody_takes_back_what_another_did_or_changed_since(scene: Scene) -> None:
    done = await actions.change_person(scene.worker, "T-001", somebody())
    assert done.undo is not None
    with pytest.raises(NotFound):
        await take_back(scene.lead, done.undo)
    await actions.change_person(scene.lead, "T-001", somebody(first_name="Ozan"))
    with pytest.raises(Stale):
        await take_back(scene.worker, done.undo)
    assert await fetch_value("select first_name from tenants") == "Ozan"


async def test_a_change_can_be_taken_back_for_an_hour(scene: Scene) -> None:
    done = await actions.change_person(scene.worker, "T-001", somebody())
    await execute("update undo_steps set made_at = made_at - $1::interval", KEPT)
    assert done.undo is not None
    with pytest.raises(NotFound):
        await take_back(scene.worker, done.undo)


async def test_the_second_to_save_is_told(scene: Scene) -> None:
    await actions.change_person(scene.lead, "T-001", somebody(), expected_version=1)
    with pytest.raises(Stale):
        await actions.change_person(
            scene.worker, "T-001", somebody(first_name="X"), expected_version=1
        )
    assert await fetch_value("select first_name from tenants") == "Özgür"


async def test_nothing_changed_leaves_no_trace(scene: Scene) -> None:
    first = await actions.change_person(scene.lead, "T-001", somebody())
    count = await fetch_value("select count(*) from audit_entries")
    same = await actions.change_person(scene.lead, "T-001", somebody())
    assert same.version == first.version
    assert same.undo is None
    assert await fetch_value("select count(*) from audit_entries") == count


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birth_date": date(2062, 1, 1)}, "birth_date"),
        ({"birth_date": date(1880, 1, 1)}, "birth_date"),
        ({"accepted_on": date(2019, 1, 1)}, "accepted_on"),
        ({"ended_on": date(2026, 1, 1)}, "end_reason"),
        ({"funder": "nobody"}, "funder"),
    ],
)
async def test_what_cannot_be_stands_beside_its_field(
    scene: Scene, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await actions.change_person(scene.lead, "T-001", somebody(**changes))
    assert set(caught.value.fields) == {field}


async def test_strangers_find_nobody_and_housing_changes_nothing(scene: Scene) -> None:
    with pytest.raises(NotFound):
        await actions.change_person(scene.stranger, "T-001", somebody())
    with pytest.raises(Forbidden):
        await actions.change_person(scene.housing, "T-001", somebody())
    with pytest.raises(Forbidden):
        await actions.agree(scene.coordinator, "T-001", agreed())
    with pytest.raises(Forbidden):
        await actions.lift_flag(scene.worker, "T-001", LiftDraft(reason="quiet"))


async def test_somebody_new_gets_the_next_code_and_a_team(scene: Scene) -> None:
    first = TODAY() + timedelta(days=30)
    code = await actions.add_tenant(scene.lead, somebody(), team="ACT", starts_on=first)
    assert code == "T-002"
    assert await fetch_value("select starts_on from assignments order by id desc limit 1") == first
    with pytest.raises(Forbidden):
        await actions.add_tenant(scene.lead, somebody(), team="ICM", starts_on=first)
    with pytest.raises(Forbidden):
        await actions.add_tenant(scene.worker, somebody(), team="ACT", starts_on=first)


async def test_an_agreement_is_replaced_and_never_overwritten(scene: Scene) -> None:
    old = await make.agreement(tenant=scene.tenant)
    done = await actions.agree(scene.worker, "T-001", agreed(wanted=("W-01",), unwanted=("W-02",)))
    rows = await fetch_all("select id, starts_on, ends_on from agreements order by starts_on")
    assert [(row["id"] == old, row["ends_on"]) for row in rows] == [(True, TODAY()), (False, None)]
    await actions.agree(scene.worker, "T-001", agreed(contacts=3))
    assert await fetch_value("select count(*) from agreements") == 2, "today's draft is replaced"
    assert await fetch_value("select contacts from agreements order by id desc limit 1") == 3
    assert done.undo is not None
    with pytest.raises(Stale):
        await take_back(scene.worker, done.undo)
    with pytest.raises(Invalid) as caught:
        await actions.agree(scene.worker, "T-001", agreed(starts_on=make.LONG_AGO))
    assert set(caught.value.fields) == {"starts_on"}


async def test_a_replacement_is_taken_back_whole(scene: Scene) -> None:
    await make.agreement(tenant=scene.tenant)
    first = await actions.agree(scene.lead, "T-001", agreed(wanted=("W-01",)))
    second = await actions.agree(scene.lead, "T-001", agreed(contacts=3))
    assert second.undo is not None
    await take_back(scene.lead, second.undo)
    assert first.undo is not None
    await take_back(scene.lead, first.undo)
    rows = await fetch_all("select contacts, ends_on from agreements")
    assert rows == [{"contacts": 1, "ends_on": None}]
    assert await fetch_value("select count(*) from worker_wishes") == 0


async def test_a_pause_needs_an_agreement(scene: Scene) -> None:
    with pytest.raises(Invalid) as caught:
        await actions.save_pause(scene.lead, "T-001", PauseDraft(starts_on=TODAY()))
    assert set(caught.value.fields) == {"starts_on"}
    await make.agreement(tenant=scene.tenant)
    done = await actions.save_pause(scene.lead, "T-001", PauseDraft(starts_on=TODAY()))
    row = await fetch_value("select id from agreement_pauses")
    await actions.remove_pause(scene.lead, "T-001", row, expected_version=done.version)
    assert await fetch_value("select count(*) from agreement_pauses") == 0


async def test_a_stay_gets_its_place_and_its_hours(scene: Scene) -> None:
    await actions.save_stay(
        scene.worker,
        "T-001",
        StayDraft(
            kind=StayKind.STREET,
            starts_on=TODAY(),
            new_place=NewPlace(name="Under the bridge", point="50.8466, 4.3528"),
            unsafe_persons="a cousin",
        ),
    )
    row = await fetch_one(
        "select s.kind, s.unsafe_persons, p.kind as at, p.municipality from stays s"
        " join places p on p.id = s.place order by s.id desc limit 1"
    )
    assert row == {
        "kind": "street",
        "unsafe_persons": "a cousin",
        "at": "spot",
        "municipality": "21004",
    }


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (StayDraft(kind=StayKind.HOME, starts_on=date(2026, 1, 1)), "tenancy"),
        (StayDraft(kind=StayKind.HOSPITAL, starts_on=date(2026, 1, 1)), "place"),
        (
            StayDraft(
                kind=StayKind.STREET,
                starts_on=date(2026, 1, 1),
                new_place=NewPlace(name="Far", point="48.8566, 2.3522"),
            ),
            "point",
        ),
        (
            StayDraft(
                kind=StayKind.STREET,
                starts_on=date(2026, 1, 1),
                new_place=NewPlace(name="Somewhere", near="no such stop"),
            ),
            "near",
        ),
        (
            StayDraft(
                kind=StayKind.SHELTER,
                starts_on=date(2026, 1, 1),
                new_place=NewPlace(name="Here", point="50.8466, 4.3528"),
            ),
            "starts_on",
        ),
    ],
)
async def test_a_stay_that_cannot_be(scene: Scene, draft: StayDraft, field: str) -> None:
    """The last one overlaps the shelter of the scene: the database refuses it."""
    with pytest.raises(Invalid) as caught:
        await actions.save_stay(scene.lead, "T-001", draft)
    assert set(caught.value.fields) == {field}


async def test_nobody_is_sent_to_somebodys_home_by_its_number(scene: Scene) -> None:
    home = await fetch_value("select place from stays")
    with pytest.raises(Invalid) as caught:
        await actions.save_stay(
            scene.lead,
            "T-001",
            StayDraft(kind=StayKind.HOSPITAL, starts_on=TODAY(), place=str(home)),
        )
    assert set(caught.value.fields) == {"place"}


async def test_series_end_or_go(scene: Scene) -> None:
    draft = SeriesDraft(
        kind=SeriesKind.DEPOT, starts_on=TODAY(), interval_days=28, tolerance_days=3, minutes=30
    )
    await actions.save_series(scene.worker, "T-001", draft)
    row = await fetch_one("select id, anchor_on from series")
    assert row is not None
    assert row["anchor_on"] == TODAY()
    later = TODAY() + timedelta(days=60)
    await actions.end_series(scene.worker, "T-001", row["id"], on=later)
    assert await fetch_value("select ends_on from series") == later
    await actions.end_series(scene.worker, "T-001", row["id"], on=TODAY())
    assert await fetch_value("select count(*) from series") == 0
    both = SeriesDraft(
        kind=SeriesKind.DEPOT, starts_on=TODAY(), interval_days=28, weekdays=(1,), minutes=30
    )
    with pytest.raises(Invalid):
        await actions.save_series(scene.worker, "T-001", both)


async def test_an_appointment_needs_the_teams_own_car(scene: Scene) -> None:
    office = await make.place(kind="welfare_office", name_fr="CPAS")
    car = await make.insert(
        "resources", team=scene.team, code="car", kind="car", starts_on=make.LONG_AGO
    )
    foreign = await make.insert(
        "resources", team=scene.other, code="car", kind="car", starts_on=make.LONG_AGO
    )
    draft = AppointmentDraft(
        kind=AppointmentKind.WELFARE_OFFICE,
        day=TODAY() + timedelta(days=3),
        minute=10 * 60,
        minutes=45,
        place=str(office),
        from_home=True,
        resources=(car,),
    )
    await actions.save_appointment(scene.worker, "T-001", draft)
    row = await fetch_one("select id, pick_up, starts_at from appointments")
    assert row is not None
    assert row["pick_up"] is not None
    assert row["starts_at"].astimezone(clock.BRUSSELS).hour == 10
    assert await fetch_value("select resource from appointment_resources") == car
    await actions.save_appointment(scene.worker, "T-001", _without_car(draft), row=row["id"])
    assert await fetch_value("select count(*) from appointment_resources") == 0
    with pytest.raises(Invalid):
        await actions.save_appointment(scene.worker, "T-001", _with(draft, foreign))
    await actions.cancel_appointment(scene.worker, "T-001", row["id"])
    assert (
        await fetch_value("select state from appointments where id = $1", row["id"]) == "cancelled"
    )


def _without_car(draft: AppointmentDraft) -> AppointmentDraft:
    return _with(draft)


def _with(draft: AppointmentDraft, *resources: int) -> AppointmentDraft:
    known = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return AppointmentDraft(**(known | {"resources": resources}))
