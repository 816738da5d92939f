"""When silence is an alert: three visits in a row in vain, or a gap that is too long. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from service.clock import BRUSSELS
from service.encounters.states import FOUND, SIGNS_OF_LIFE, EncounterKind, Outcome
from service.safety.settings import TeamSafety
from service.safety.states import AlertCause, AlertEnd
from service.teams.hours import Span

VISITS = frozenset({EncounterKind.HOME_VISIT, EncounterKind.ACCOMPANIMENT, EncounterKind.AT_DOOR})
"""Kinds for which somebody went to the tenant, if only to ring at the door."""
IN_VAIN = frozenset({Outcome.NOT_HOME, Outcome.UNSAFE})
"""A visit that was called off, by whomever, was none: it neither counts nor breaks the row."""

REASSURES = SIGNS_OF_LIFE | FOUND
"""Somebody saw or heard the tenant, or it is known where they are: the alert is reset."""

WAIT_DAYS = 3
WAIT_DAYS_SOONER = 1
"""How long an alert waits for the record of a visit: over a weekend; after a risk, for a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An encounter as far as alerts care; `contact`: somebody met the tenant as was agreed."""

    at: datetime
    kind: EncounterKind
    outcome: Outcome
    contact: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What is known of a tenant's contacts on a day.

    `since`: first day of support or of the agreement. `longest_gap`: None without an agreement.
    `released_on`: when the last stay in hospital or prison ended, `inside` while one lasts.
    `risks`: days of overdoses. `closed_at`: when a lead last closed an alert. `unrecorded`: starts
    of visits that were to take place and of which nobody has said how they went.
    """

    since: date
    longest_gap: int | None
    attempts: tuple[Attempt, ...] = ()
    pauses: tuple[Span, ...] = ()
    released_on: date | None = None
    inside: bool = False
    risks: tuple[date, ...] = ()
    closed_at: datetime | None = None
    unrecorded: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether there is cause for an alert, with the days and visits that say so.

    `awaits`: there would be one, but the visit that began then, if it was a contact, takes it away.
    """

    cause: AlertCause | None
    days: int
    missed: int
    awaits: datetime | None = None

    @property
    def remains(self) -> bool:
        """Whether what was recorded gives cause, waiting for a record or not."""
        return self.cause is not None or self.awaits is not None


def judged(silence: Silence, settings: TeamSafety, *, on: date) -> Verdict:
    """What a tenant's silence comes to on a day.

    A gap is counted from the last contact or sign of life, from the end of a pause or of a stay
    in hospital or prison, or from when a lead closed the alert before, whichever is the latest.

    A visit that nobody has recorded is neither a contact nor a visit in vain. Where it may have
    been the contact that is missed, the alert waits for its record, for `WAIT_DAYS` at most: more
    visits without a record do not make that longer.
    """
    plain = _plain(silence, settings, on=on)
    latest = max(silence.unrecorded, default=None)
    if plain.cause is None or latest is None:
        return plain
    if _plain(_if_met(silence, latest), settings, on=on).cause is not None:
        return plain
    days = WAIT_DAYS_SOONER if _sooner(silence, settings, on) else WAIT_DAYS
    before = on - timedelta(days=days)
    known = tuple(one for one in silence.attempts if one.at.astimezone(BRUSSELS).date() < before)
    if _plain(replace(silence, attempts=known), settings, on=before).cause is not None:
        return plain
    return replace(plain, cause=None, awaits=latest)


def _plain(silence: Silence, settings: TeamSafety, *, on: date) -> Verdict:
    """The verdict by what was recorded alone."""
    missed = _missed(silence)
    days = max(0, (on - _counted_from(silence, on)).days)
    cause = None
    if missed >= settings.missed_visits:
        cause = AlertCause.MISSED
    elif silence.longest_gap is not None and not silence.inside and not _paused(silence, on):
        longer = days - silence.longest_gap
        if longer >= max(1, settings.gap_days):
            cause = AlertCause.GAP
        elif longer >= max(1, settings.sooner_days) and _sooner(silence, settings, on):
            cause = AlertCause.GAP_SOONER
    return Verdict(cause=cause, days=days, missed=missed)


def _if_met(silence: Silence, at: datetime) -> Silence:
    """The same, had the visit at that time been a contact."""
    met = Attempt(
        at=at,
        kind=EncounterKind.HOME_VISIT,
        outcome=Outcome.DONE,
        contact=True,
        recorded_at=at,
    )
    return replace(silence, attempts=(*silence.attempts, met))


def closed_by(silence: Silence, *, opened_at: datetime, verdict: Verdict) -> AlertEnd | None:
    """What closes an open alert: a contact or a sign of life since, also one recorded late.

    One from before the alert that was recorded after it closes it if it leaves no cause.
    """
    news = [
        one
        for one in silence.attempts
        if one.outcome in REASSURES
        and (one.at > opened_at or (one.recorded_at > opened_at and not verdict.remains))
    ]
    if not news:
        return None
    return AlertEnd.CONTACT if any(one.contact for one in news) else AlertEnd.SIGN_OF_LIFE


def _missed(silence: Silence) -> int:
    """Visits in a row without contact, since the last sign of life or the last alert's end."""
    last = _last_sign(silence.attempts)
    after = max((at for at in (last, silence.closed_at) if at is not None), default=None)
    return sum(
        one.kind in VISITS and one.outcome in IN_VAIN and (after is None or one.at > after)
        for one in silence.attempts
    )


def _counted_from(silence: Silence, on: date) -> date:
    instants = (_last_sign(silence.attempts), silence.closed_at)
    days = [silence.since, *(at.astimezone(BRUSSELS).date() for at in instants if at is not None)]
    if silence.released_on is not None:
        days.append(silence.released_on)
    days += [p.ends_on for p in silence.pauses if p.ends_on is not None and p.ends_on <= on]
    return max(days)


def _last_sign(attempts: Iterable[Attempt]) -> datetime | None:
    return max((one.at for one in attempts if one.outcome in REASSURES), default=None)


def _paused(silence: Silence, on: date) -> bool:
    return any(pause.holds(on) for pause in silence.pauses)


def _sooner(silence: Silence, settings: TeamSafety, on: date) -> bool:
    """Whether hospital, prison or an overdose was not long ago."""
    first = on - timedelta(days=settings.sooner_for_days)
    released = () if silence.released_on is None else (silence.released_on,)
    return any(first <= day <= on for day in (*released, *silence.risks))
