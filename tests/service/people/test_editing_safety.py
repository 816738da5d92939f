"""Editing flags, exclusions, observations, incomes and who is responsible."""

from datetime import timedelta

import pytest

from service import clock
from service.database.sql import fetch_one, fetch_value
from service.errors import Forbidden, Invalid, NotFound
from service.people import actions
from service.people.changes.safety import LiftDraft
from service.people.drafts import (
    AssignmentDraft,
    EthosDraft,
    ExclusionDraft,
    FlagDraft,
    IncomeDraft,
)
from service.people.states import (
    EthosOccasion,
    IncomeKind,
)
from tests.service import factories as make
from tests.service.people.editing_scene import Scene, scene

__all__ = ["scene"]
TODAY = clock.today


async def test_a_flag_is_raised_by_workers_and_lifted_by_leads_with_a_reason(scene: Scene) -> None:
    soon = TODAY() + timedelta(days=30)
    await actions.raise_flag(
        scene.worker, "T-001", FlagDraft(review_on=soon, reason="threats at the door")
    )
    with pytest.raises(Invalid):
        await actions.raise_flag(scene.lead, "T-001", FlagDraft(review_on=soon, reason="again"))
    with pytest.raises(Forbidden):
        await actions.review_flag(scene.worker, "T-001", FlagDraft(review_on=soon, reason="why"))
    await actions.lift_flag(scene.lead, "T-001", LiftDraft(reason="calm for months"))
    row = await fetch_one("select lifted_on, lifted_by, lift_reason from safety_flags")
    assert row == {
        "lifted_on": TODAY(),
        "lifted_by": scene.lead.worker,
        "lift_reason": "calm for months",
    }


async def test_exclusions_are_the_leads(scene: Scene) -> None:
    draft = ExclusionDraft(worker="W-02", starts_on=TODAY(), reason="old neighbours")
    with pytest.raises(Forbidden):
        await actions.save_exclusion(scene.worker, "T-001", draft)
    await actions.save_exclusion(scene.lead, "T-001", draft)
    row = await fetch_value("select id from exclusions")
    with pytest.raises(Invalid):
        await actions.save_exclusion(
            scene.lead,
            "T-001",
            ExclusionDraft(starts_on=TODAY(), reason="nobody at all"),
        )
    await actions.end_exclusion(scene.lead, "T-001", row, on=TODAY() + timedelta(days=9))
    assert await fetch_value("select ends_on from exclusions") == TODAY() + timedelta(days=9)


async def test_a_row_of_another_tenant_is_not_found(scene: Scene) -> None:
    other = await make.tenant("T-002", team=scene.team)
    foreign = await make.series(tenant=other, weekdays=[1])
    with pytest.raises(NotFound):
        await actions.end_series(scene.lead, "T-001", foreign, on=TODAY())


async def test_observations_and_incomes(scene: Scene) -> None:
    seen = EthosDraft(observed_on=TODAY(), category=1, occasion=EthosOccasion.ENTRY)
    await actions.save_ethos(scene.coordinator, "T-001", seen)
    with pytest.raises(Invalid) as caught:
        await actions.save_ethos(scene.worker, "T-001", seen)
    assert set(caught.value.fields) == {"observed_on"}
    draft = IncomeDraft(kind=IncomeKind.PENSION, starts_on=TODAY())
    await actions.save_income(scene.worker, "T-001", draft)
    with pytest.raises(Invalid) as caught:
        await actions.save_income(scene.worker, "T-001", draft)
    assert set(caught.value.fields) == {"kind"}


async def test_who_is_responsible_belongs_to_the_team(scene: Scene) -> None:
    row = await fetch_value("select id from assignments")
    draft = AssignmentDraft(team="ACT", primary="W-01", backup="W-02", starts_on=make.LONG_AGO)
    with pytest.raises(Forbidden):
        await actions.save_assignment(scene.worker, "T-001", draft, row=row)
    await actions.save_assignment(scene.lead, "T-001", draft, row=row)
    assert await fetch_value("select backup_worker from assignments") == scene.worker.worker
    for wrong, field in (("W-03", "primary"), ("W-99", "primary")):
        with pytest.raises(Invalid) as caught:
            await actions.save_assignment(
                scene.lead,
                "T-001",
                AssignmentDraft(team="ACT", primary=wrong, starts_on=make.LONG_AGO),
                row=row,
            )
        assert set(caught.value.fields) == {field}
    with pytest.raises(Forbidden):
        await actions.save_assignment(
            scene.lead, "T-001", AssignmentDraft(team="ICM", starts_on=TODAY())
        )
