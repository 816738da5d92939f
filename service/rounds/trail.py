"""The steps of a draft: what each person did, as visits stood before and after, by rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.rounds.states import StepKind, VisitState

KEPT_VERSIONS = 300
"""How many versions of a draft can be looked back on."""


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """How a visit of a draft stands: ids of workers in seat order; `reasons` as they are stored.

    `one_worker`: one was let go where two were agreed.
    """

    visit: int
    state: VisitState
    starts_at: datetime | None
    ends_at: datetime | None
    pinned: bool
    promised: bool
    reasons: str
    workers: tuple[int, ...]
    one_worker: bool = False


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a person did to a draft."""

    id: int
    roster: int
    version: int
    kind: StepKind
    visit: int
    before: tuple[Stand, ...]
    after: tuple[Stand, ...]
    undone: bool
    made_at: datetime
    made_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """A step as others read of it; `who` is a first name, None for somebody without one."""

    kind: StepKind
    tenant: str
    who: str | None
    made_at: datetime
    by: int
    starts_at: datetime | None


async def stands(roster: int) -> Mapping[int, Stand]:
    """How each visit of a draft stands now, by id."""
    rows = await fetch_all(_STANDS, roster)
    return {row["visit"]: msgspec.convert(row, Stand) for row in rows}


async def write_step(
    *,
    roster: int,
    version: int,
    kind: StepKind,
    visit: int,
    before: Sequence[Stand],
    after: Sequence[Stand],
    at: datetime,
    by: int,
) -> int:
    """Keep a step, inside the unit of work that makes it; returns its id."""
    await execute(
        "delete from draft_steps where roster = $1 and version <= $2",
        roster,
        version - KEPT_VERSIONS,
    )
    step: int = await fetch_value(
        "insert into draft_steps (roster, version, kind, visit, before, after, undone, made_at,"
        " made_by) values ($1, $2, $3, $4, $5, $6, false, $7, $8) returning id",
        roster,
        version,
        kind.value,
        visit,
        _json(before),
        _json(after),
        at,
        by,
    )
    return step


async def step_by_id(step: int) -> Step | None:
    """A step by its id."""
    row = await fetch_one(f"{_STEP} where id = $1", step)
    return None if row is None else _step(row)


async def last_step(roster: int, by: int) -> Step | None:
    """The last step of an account that can still be undone; what undid another one is passed."""
    row = await fetch_one(
        f"{_STEP} where roster = $1 and made_by = $2 and not undone and kind <> 'undo'"
        " order by version desc limit 1",
        roster,
        by,
    )
    return None if row is None else _step(row)


async def steps_after(roster: int, version: int) -> list[Step]:
    """Every step that was made after a version, oldest first."""
    rows = await fetch_all(
        f"{_STEP} where roster = $1 and version > $2 order by version", roster, version
    )
    return [_step(row) for row in rows]


async def steps_seen(roster: int, *, after: int, most: int = 5) -> list[StepSeen]:
    """What was done after a version, newest first, as others read of it."""
    return await fetch_all(_SEEN, roster, after, most, into=StepSeen)


async def mark_undone(step: int) -> None:
    """A step is undone once."""
    await execute("update draft_steps set undone = true where id = $1", step)


def _json(found: Sequence[Stand]) -> str:
    return msgspec.json.encode(found).decode()


def _step(row: dict[str, object]) -> Step:
    sides = {
        side: msgspec.json.decode(str(row[side]), type=tuple[Stand, ...])
        for side in ("before", "after")
    }
    return msgspec.convert(row | sides, Step)


_STANDS = """
select v.id as visit, v.state, v.starts_at, v.ends_at, v.pinned, v.promised, v.reasons,
    v.one_worker,
    array(select x.worker from visit_workers x where x.visit = v.id order by x.seat) as workers
from visits v where v.roster = $1
"""

_STEP = """
select id, roster, version, kind, visit, before, after, undone, made_at, made_by from draft_steps
"""

_SEEN = """
select s.kind, t.code as tenant, w.first_name as who, s.made_at, s.made_by as by, v.starts_at
from draft_steps s
join visits v on v.id = s.visit join tenants t on t.id = v.tenant
join accounts a on a.id = s.made_by left join workers w on w.id = a.worker
where s.roster = $1 and s.version > $2 order by s.version desc limit $3
"""
