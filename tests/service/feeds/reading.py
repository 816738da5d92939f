"""Reads a feed back as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """An event as icalendar understood it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    status: str
    sequence: int
    stamp: datetime
    changed_at: datetime


def read_events(content: bytes | str) -> list[Read]:
    """Return the events of a calendar, in their order."""
    events: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    return [
        Read(
            uid=str(event["UID"]),
            starts_at=event["DTSTART"].dt,
            ends_at=event["DTEND"].dt,
            summary=str(event["SUMMARY"]),
            location=str(event.get("LOCATION", "")),
            status=str(event["STATUS"]),
            sequence=int(event["SEQUENCE"]),
            stamp=event["DTSTAMP"].dt,
            changed_at=event["LAST-MODIFIED"].dt,
        )
        for event in events
    ]
