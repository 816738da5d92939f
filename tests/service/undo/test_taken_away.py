"""A row that somebody takes away while another has its form open: nothing typed is lost."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service import clock
from service.database.sql import fetch_all, fetch_value
from tests.service import factories as make
from tests.service.rounds.readers import Reader, reading
from tests.support.database import Server
from tests.support.sent_forms import forms_of
from tests.support.web import person

pytestmark = pytest.mark.anyio
LATER = (clock.today() + timedelta(days=60)).isoformat()
DUTY = {"kind": "evening", "from_time": "20:00", "to_time": "22:00", "on_holidays": "also"}


@pytest.fixture
async def leads(database: Server, tmp_path: Path) -> AsyncIterator[tuple[Reader, Reader]]:
    """Two leads of team ACT, who read English: Amina, and Karim who is the second to save."""
    team = await make.team("ACT")
    one = await make.worker("W-01", team=team, first_name="Amina", last_name="Aziz")
    two = await make.worker("W-02", team=team, first_name="Karim")
    await make.tenant("T-001", team=team, place=await make.place())
    await make.tenant("T-002", team=team, place=await make.place())
    await person("amina", ("team_lead", team), worker=one, language="en")
    await person("karim", ("team_lead", team), worker=two, language="en")
    async with reading(tmp_path, "amina") as amina, reading(tmp_path, "karim") as karim:
        yield amina, karim


async def made(part: str) -> str:
    """The address of a row of a part, put there for the test."""
    tenant = await fetch_value("select id from tenants where code = 'T-001'")
    worker = await fetch_value("select id from workers where code = 'W-01'")
    later = clock.today() + timedelta(days=30)
    at = datetime.combine(later, datetime.min.time(), clock.BRUSSELS)
    if part == "absence":
        row = await make.absence(worker=worker, starts_at=at, ends_at=at + timedelta(days=2))
        return f"/workers/W-01/edit/absence/{row}"
    if part == "exclusion":
        await make.municipality("21004", fr="Bruxelles", nl="Brussel")
        row = await make.insert(
            "exclusions", worker=worker, municipality="21004", reason="a reason", starts_on=later
        )
        return f"/workers/W-01/edit/exclusion/{row}"
    if part == "flag":
        await make.safety_flag(tenant=tenant, reason="a reason")
        return "/tenants/T-001/edit/flag/own"
    if part == "pause":
        agreement = await make.agreement(tenant=tenant)
        row = await make.insert("agreement_pauses", agreement=agreement, starts_on=later)
    elif part == "series":
        row = await make.series(tenant=tenant, weekdays=[1], starts_on=later)
    elif part == "stay":
        place = await make.place(kind="spot", name_fr="Le banc")
        row = await make.stay(tenant=tenant, place=place, kind="street", starts_on=later)
    else:
        place = await make.place(kind="hospital", name_fr="La Clinique")
        row = await make.appointment(tenant=tenant, place=place, starts_at=at)
    return f"/tenants/T-001/edit/{part}/{row}"


async def opened(reader: Reader, path: str, action: str = "") -> dict[str, Any]:
    """What a form of the page sends as it stands."""
    return form_in((await reader.get(path)).text, action or path)


def form_in(page: str, action: str) -> dict[str, Any]:
    found = next(one for one in forms_of(page, page=action) if one.action == action)
    sent: dict[str, Any] = {}
    for name, value in found.pairs:
        if name != "csrf_token":
            sent.setdefault(name, []).append(value)
    return sent


async def took_away(reader: Reader, path: str) -> None:
    sent = await opened(reader, path, f"{path}/remove")
    extra = {"lift_reason": "It is over."} if "/flag/" in path else {}
    done = await reader.post(f"{path}/remove", on=path, **sent | extra)
    assert done.status_code == 303


@pytest.mark.parametrize(
    ("part", "typed", "did"),
    [
        ("absence", {"last_day": LATER}, "removed an absence"),
        ("exclusion", {"reason": "another reason"}, "ended an exclusion"),
        ("flag", {"reason": "another reason", "review_on": LATER}, "lifted a safety flag"),
        ("pause", {"ends_on": LATER}, "ended a pause"),
        ("series", {"minutes": "85"}, "ended a series"),
        ("stay", {"access_note": "the third bench"}, "removed a stay"),
        ("appointment", {"minutes": "85"}, "cancelled an appointment"),
    ],
)
async def test_the_second_is_told_who_took_it_away_and_enters_it_anew(
    leads: tuple[Reader, Reader], part: str, typed: dict[str, str], did: str
) -> None:
    amina, karim = leads
    path = await made(part)
    sent = await opened(karim, path) | typed
    await took_away(amina, path)
    told = await karim.post(path, on="/account", **sent)
    assert told.status_code == 409
    assert "Somebody else took this away meanwhile" in told.text
    assert f"<li>Amina Aziz {did}" in told.text
    owner = path.rpartition("/edit/")[0]
    assert f'<a href="{owner}">Show it as it is now</a>' in told.text
    new = f"{path.rpartition('/')[0]}/new"
    again = form_in(told.text, new)
    assert again | {name: [value] for name, value in typed.items()} == again
    kept = {name for name in sent if name not in {"version", "seen", "known", "choice"}}
    assert {name: again[name] for name in kept if name not in typed} == {
        name: sent[name] for name in kept if name not in typed
    }
    done = await karim.post(new, on="/account", **again)
    assert done.status_code == 303, done.text
    back = await karim.post(path, on="/account", **again)
    assert back.status_code == 409 or part == "flag", "the one that went stays away"


async def test_two_who_take_the_same_away_both_see_it_gone(leads: tuple[Reader, Reader]) -> None:
    amina, karim = leads
    path = await made("absence")
    sent = await opened(karim, path, f"{path}/remove")
    await took_away(amina, path)
    told = await karim.post(f"{path}/remove", on="/account", **sent)
    assert told.status_code == 409
    assert "Somebody else took this away already." in told.text
    assert "<li>Amina Aziz removed an absence" in told.text
    assert 'href="/workers/W-01"' in told.text
    assert "Enter it anew" not in told.text


async def test_a_duty_that_is_gone_can_be_entered_anew(leads: tuple[Reader, Reader]) -> None:
    amina, karim = leads
    new = "/teams/ACT/settings/duty/new"
    form = await opened(amina, new) | DUTY | {"weekdays": ["1"]}
    assert (await amina.post(new, on=new, **form)).status_code == 303
    path = "/teams/ACT/settings/duty/1"
    sent = await opened(karim, path) | {"to_time": "23:00"}
    await took_away(amina, path)
    told = await karim.post(path, on="/account", **sent)
    assert told.status_code == 409
    assert "<li>Amina Aziz changed the duties" in told.text
    again = form_in(told.text, new)
    assert again["to_time"] == ["23:00"]
    assert (await karim.post(new, on="/account", **again)).status_code == 303


async def test_what_never_was_there_stays_not_found(leads: tuple[Reader, Reader]) -> None:
    """Neither a row that was made up nor one of somebody else's is told of."""
    _, karim = leads
    other = await fetch_value("select id from tenants where code = 'T-002'")
    foreign = await make.series(tenant=other, weekdays=[1])
    sent = await opened(karim, await made("series"))
    for row in (foreign, 9999):
        path = f"/tenants/T-001/edit/series/{row}"
        assert (await karim.post(path, on="/account", **sent)).status_code == 404
        assert (await karim.post(f"{path}/remove", on="/account", **sent)).status_code == 404


async def test_a_stranger_is_not_told(leads: tuple[Reader, Reader], tmp_path: Path) -> None:
    amina, karim = leads
    path = await made("series")
    sent = await opened(karim, path)
    await took_away(amina, path)
    elsewhere = await make.team("ICM", kind="icm")
    await person("stranger", ("team_lead", elsewhere), language="en")
    async with reading(tmp_path, "stranger") as stranger:
        assert (await stranger.post(path, on="/account", **sent)).status_code == 404
    assert await fetch_all("select id from series") == []
