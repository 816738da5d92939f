"""Feeds must not say what they could: the rows hold names, reasons, notes and telling places."""

import logging
from datetime import timedelta
from itertools import product
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from service import clock
from service.access.states import Language
from service.database.sql import execute, fetch_all
from service.feeds import api
from service.feeds.actions import make_feed
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.tokens import token_hash
from service.feeds.types import FeedScope
from tests.service import factories as make
from tests.service.feeds import published
from tests.service.feeds.conftest import MONDAY, THURSDAY_BEFORE, House, fetch, own_feed
from tests.service.feeds.reading import read_events

FRIDAY = THURSDAY_BEFORE + timedelta(hours=16)
SECRETS = (
    "Zebulon",
    "Quatrebarbes",
    "Amina",
    "Benali",
    "Karim",
    "Dupré",
    "T-099",
    "Xanthippe",
    "Ypsilanti",
    "W-88",
    "Clinique",
    "Kliniek",
    "Tribunal",
    "Rechtbank",
    "couteau",
    "troisième sonnette",
    "0499",
    "schizo",
    "depot",
    "court",
    "hospital",
    "prison",
    "federal",
    "injection",
    "ACT",
)
STREETS = ("Rue du Secret", "Geheimstraat", "77", "1090")


async def _house_full_of_secrets(house: House) -> None:
    hospital = await make.place(
        kind="hospital",
        name_fr="Clinique du Silence",
        name_nl="Kliniek van de Stilte",
        street_fr="Rue du Secret",
        street_nl="Geheimstraat",
        house_number="77",
    )
    court = await make.place(
        kind="court", name_fr="Tribunal", name_nl="Rechtbank", street_fr="", street_nl=""
    )
    tenant = await make.tenant(
        "T-041",
        team=house.team,
        place=hospital,
        first_name="Zebulon",
        last_name="Quatrebarbes",
        phone="0499 12 34 56",
        funder="federal",
    )
    await execute("update stays set access_note = 'troisième sonnette, couteau', kind = 'hospital'")
    await make.safety_flag(tenant=tenant, reason="couteau")
    await make.exclusion(worker=house.karim, tenant=tenant, reason="schizo")
    for hours, (place, kind) in enumerate(
        ((hospital, "depot"), (court, "accompaniment"), (hospital, "medication"))
    ):
        await published.publish(
            team=house.team,
            workers=[house.amina, house.karim] if hours == 0 else [house.amina],
            starts_at=MONDAY + timedelta(hours=hours),
            tenant=tenant,
            place=place,
            kind=kind,
        )
    for hours in (0, 2):
        visit = await published.publish(
            team=house.team,
            workers=[house.karim if hours else house.amina],
            starts_at=FRIDAY + timedelta(hours=hours),
            tenant=tenant,
            place=hospital,
            kind="depot",
        )
        if hours:
            await published.give(visit, team=house.team, loser=house.karim, winner=house.amina)
        else:
            await published.cancel(visit, team=house.team)
    for worker in (house.amina, house.karim):
        await make.insert(
            "duty_slots",
            uid=uuid4(),
            key=f"own.{worker}",
            team=house.team,
            kind="on_call",
            starts_at=MONDAY,
            ends_at=MONDAY + timedelta(hours=5),
            published_worker=worker,
            changed_at=THURSDAY_BEFORE,
            updated_at=THURSDAY_BEFORE,
        )
    neighbours = await make.team("ICM", kind="icm")
    stranger = await make.worker("W-88", team=neighbours)
    await published.publish(
        team=neighbours,
        workers=[stranger],
        starts_at=MONDAY,
        place=hospital,
        tenant=await make.tenant(
            "T-099", team=neighbours, first_name="Xanthippe", last_name="Ypsilanti"
        ),
    )


async def test_no_level_and_no_language_gives_secrets_away(
    house: House, program: httpx.AsyncClient
) -> None:
    """Of visits alone and in pairs, given away and called off, and of duties."""
    feeds = (
        (house.amina_signed_in, FeedScope(ScopeKind.WORKER, house.amina), 5),
        (house.karim_signed_in, FeedScope(ScopeKind.WORKER, house.karim), 2),
        (house.amina_signed_in, FeedScope(ScopeKind.TEAM, house.team), 5),
    )
    with clock.stopped(THURSDAY_BEFORE):
        await _house_full_of_secrets(house)
    for number, ((viewer, scope, visits), level, language) in enumerate(
        product(feeds, FeedLevel, Language)
    ):
        feed = await make_feed(
            viewer, scope=scope, device=f"device {number}", level=level, language=language
        )
        answer = await fetch(program, feed, at=THURSDAY_BEFORE + timedelta(minutes=1))
        text = _words(answer.text)
        assert text.count("t-041") == visits
        assert text.count("status:cancelled") == 1
        told = [secret for secret in SECRETS if secret.casefold() in text]
        assert told == [], (scope, level, language)
        said = {letters for letters in ("z.q.", "a.b.", "k.d.") if letters in text}
        others = {"a.b.", "k.d."} - ({"a.b."} if scope.id == house.amina else {"k.d."})
        named = {"z.q.", *(others if scope.kind is ScopeKind.WORKER else ("a.b.", "k.d."))}
        assert said == (named if level is FeedLevel.INITIALS else set())
        has_street = any(street.casefold() in text for street in STREETS)
        assert has_street == (level is not FeedLevel.MINIMAL)


async def test_place_without_street_shows_no_name_at_any_level(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        await _house_full_of_secrets(house)
    feed = await own_feed(house.amina_signed_in, level=FeedLevel.STREET)
    events = read_events((await fetch(program, feed, at=THURSDAY_BEFORE)).content)
    locations = [event.location for event in events if event.starts_at >= MONDAY][:3]
    assert locations == ["Rue du Secret 77, 1090 Jette", "Jette", "Rue du Secret 77, 1090 Jette"]


async def test_the_token_is_stored_as_its_hash_alone(house: House) -> None:
    feed = await own_feed(house.amina_signed_in)
    assert len(feed.token) * 6 >= 128
    rows = await fetch_all("select * from feeds")
    assert [bytes(row["token_hash"]) for row in rows] == [token_hash(feed.token)]
    everything = str(rows) + str(await fetch_all("select * from audit_entries"))
    assert feed.token not in everything
    assert feed.token not in repr(feed)


async def test_the_token_is_in_no_log_line_even_when_something_breaks(
    house: House,
    program: httpx.AsyncClient,
    app: Litestar,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feed = await own_feed(house.amina_signed_in)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="httpx")  # the calendar program, not the service
    await fetch(program, feed, at=MONDAY)
    monkeypatch.setattr(api, "feed_service", _broken)
    broken = await fetch(program, feed, at=MONDAY)
    assert broken.status_code == 500
    assert feed.token not in broken.text
    written = capfd.readouterr()
    assert "request failed" in written.out + written.err + caplog.text
    assert feed.token not in caplog.text + written.out + written.err


def _words(content: str) -> str:
    """All lines but those of identities and instants, whose random digits could look telling."""
    lines = content.replace("\r\n ", "").split("\r\n")
    numbers = ("UID:", "DTSTART:", "DTEND:", "DTSTAMP:", "LAST-MODIFIED:")
    return "\n".join(line for line in lines if not line.startswith(numbers)).casefold()


def _broken(_app: Litestar) -> api.FeedService:
    raise RuntimeError("broken on purpose")
