"""The bytes of a feed: golden files, what each level says, and what must never be there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from service.access.states import Language
from service.feeds.calendar import calendar_uid, plain, render_ended, render_feed, visit_uid
from service.feeds.states import FeedLevel
from service.feeds.types import Address
from tests.service.feeds.reading import read_events
from tests.service.feeds.samples import (
    CHANGED,
    JETTE,
    ME,
    TEAM,
    clock_change_visits,
    visit,
    week_of_a_team,
)

GOLDEN = Path(__file__).parent / "golden"
NOON = datetime(2026, 3, 30, 10, 0, tzinfo=UTC)


def _mine(language: Language, level: FeedLevel) -> bytes:
    return render_feed(clock_change_visits(), scope=ME, level=level, language=language)


def _team(language: Language, level: FeedLevel) -> bytes:
    return render_feed(week_of_a_team(), scope=TEAM, level=level, language=language)


RENDERED: dict[str, Callable[[], bytes]] = {
    "clock_changes_minimal_nl": lambda: _mine(Language.DUTCH, FeedLevel.MINIMAL),
    "clock_changes_street_fr": lambda: _mine(Language.FRENCH, FeedLevel.STREET),
    "team_minimal_en": lambda: _team(Language.ENGLISH, FeedLevel.MINIMAL),
    "team_initials_nl": lambda: _team(Language.DUTCH, FeedLevel.INITIALS),
    "team_street_fr": lambda: _team(Language.FRENCH, FeedLevel.STREET),
    "ended_fr": lambda: render_ended(ended_at=NOON, language=Language.FRENCH),
    "empty_en": lambda: render_feed(
        (), scope=ME, level=FeedLevel.MINIMAL, language=Language.ENGLISH
    ),
}


@pytest.mark.parametrize("name", sorted(RENDERED))
def test_feed_equals_its_golden_file_byte_for_byte(name: str) -> None:
    assert RENDERED[name]() == (GOLDEN / f"{name}.ics").read_bytes()


@pytest.mark.parametrize("name", sorted(RENDERED))
def test_rendering_twice_gives_the_same_bytes(name: str) -> None:
    assert RENDERED[name]() == RENDERED[name]()


@pytest.mark.parametrize("name", sorted(RENDERED))
def test_lines_are_folded_and_end_with_crlf(name: str) -> None:
    content = RENDERED[name]()
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two


@pytest.mark.parametrize("name", sorted(RENDERED))
def test_nothing_is_written_that_a_client_could_answer_or_misread(name: str) -> None:
    text = RENDERED[name]().decode()
    for word in ("ORGANIZER", "ATTENDEE", "CLASS", "VALARM", "VTIMEZONE", "RRULE", "TZID"):
        assert word not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert "METHOD:PUBLISH\r\n" in text


@pytest.mark.parametrize("language", Language)
def test_calendar_name_does_not_say_what_the_service_is(language: Language) -> None:
    calendar = Calendar.from_ical(_mine(language, FeedLevel.INITIALS))
    expected = {"nl": "Ronde", "fr": "Tournée", "en": "Round"}[language]
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == expected


def test_calendar_uid_is_fixed_for_a_scope_and_different_for_another() -> None:
    uid = Calendar.from_ical(_mine(Language.DUTCH, FeedLevel.MINIMAL))["UID"]
    assert uid == calendar_uid(ME)
    assert uid != calendar_uid(TEAM)


def test_levels_say_more_one_after_another() -> None:
    one = (visit(41, NOON),)
    said = {}
    for level in FeedLevel:
        rendered = render_feed(one, scope=ME, level=level, language=Language.FRENCH)
        (event,) = read_events(rendered)
        said[level] = (event.summary, event.location)
    address = "Rue de l'Exemple, Grande 12 bte 4, 1090 Jette"
    assert said == {
        FeedLevel.MINIMAL: ("T-041 Jette", "Jette"),
        FeedLevel.STREET: ("T-041 Jette", address),
        FeedLevel.INITIALS: ("T-041 G.P. Jette", address),
    }


def test_place_without_street_is_named_by_its_municipality_alone() -> None:
    spot = replace(visit(1, NOON), address=replace(JETTE, street_fr="", street_nl=""))
    rendered = render_feed((spot,), scope=ME, level=FeedLevel.STREET, language=Language.DUTCH)
    assert read_events(rendered)[0].location == "Jette"


def test_stamps_are_the_change_and_never_now() -> None:
    rendered = render_feed(
        week_of_a_team(), scope=TEAM, level=FeedLevel.MINIMAL, language=Language.ENGLISH
    )
    for event, sample in zip(read_events(rendered), week_of_a_team(), strict=True):
        assert event.stamp == event.changed_at == sample.changed_at
        assert event.sequence == sample.sequence
        assert event.uid == visit_uid(sample.uid)


def test_ended_feed_holds_one_neutral_event() -> None:
    rendered = render_ended(ended_at=CHANGED, language=Language.ENGLISH)
    (event,) = Calendar.from_ical(rendered).walk("VEVENT")
    assert str(event["SUMMARY"]) == "This calendar subscription has ended"
    assert event["TRANSP"] == "TRANSPARENT"
    assert "LOCATION" not in event
    assert "DESCRIPTION" not in event


def test_control_and_format_characters_are_taken_out() -> None:
    assert plain("a\x00b\x0bc\x85d\u2028e\u2029f\r\n g\u202eh\u200b\ufeff") == "a b c d e f gh"


@given(text=st.text(max_size=200), code=st.text(max_size=20))
def test_any_text_in_a_place_gives_a_feed_that_parses(text: str, code: str) -> None:
    """Whatever somebody typed or imported, one event comes out and says it on one line."""
    odd = Address(
        municipality_fr=text, municipality_nl=text, street_fr=text, house_number=code, box=text
    )
    rendered = render_feed(
        (replace(visit(1, NOON), address=odd),),
        scope=ME,
        level=FeedLevel.STREET,
        language=Language.FRENCH,
    )
    assert rendered.count(b"\r\n") == rendered.count(b"\n") == rendered.count(b"\r")
    assert not Calendar.from_ical(rendered).walk("VEVENT")[0].errors
    (event,) = read_events(rendered)
    assert event.starts_at == NOON
    assert plain(text) in event.location
