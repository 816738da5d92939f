"""What we write, others read: the same events, instants, identities, sequences and words in each.

Both clock changes, cancelled visits, duties, the end of a subscription, and feeds of 500 events.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from service.access.states import Language
from service.feeds.calendar import render_ended, render_feed, visit_uid
from service.feeds.states import FeedLevel
from service.feeds.types import FeedDuty, FeedVisit
from service.teams.states import DutyKind
from tests.service.feeds.outside import (
    Found,
    ical_js,
    libical,
    radicale,
    sabre,
    vobject_reader,
)
from tests.service.feeds.reading import read_events
from tests.service.feeds.samples import (
    CHANGED,
    ME,
    TEAM,
    clock_change_visits,
    visit,
    week_of_a_team,
)

READERS: dict[str, Callable[..., list[list[Found]]]] = {
    "ical.js": ical_js,
    "libical": libical,
    "sabre/vobject": sabre,
    "vobject": vobject_reader,
}
FIRST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def many_visits() -> tuple[FeedVisit, ...]:
    """500 visits over eight months, through both clock changes; some moved, some cancelled."""
    found = []
    for n in range(500):
        one = visit(1000 + n, FIRST + timedelta(hours=11 * n))
        if n % 7 == 0:
            one = replace(one, sequence=n % 5, changed_at=CHANGED + timedelta(minutes=n))
        if n % 50 == 49:
            one = replace(one, sequence=one.sequence + 1, cancelled_at=CHANGED)
        found.append(one)
    return tuple(found)


def duties() -> tuple[FeedDuty, ...]:
    """Nights of duty over both clock changes; one of them lost."""
    nights = (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 10, 24, 19, 0, tzinfo=UTC))
    return tuple(
        FeedDuty(
            uid=UUID(int=9000 + n),
            kind=DutyKind.ON_CALL,
            starts_at=at,
            ends_at=at + timedelta(hours=11),
            worker=None,
            sequence=n,
            changed_at=CHANGED,
            cancelled_at=CHANGED if n else None,
        )
        for n, at in enumerate(nights)
    )


def _rendered(
    visits: Sequence[FeedVisit], more: Sequence[FeedDuty] = (), *, language: Language
) -> str:
    scope = TEAM if any(one.workers for one in visits) else ME
    body = render_feed(visits, more, scope=scope, level=FeedLevel.INITIALS, language=language)
    return body.decode()


CONTENT: dict[str, tuple[Sequence[FeedVisit], Sequence[FeedDuty], Language]] = {
    "clock changes": (clock_change_visits(), (), Language.FRENCH),
    "a team's week": (week_of_a_team(), (), Language.DUTCH),
    "duties": ((), duties(), Language.FRENCH),
    "500 events": (many_visits(), (), Language.ENGLISH),
    "nothing": ((), (), Language.DUTCH),
}
FEEDS = {
    name: _rendered(visits, more, language=language)
    for name, (visits, more, language) in CONTENT.items()
}
FEEDS["ended"] = render_ended(ended_at=FIRST, language=Language.FRENCH).decode()


def facts(events: Sequence[Found]) -> list[tuple[object, ...]]:
    """All but the words."""
    return [event[:5] for event in events]


def expected(name: str) -> list[tuple[object, ...]]:
    """What the samples say, without asking any calendar."""
    visits, more, _language = CONTENT[name]
    return [
        (
            visit_uid(one.uid),
            int(one.starts_at.timestamp()),
            int(one.ends_at.timestamp()),
            one.sequence,
            "CANCELLED" if one.cancelled_at else "CONFIRMED",
        )
        for one in (*visits, *more)
    ]


def by_icalendar(feed: str) -> list[Found]:
    return [
        (
            event.uid,
            int(event.starts_at.timestamp()),
            int(event.ends_at.timestamp()),
            event.sequence,
            event.status,
            event.summary,
            event.location,
        )
        for event in read_events(feed)
    ]


def test_icalendar_reads_what_the_samples_say() -> None:
    for name in CONTENT:
        assert facts(by_icalendar(FEEDS[name])) == expected(name)
    assert len(expected("500 events")) == 500
    assert sum(fact[4] == "CANCELLED" for fact in expected("500 events")) == 10


@pytest.mark.parametrize("zone", ["UTC", "Europe/Brussels", "America/New_York"])
@pytest.mark.parametrize("reader", READERS)
def test_others_read_the_same_wherever_they_run(reader: str, zone: str) -> None:
    names = [name for name in FEEDS if reader != "vobject" or name != "nothing"]
    read = READERS[reader]([FEEDS[name] for name in names], zone=zone)
    for name, events in zip(names, read, strict=True):
        assert events == by_icalendar(FEEDS[name]), f"{reader} in {zone}: {name}"


def test_radicale_takes_them_and_gives_them_back(tmp_path: Path) -> None:
    """PUT and GET of whole calendars; what comes back says the same, in whatever order."""
    with radicale(tmp_path) as client:
        for number, name in enumerate(name for name in FEEDS if name != "nothing"):
            path = f"/test/{number}/"
            headers = {"Content-Type": "text/calendar; charset=utf-8"}
            put = client.put(path, content=FEEDS[name].encode(), headers=headers)
            assert put.status_code == 201, f"{name}: {put.text}"
            got = client.get(path)
            assert got.status_code == 200
            assert got.headers["Content-Type"].startswith("text/calendar")
            assert sorted(by_icalendar(got.text)) == sorted(by_icalendar(FEEDS[name])), name
        again = client.put("/test/0/", content=FEEDS["duties"].encode(), headers=headers)
        assert again.status_code == 201
        assert facts(by_icalendar(client.get("/test/0/").text)) == expected("duties"), "replaced"
