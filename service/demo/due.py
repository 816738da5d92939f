"""In which weeks an agreement of more than a week falls due, by the planner's own rule."""

from collections.abc import Sequence
from datetime import date, timedelta

from service.demo.calendar import monday
from service.demo.model import DemoAgreement
from service.encounters.queries import Contacts
from service.people.facts import AgreementFacts
from service.rounds.needs.agreements import contacts_asked
from service.rounds.needs.history import History
from service.teams.hours import Span

WEEK = timedelta(days=7)


def due_weeks(
    agreements: Sequence[DemoAgreement], *, first_id: int, first: date, end: date
) -> dict[str, list[date]]:
    """Mondays between two days of the weeks in which agreements in force ask a contact.

    Only agreements of more than a week are here, by tenant. `first_id` is the id that the first
    row of `agreements` gets: the rule levels agreements over the weeks by their ids.
    """
    weeks: dict[str, list[date]] = {}
    for number, row in enumerate(agreements):
        if row.period_days <= WEEK.days or row.ends_on is not None:
            continue
        facts = AgreementFacts(
            id=first_id + number,
            preset=row.preset,
            span=Span(row.starts_on),
            contacts=row.contacts,
            period_days=row.period_days,
            longest_gap_days=row.longest_gap_days,
            minutes=row.minutes,
        )
        week = monday(max(first, row.starts_on)) + WEEK
        found = weeks.setdefault(row.tenant, [])
        while week < end:
            just_met = History(past=Contacts(days=(week - timedelta(days=1),)))
            if contacts_asked(facts, just_met, week):
                found.append(week)
            week += WEEK
    return weeks
