"""Readings of what took place: last contacts, who was met, and who is overdue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduling.weeks import BRUSSELS
from service.database.sql import fetch_all
from service.encounters.marks import Inside, Mark, marks_of_visits, workers_inside
from service.encounters.missed import MissedVisit, is_missed, missed_visits
from service.encounters.overdue import days_overdue
from service.encounters.signs import Attempt, Signs, signs_of, signs_of_life
from service.encounters.states import FACE_TO_FACE, EncounterKind
from service.teams.hours import Span

__all__ = [
    "MET",
    "Attempt",
    "ContactRow",
    "Contacts",
    "Inside",
    "Mark",
    "MissedVisit",
    "Overdue",
    "Signs",
    "contacts_before",
    "contacts_of",
    "is_missed",
    "marks_of_visits",
    "missed_visits",
    "overdue_on",
    "signs_of",
    "signs_of_life",
    "workers_inside",
]

MET = frozenset(EncounterKind) - {EncounterKind.PHONE, EncounterKind.CONSULTATION}
"""Kinds that are face to face by nature; phone and office count where the tenant chose so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """A tenant's contacts in order of time: `days` on which somebody met the tenant, `visited`
    those of home visits, `workers` the days by worker's code, `given` the days by series' id."""

    days: tuple[date, ...] = ()
    visited: tuple[date, ...] = ()
    workers: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    given: Mapping[int, tuple[date, ...]] = field(default_factory=dict)

    @property
    def last_on(self) -> date | None:
        """The last day with a contact."""
        return max(self.days, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Where a tenant stands on a day against what was agreed."""

    tenant: int
    last_contact: date | None
    longest_gap_days: int
    days: int


async def contacts_before(tenants: Sequence[int], *, before: datetime) -> dict[int, Contacts]:
    """The contacts of each tenant until an instant; days are Brussels days.

    A contact is an encounter in which somebody saw the tenant (`FACE_TO_FACE` outcomes), at home,
    on the way or in a group; phone and office count where the agreement of that day says so.
    """
    rows: dict[int, list[ContactRow]] = defaultdict(list)
    for row in await fetch_all(_CONTACTS, tenants, before, _outcomes(), _kinds()):
        rows[row["tenant"]].append(
            ContactRow(
                day=row["starts_at"].astimezone(BRUSSELS).date(),
                home=row["kind"] == EncounterKind.HOME_VISIT,
                workers=tuple(row["workers"]),
                series=row["series"],
            )
        )
    return {tenant: contacts_of(rows.get(tenant, ())) for tenant in tenants}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact: its day, whether at home, who was there (codes), of which series."""

    day: date
    home: bool
    workers: tuple[str, ...]
    series: int | None = None


def contacts_of(rows: Iterable[ContactRow]) -> Contacts:
    """One tenant's contacts, from rows in any order."""
    ordered = sorted(rows, key=lambda row: row.day)
    workers: dict[str, list[date]] = defaultdict(list)
    given: dict[int, list[date]] = defaultdict(list)
    for row in ordered:
        for code in row.workers:
            workers[code].append(row.day)
        if row.series is not None:
            given[row.series].append(row.day)
    return Contacts(
        days=tuple(dict.fromkeys(row.day for row in ordered)),
        visited=tuple(dict.fromkeys(row.day for row in ordered if row.home)),
        workers={code: tuple(days) for code, days in workers.items()},
        given={series: tuple(days) for series, days in given.items()},
    )


async def overdue_on(tenants: Sequence[int], *, on: date) -> dict[int, Overdue]:
    """How overdue each tenant with an agreement in force is, as seen at the end of that day."""
    return {
        row["id"]: Overdue(
            tenant=row["id"],
            last_contact=row["last_contact"],
            longest_gap_days=row["longest_gap_days"],
            days=days_overdue(
                last_contact=row["last_contact"],
                since=row["since"],
                longest_gap_days=row["longest_gap_days"],
                on=on,
                pauses=[
                    Span(starts, ends)
                    for starts, ends in zip(row["pause_from"], row["pause_to"], strict=True)
                ],
            ),
        )
        for row in await fetch_all(_OVERDUE, tenants, on, _outcomes(), _kinds())
    }


def _outcomes() -> list[str]:
    return sorted(FACE_TO_FACE)


def _kinds() -> list[str]:
    return sorted(MET)


_IS_CONTACT = """
    e.outcome = any($3::text[]) and (e.kind = any($4::text[]) or exists (
        select from agreements c where c.tenant = e.tenant and c.counts_phone
            and c.starts_on <= (e.starts_at at time zone 'Europe/Brussels')::date
            and coalesce(c.ends_on > (e.starts_at at time zone 'Europe/Brussels')::date, true)
    ))
"""

_CONTACTS = f"""
select e.tenant, e.starts_at, e.kind, v.series,
    array(
        select w.code from encounter_workers x join workers w on w.id = x.worker
        where x.encounter = e.id order by w.code
    ) as workers
from encounters e left join visits v on v.id = e.visit
where e.tenant = any($1::int[]) and e.starts_at < $2 and {_IS_CONTACT}
order by e.tenant, e.starts_at
"""  # noqa: S608 built of constants

_OVERDUE = f"""
select t.id, a.longest_gap_days, greatest(t.accepted_on, a.starts_on) as since,
    (
        select max((e.starts_at at time zone 'Europe/Brussels')::date) from encounters e
        where e.tenant = t.id and {_IS_CONTACT}
            and (e.starts_at at time zone 'Europe/Brussels')::date <= $2
    ) as last_contact,
    array(
        select p.starts_on from agreement_pauses p where p.agreement = a.id order by p.id
    ) as pause_from,
    array(
        select p.ends_on from agreement_pauses p where p.agreement = a.id order by p.id
    ) as pause_to
from tenants t join agreements a on a.tenant = t.id and a.starts_on <= $2
    and coalesce(a.ends_on > $2, true)
where t.id = any($1::int[]) and t.accepted_on <= $2 and coalesce(t.ended_on > $2, true)
"""  # noqa: S608 built of constants
