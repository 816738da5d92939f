"""Readings of what took place: last contacts, who was met, and who is overdue."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from scheduling.weeks import BRUSSELS
from service.database.sql import fetch_all
from service.encounters.overdue import days_overdue
from service.encounters.states import FACE_TO_FACE, EncounterKind
from service.teams.hours import Span

MET = frozenset({EncounterKind.HOME_VISIT, EncounterKind.ACCOMPANIMENT, EncounterKind.GROUP})
"""Kinds that are face to face by nature; phone and office count where the tenant chose so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """A tenant's contacts: `days` on which somebody met the tenant, `workers` by code with the
    last day, `given` the last day of each series by its id, `visited` the days of home visits."""

    days: tuple[date, ...] = ()
    visited: tuple[date, ...] = ()
    workers: dict[str, date] = field(default_factory=dict)
    given: dict[int, date] = field(default_factory=dict)

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
    days: dict[int, set[date]] = defaultdict(set)
    workers: dict[int, dict[str, date]] = defaultdict(dict)
    given: dict[int, dict[int, date]] = defaultdict(dict)
    visited: dict[int, set[date]] = defaultdict(set)
    for row in await fetch_all(_CONTACTS, tenants, before, _outcomes(), _kinds()):
        tenant, day = row["tenant"], row["starts_at"].astimezone(BRUSSELS).date()
        days[tenant].add(day)
        if row["kind"] == EncounterKind.HOME_VISIT:
            visited[tenant].add(day)
        for code in row["workers"]:
            workers[tenant][code] = day
        if row["series"] is not None:
            given[tenant][row["series"]] = day
    return {
        tenant: Contacts(
            days=tuple(sorted(days[tenant])),
            visited=tuple(sorted(visited[tenant])),
            workers=workers[tenant],
            given=given[tenant],
        )
        for tenant in tenants
    }


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
