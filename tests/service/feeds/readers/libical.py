"""Reads calendars (a JSON list on standard input) with libical and prints what it finds in each.

Runs on the system's Python, which has libical's binding; nothing of ours is imported.
"""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

UTC = ICalGLib.Timezone.get_utc_timezone()
KIND = ICalGLib.ComponentKind.VEVENT_COMPONENT


def events(calendar):
    component = ICalGLib.Component.new_from_string(calendar)
    assert component is not None, "libical refuses the calendar"
    assert component.count_errors() == 0, component.as_ical_string()
    found, event = [], component.get_first_component(KIND)
    while event is not None:
        status = event.get_first_property(ICalGLib.PropertyKind.STATUS_PROPERTY)
        found.append(
            [
                event.get_uid(),
                event.get_dtstart().as_timet_with_zone(UTC),
                event.get_dtend().as_timet_with_zone(UTC),
                event.get_sequence(),
                status.get_value_as_string(),
                event.get_summary(),
                event.get_location() or "",
            ]
        )
        event = component.get_next_component(KIND)
    return found


print(json.dumps([events(calendar) for calendar in json.load(sys.stdin)]))
