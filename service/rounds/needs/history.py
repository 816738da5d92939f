"""What went before a week: what took place, and what is published but has yet to take place."""

from dataclasses import dataclass, field
from datetime import date

from service.encounters.queries import Contacts, MissedVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A tenant's past as a week sees it.

    `past`: contacts until now. `ahead`: published visits from now to the week's Monday, taken to
    happen for spacing, levelling and series, but never for 'overdue'. `missed`: what is owed.
    """

    past: Contacts = field(default_factory=Contacts)
    ahead: Contacts = field(default_factory=Contacts)
    missed: tuple[MissedVisit, ...] = ()

    def last_before(self, day: date) -> date | None:
        """The last contact, also a published one, before a day."""
        known = (*self.past.days, *self.ahead.days)
        return max((one for one in known if one < day), default=None)

    def given_before(self, series: int, day: date) -> date | None:
        """The last time a series was given, or is published to be, before a day."""
        known = (*self.past.given.get(series, ()), *self.ahead.given.get(series, ()))
        return max((one for one in known if one < day), default=None)

    def met_since(self, first: date, *, before: date) -> frozenset[str]:
        """The workers met, or published to be met, on a day of `[first, before)`."""
        return frozenset(
            code
            for contacts in (self.past, self.ahead)
            for code, days in contacts.workers.items()
            if any(first <= day < before for day in days)
        )

    def known_before(self, day: date) -> frozenset[str]:
        """The workers ever met before a day."""
        return self.met_since(date.min, before=day)
