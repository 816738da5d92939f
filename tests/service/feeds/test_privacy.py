"""Feeds must not say what they could: the rows hold names, reasons, notes and telling places."""

import logging
from datetime import timedelta
from itertools import product

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

SECRETS = (
    "Zebulon",
    "Quatrebarbes",
    "Amina",
    "Benali",
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


async def test_no_level_and_no_language_gives_secrets_away(
    house: House, program: httpx.AsyncClient
) -> None:
    scopes = (FeedScope(ScopeKind.WORKER, house.amina), FeedScope(ScopeKind.TEAM, house.team))
    with clock.stopped(THURSDAY_BEFORE):
        await _house_full_of_secrets(house)
    for number, (scope, level, language) in enumerate(product(scopes, FeedLevel, Language)):
        feed = await make_feed(
            house.amina_signed_in,
            scope=scope,
            device=f"device {number}",
            level=level,
            language=language,
        )
        answer = await fetch(program, feed, at=THURSDAY_BEFORE)
        text = _words(answer.text)
        assert text.count("t-041") == 3
        told = [secret for secret in SECRETS if secret.casefold() in text]
        assert told == [], (scope.kind, level, language)
        has_initials = "z.q." in text
        has_street = any(street.casefold() in text for street in STREETS)
        assert has_initials == (level is FeedLevel.INITIALS)
        assert has_street == (level is not FeedLevel.MINIMAL)


async def test_place_without_street_shows_no_name_at_any_level(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        await _house_full_of_secrets(house)
    feed = await own_feed(house.amina_signed_in, level=FeedLevel.STREET)
    locations = [
        event.location
        for event in read_events((await fetch(program, feed, at=THURSDAY_BEFORE)).content)
    ]
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
