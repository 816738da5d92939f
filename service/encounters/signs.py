"""Signs of life: when somebody was last seen or heard, and how often nobody was at home since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.database.sql import fetch_all
from service.encounters.states import FOUND, SIGNS_OF_LIFE, EncounterKind, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An encounter as a search for signs of life sees it."""

    at: datetime
    kind: EncounterKind
    outcome: Outcome
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known of a tenant at an instant.

    `seen_or_heard_at`: the last sign of life, which a refusal through the door and a call are too.
    `found_at`: when it was last known to be in hospital or prison, if that is later. `failed`:
    attempts in a row at which nobody was at home since either; their instants, oldest first.
    """

    seen_or_heard_at: datetime | None = None
    found_at: datetime | None = None
    failed: tuple[datetime, ...] = ()

    @property
    def known_at(self) -> datetime | None:
        """The last instant at which somebody knew how or where the tenant was."""
        return max((at for at in (self.seen_or_heard_at, self.found_at) if at), default=None)


def signs_of(attempts: Iterable[Attempt]) -> Signs:
    """What a tenant's encounters say, in any order.

    A visit that we cancelled, or broke off as unsafe, says nothing either way.
    """
    seen: datetime | None = None
    found: datetime | None = None
    failed: list[datetime] = []
    for attempt in sorted(attempts, key=lambda one: one.at):
        if attempt.outcome in SIGNS_OF_LIFE:
            seen, found, failed = attempt.at, None, []
        elif attempt.outcome in FOUND:
            found, failed = attempt.at, []
        elif attempt.outcome is Outcome.NOT_HOME:
            failed.append(attempt.at)
    return Signs(seen_or_heard_at=seen, found_at=found, failed=tuple(failed))


async def signs_of_life(tenants: Sequence[int], *, before: datetime) -> Mapping[int, Signs]:
    """The signs of life of each tenant (ids) until an instant, in one query."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for row in await fetch_all(_ATTEMPTS, list(tenants), before, sorted(SIGNS_OF_LIFE)):
        attempts[row["tenant"]].append(
            Attempt(
                at=row["starts_at"],
                kind=EncounterKind(row["kind"]),
                outcome=Outcome(row["outcome"]),
                visit=row["visit"],
            )
        )
    return {tenant: signs_of(attempts.get(tenant, ())) for tenant in tenants}


_ATTEMPTS = """
select e.tenant, e.starts_at, e.kind, e.outcome, e.visit
from unnest($1::int[]) as t(id)
cross join lateral (
    select max(l.starts_at) as at from encounters l
    where l.tenant = t.id and l.starts_at < $2 and l.outcome = any($3::text[])
) last
join encounters e on e.tenant = t.id and e.starts_at < $2
    and (last.at is null or e.starts_at >= last.at)
order by e.tenant, e.starts_at, e.id
"""
"""Of each tenant, what came since the last sign of life, that one included."""
