"""Three readers of calendars must find the same instants, across both clock changes."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import vobject

from service.access.states import Language
from service.feeds.calendar import render_feed, visit_uid
from service.feeds.states import FeedLevel
from tests.service.feeds.reading import read_events
from tests.service.feeds.samples import ME, clock_change_visits

Instants = list[tuple[str, int, int]]

EXPECTED: Instants = [
    (
        visit_uid(sample.uid),
        int(sample.starts_at.timestamp()),
        int(sample.ends_at.timestamp()),
    )
    for sample in clock_change_visits()
]


@pytest.fixture
def feed() -> str:
    return render_feed(
        clock_change_visits(), scope=ME, level=FeedLevel.INITIALS, language=Language.FRENCH
    ).decode()


def test_icalendar_reads_the_instants(feed: str) -> None:
    events = read_events(feed)
    read = [(e.uid, int(e.starts_at.timestamp()), int(e.ends_at.timestamp())) for e in events]
    assert read == EXPECTED
    assert {e.starts_at.utcoffset() for e in events} == {timedelta()}


def test_vobject_reads_the_instants(feed: str) -> None:
    read = [
        (e.uid.value, int(e.dtstart.value.timestamp()), int(e.dtend.value.timestamp()))
        for e in vobject.readOne(feed).vevent_list
    ]
    assert read == EXPECTED


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here to run ical.js")
@pytest.mark.parametrize("zone", ["UTC", "Europe/Brussels", "America/New_York"])
def test_ical_js_reads_the_instants_wherever_it_runs(feed: str, zone: str) -> None:
    node = shutil.which("node")
    assert node is not None
    run = subprocess.run(
        [node, str(Path(__file__).parent / "instants.mjs")],
        input=feed,
        env={"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert [tuple(event) for event in json.loads(run.stdout)] == EXPECTED
