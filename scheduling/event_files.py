"""Events as JSON and as short words: what the command line reads.

A file is `{"now": "2 09:30", "events": [{"kind": "absent", "worker": "w1", "day": 2}, ...]}`, with
the fields of `scheduling.events` and, as `kind`, the name of the class in small letters. Days count
from 0; `now` is a day and a time of it.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec

from scheduling.errors import SchedulingError
from scheduling.events import Absent, Asked, Away, Cancelled, Event, Late

KINDS: Mapping[str, type[Any]] = {
    "absent": Absent,
    "late": Late,
    "asked": Asked,
    "cancelled": Cancelled,
    "away": Away,
}
WORDS = (
    "absent:WORKER:DAY[@HH:MM]",
    "late:WORKER:DAY:MINUTES",
    "cancelled:VISIT",
    "away:TENANT:FIRST_DAY:LAST_DAY",
)


class MalformedEvents(SchedulingError):
    """No JSON, or not the shape of events; says what was expected."""


def load_events(data: bytes | str) -> tuple[int | None, tuple[Event, ...]]:
    """(now, events) of a file."""
    try:
        raw = msgspec.json.decode(data)
        if not isinstance(raw, dict) or not raw.keys() <= {"now", "events"}:
            raise MalformedEvents('expected an object with "now" and "events" and nothing else')
        now = raw.get("now")
        found = tuple(_event(one, f"$.events[{i}]") for i, one in enumerate(raw.get("events", ())))
        return (None if now is None else moment(str(now))), found
    except msgspec.DecodeError as error:
        raise MalformedEvents(f"no JSON: {error}") from None


def moment(text: str) -> int:
    """Minutes since Monday 0:00 of "DAY HH:MM" (day 0 is the first)."""
    day, _, time = text.strip().partition(" ")
    hours, colon, minutes = time.partition(":")
    if not (day.isdigit() and hours.isdigit() and colon and minutes.isdigit()):
        raise MalformedEvents(f'{text!r} is no moment; write a day and a time, such as "2 09:30"')
    return int(day) * 1440 + int(hours) * 60 + int(minutes)


def event_of(text: str) -> Event:
    """An event in short words, one of `WORDS`."""
    kind, *words = text.split("@", maxsplit=1)[0].split(":")
    at = text.partition("@")[2]
    match kind, words:
        case "absent", [worker, day] if day.isdigit():
            minute = moment(f"0 {at}") if at else 0
            return Absent(worker=worker, day=int(day), minute=minute)
        case "late", [worker, day, minutes] if day.isdigit() and minutes.isdigit() and not at:
            return Late(worker=worker, day=int(day), minutes=int(minutes))
        case "cancelled", [visit] if not at:
            return Cancelled(visit=visit)
        case "away", [tenant, first, last] if first.isdigit() and last.isdigit() and not at:
            return Away(tenant=tenant, first_day=int(first), last_day=int(last))
    raise MalformedEvents(f"{text!r} is no event; write one of {', '.join(WORDS)}")


def _event(raw: object, path: str) -> Event:
    if not isinstance(raw, dict) or raw.get("kind") not in KINDS:
        raise MalformedEvents(f"{path}.kind: expected one of {', '.join(KINDS)}")
    kind = KINDS[raw["kind"]]
    rest = {name: value for name, value in raw.items() if name != "kind"}
    unknown = sorted(rest.keys() - {field.name for field in fields(kind)})
    if unknown:
        raise MalformedEvents(f"{path}.{unknown[0]}: no field of {raw['kind']}; take it out")
    try:
        event: Event = msgspec.convert(rest, type=kind)
    except msgspec.ValidationError as error:
        raise MalformedEvents(f"{path}: {error}") from None
    return event
