"""The one definition of 'overdue', for the list, the plan, the report and the screen alike."""

from collections.abc import Iterable
from datetime import date

from service.teams.hours import Span


def days_overdue(
    *,
    last_contact: date | None,
    since: date,
    longest_gap_days: int,
    on: date,
    pauses: Iterable[Span] = (),
) -> int:
    """Days since the last face-to-face contact minus the agreement's longest gap, not below 0.

    Counted from `since` (support or the agreement's first day, whichever is later) for somebody
    never seen, and from the end of the last pause that has passed; 0 while a pause lasts.
    """
    begun = [pause for pause in pauses if pause.starts_on <= on]
    if any(pause.holds(on) for pause in begun):
        return 0
    ends = [pause.ends_on for pause in begun if pause.ends_on is not None]
    counted_from = max([last_contact or since, *ends])
    return max(0, (on - counted_from).days - longest_gap_days)
