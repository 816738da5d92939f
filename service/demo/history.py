"""Two years of contacts: the last full one with the published counts, the running one after it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from service.demo import figures
from service.demo.careers import Career
from service.demo.chance import shuffled, spelled_out
from service.demo.contacts import contact_days, reach_of, stretches
from service.demo.encounters import Meeting, Staffing
from service.demo.model import DemoAgreement, DemoEncounter
from service.demo.reasons import counts_for, reasons_for
from service.encounters.states import EncounterKind, Outcome, Reason
from service.people.states import EndReason

Progress = Callable[[int, int], None]
"""Told (done, of how many) now and then."""

_ATTEMPTS = {Outcome.NOT_HOME: 6, Outcome.REFUSED: 2, Outcome.CANCELLED_BY_TENANT: 2}
"""Of a hundred meetings of the running year, how many more were tried without one.

The last full year holds none: the published figures count meetings alone.
"""
_CALLS = 4
"""Of a hundred meetings, how many more were calls, or one in three of them a talk at the door."""


def history(
    rng: Random,
    careers: Sequence[tuple[str, Career]],
    agreements: Sequence[DemoAgreement],
    staffing: Staffing,
    *,
    silent: Mapping[str, date],
    due: Mapping[str, Sequence[date]],
    today: date,
    now: datetime,
    progress: Progress,
) -> list[DemoEncounter]:
    """Encounters from 1 January of the last full year to yesterday, by time."""
    year = today.year - 1
    new_year = date(today.year, 1, 1)
    reach = reach_of(rng, careers)
    last = stretches(careers, agreements, reach, first=date(year, 1, 1), end=new_year)
    total = sum(figures.MEETINGS.values())
    meetings = _meetings(
        rng,
        contact_days(rng, last, total=total, silent={}, due={}),
        figures.MEETINGS,
        figures.REASONS,
    )
    running = stretches(careers, agreements, reach, first=new_year, end=today)
    asked_before, asked_since = (sum(s.total for s in each) for each in (last, running))
    since = round(total * asked_since / asked_before)
    days = contact_days(rng, running, total=since, silent=silent, due=due)
    later = _meetings(rng, days, *_scaled(len(days))) if days else []
    later = sorted(later + _without_contact(rng, later), key=lambda m: (m.day, m.tenant))
    spans = {code: _met_within(career) for code, career in careers}
    encounters = []
    for done, meeting in enumerate([*meetings, *later]):
        first, end = (date(year, 1, 1), new_year) if done < len(meetings) else (new_year, today)
        began, ended = spans[meeting.tenant]
        encounters.append(staffing.held(meeting, first=max(first, began), end=min(end, ended)))
        progress(done + 1, len(meetings) + len(later))
    known = [e for e in encounters if e.recorded_at <= now]
    late = [_recorded_by(e, now) for e in encounters if e.recorded_at > now]
    return sorted([*known, *late], key=lambda e: (e.starts_at, e.tenant, e.workers))


def _scaled(meetings: int) -> tuple[Mapping[EncounterKind, int], Mapping[Reason, int]]:
    """The published counts of kinds and of reasons, scaled to a number of meetings."""
    whole = sum(figures.MEETINGS.values())
    kinds = {kind: n * meetings // whole for kind, n in figures.MEETINGS.items()}
    kinds[EncounterKind.HOME_VISIT] += meetings - sum(kinds.values())
    return kinds, counts_for(meetings, kinds[EncounterKind.CONSULTATION])


def _met_within(career: Career) -> tuple[date, date]:
    """First day of support and the day after the last one on which somebody can be met."""
    ended = career.ended_on or date.max
    return career.accepted_on, ended - timedelta(days=career.end_reason is EndReason.DIED)


def _meetings(
    rng: Random,
    days: Sequence[tuple[date, str]],
    kinds: Mapping[EncounterKind, int],
    counts: Mapping[Reason, int],
) -> list[Meeting]:
    """Meetings on the given days, of the given kinds and reasons; one in twenty cut short."""
    order = shuffled(rng, spelled_out(kinds))
    reasons = reasons_for(rng, order, counts=counts)
    return [
        Meeting(
            day=day,
            tenant=tenant,
            kind=kind,
            reasons=why,
            outcome=_outcome(rng, kind),
        )
        for (day, tenant), kind, why in zip(days, order, reasons, strict=True)
    ]


def _outcome(rng: Random, kind: EncounterKind) -> Outcome:
    if kind is not EncounterKind.HOME_VISIT:
        return Outcome.DONE
    return rng.choices((Outcome.DONE, Outcome.SHORTENED, Outcome.MET_ELSEWHERE), (91, 6, 3))[0]


def _without_contact(rng: Random, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Visits tried in vain, and calls, around some of the meetings."""
    made = []
    for outcome, percent in _ATTEMPTS.items():
        for near in rng.sample(meetings, len(meetings) * percent // 100):
            made += [Meeting(near.day, near.tenant, EncounterKind.HOME_VISIT, (), outcome)]
    for n, near in enumerate(rng.sample(meetings, len(meetings) * _CALLS // 100)):
        kind = EncounterKind.PHONE if n % 3 else EncounterKind.AT_DOOR
        made += [Meeting(near.day, near.tenant, kind, near.reasons[:1])]
    return made


def _recorded_by(encounter: DemoEncounter, now: datetime) -> DemoEncounter:
    """The encounter, recorded by now at the latest."""
    return replace(encounter, recorded_at=max(encounter.starts_at, now))
