"""Writes a feed's body: the same visits always give the same bytes.

Times are in UTC, so that no client has to know a time zone. Nothing is written that a client
could answer, ring for or show as 'busy' only: no organizer, attendee, alarm or class.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Calendar, Event

from service.access.states import Language
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import Address, FeedDuty, FeedScope, FeedVisit, Person
from service.feeds.words import WORDS, Words

PRODUCT = "-//Thuisronde//Thuisronde 1//EN"
UID_DOMAIN = "thuisronde"
REFRESH_EVERY = timedelta(hours=1)

_BREAKS = {"Cc", "Cs", "Zl", "Zp"}


def render_feed(
    visits: Iterable[FeedVisit],
    duties: Iterable[FeedDuty] = (),
    *,
    scope: FeedScope,
    level: FeedLevel,
    language: Language,
) -> bytes:
    """Return the calendar of the given visits, then duties, in their order, in UTF-8 with CRLF."""
    words = WORDS[language]
    calendar = _calendar(words, uid=calendar_uid(scope))
    for visit in visits:
        summary = _summary(visit, scope.kind, level, language)
        event = Event()
        event.add("uid", visit_uid(visit.uid))
        _add_times(event, visit.starts_at, visit.ends_at, changed_at=visit.changed_at)
        event.add("sequence", visit.sequence)
        event.add("summary", plain(summary))
        event.add("location", plain(_location(visit.address, level, language)))
        event.add("status", "CONFIRMED" if visit.cancelled_at is None else "CANCELLED")
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    for duty in duties:
        calendar.add_component(_duty_event(duty, words, level))
    return bytes(calendar.to_ical())


def render_ended(*, ended_at: datetime, language: Language) -> bytes:
    """Return the calendar of a feed that was revoked: one event that says so, and no more."""
    words = WORDS[language]
    calendar = _calendar(words, uid=_uid("ended"))
    event = Event()
    event.add("uid", f"{_uid('ended event')}@{UID_DOMAIN}")
    _add_times(event, ended_at, ended_at + timedelta(minutes=30), changed_at=ended_at)
    event.add("sequence", 0)
    event.add("summary", words.ended)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def visit_uid(uid: UUID) -> str:
    """Return a visit's identity in calendars, the same in every feed that shows it."""
    return f"{uid}@{UID_DOMAIN}"


def calendar_uid(scope: FeedScope) -> str:
    """Return the calendar's own identity, the same for every address of a worker or a team."""
    return _uid(f"{scope.kind}:{scope.id}")


def plain(text: str) -> str:
    """Return a text on one line, without control and format characters."""
    categories = ((sign, unicodedata.category(sign)) for sign in text)
    shown = (" " if kind in _BREAKS else sign for sign, kind in categories if kind != "Cf")
    return " ".join("".join(shown).split())


def _calendar(words: Words, *, uid: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", uid)
    calendar.add("name", words.calendar)
    calendar.add("x-wr-calname", words.calendar)
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _add_times(
    event: Event, starts_at: datetime, ends_at: datetime, *, changed_at: datetime
) -> None:
    for name, instant in (
        ("dtstart", starts_at),
        ("dtend", ends_at),
        ("dtstamp", changed_at),
        ("last-modified", changed_at),
    ):
        event.add(name, instant.astimezone(UTC))


def _duty_event(duty: FeedDuty, words: Words, level: FeedLevel) -> Event:
    """A duty does not make its worker 'busy': visits may go on, and nights are slept."""
    summary = words.duties[duty.kind]
    if duty.worker is not None:
        summary = words.named.format(workers=_person(duty.worker, level), summary=summary)
    if duty.cancelled_at is not None:
        summary = words.cancelled.format(summary=summary)
    event = Event()
    event.add("uid", visit_uid(duty.uid))
    _add_times(event, duty.starts_at, duty.ends_at, changed_at=duty.changed_at)
    event.add("sequence", duty.sequence)
    event.add("summary", plain(summary))
    event.add("status", "CONFIRMED" if duty.cancelled_at is None else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(visit: FeedVisit, kind: ScopeKind, level: FeedLevel, language: Language) -> str:
    words = WORDS[language]
    workers = " + ".join(_person(worker, level) for worker in visit.workers)
    summary = f"{_person(visit.tenant, level)} {_municipality(visit.address, language)}"
    if workers and kind is ScopeKind.TEAM:
        summary = words.named.format(workers=workers, summary=summary)
    elif workers:
        summary = words.accompanied.format(summary=summary, workers=workers)
    if visit.cancelled_at is not None:
        summary = words.cancelled.format(summary=summary)
    return summary


def _person(person: Person, level: FeedLevel) -> str:
    if level is not FeedLevel.INITIALS or not person.initials:
        return person.code
    return f"{person.code} {person.initials}"


def _location(address: Address, level: FeedLevel, language: Language) -> str:
    municipality = _municipality(address, language)
    street = plain(_chosen(language, fr=address.street_fr, nl=address.street_nl))
    if level is FeedLevel.MINIMAL or not street:
        return municipality
    door = f"{street} {address.house_number}".strip()
    if address.box:
        door = f"{door} {WORDS[language].box} {address.box}"
    return f"{door}, {address.postcode} {municipality}"


def _municipality(address: Address, language: Language) -> str:
    return _chosen(language, fr=address.municipality_fr, nl=address.municipality_nl)


def _chosen(language: Language, *, fr: str, nl: str) -> str:
    """Return the name in the feed's language; who reads English gets the French one."""
    first, second = (nl, fr) if language is Language.DUTCH else (fr, nl)
    return first or second


def _uid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"thuisronde:feed:{name}"))
