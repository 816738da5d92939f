"""What is entered a second time is refused beside its field, and what only resembles it is not."""

from datetime import timedelta

import msgspec
import pytest

from service import clock
from service.database.sql import fetch_value
from service.errors import Invalid
from service.people import actions
from service.people.drafts import ExclusionDraft, SeriesDraft
from service.people.states import SeriesKind
from service.teams.actions import save_absence
from service.teams.drafts import AbsenceDraft
from tests.service.people.editing_scene import Scene, scene

__all__ = ["scene"]
pytestmark = pytest.mark.anyio


async def test_a_series(scene: Scene) -> None:
    draft = SeriesDraft(
        kind=SeriesKind.MEDICATION, starts_on=clock.today(), weekdays=(1, 4), minutes=15
    )
    await actions.save_series(scene.lead, "T-001", draft)
    with pytest.raises(Invalid) as refused:
        await actions.save_series(scene.lead, "T-001", msgspec.structs.replace(draft, minutes=20))
    assert set(refused.value.fields) == {"kind"}
    evening = msgspec.structs.replace(draft, from_minute=1080, to_minute=1140)
    await actions.save_series(scene.lead, "T-001", evening)
    row = await fetch_value("select min(id) from series")
    await actions.save_series(scene.lead, "T-001", draft, row=row)
    assert await fetch_value("select count(*) from series") == 2


async def test_an_exclusion(scene: Scene) -> None:
    draft = ExclusionDraft(worker="W-02", starts_on=clock.today(), reason="old neighbours")
    await actions.save_exclusion(scene.lead, "T-001", draft)
    with pytest.raises(Invalid) as refused:
        await actions.save_exclusion(scene.lead, "T-001", draft)
    assert set(refused.value.fields) == {"worker"}
    nowhere = ExclusionDraft(refnis="99999", starts_on=clock.today(), reason="no such place")
    with pytest.raises(Invalid) as refused:
        await actions.save_exclusion(scene.lead, "T-001", nowhere)
    assert set(refused.value.fields) == {"refnis"}
    area = ExclusionDraft(refnis="21004", starts_on=clock.today(), reason="a court's ban")
    await actions.save_exclusion(scene.lead, "T-001", area)
    assert await fetch_value("select count(*) from exclusions") == 2


async def test_an_absence(scene: Scene) -> None:
    draft = AbsenceDraft(starts_at=clock.now(), ends_at=clock.now() + timedelta(days=1))
    await save_absence(scene.lead, "W-02", draft)
    with pytest.raises(Invalid) as refused:
        await save_absence(scene.lead, "W-02", draft)
    assert set(refused.value.fields) == {"first_day"}
    longer = msgspec.structs.replace(draft, ends_at=draft.ends_at + timedelta(days=1))
    await save_absence(scene.lead, "W-02", longer)
    assert await fetch_value("select count(*) from absences") == 2
