"""What a draft changes against what is published: new, moved and cancelled visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduling.changes import Change, changes
from service.rounds.rows import DraftVisit, PublishedVisitRow
from service.rounds.states import ChangeKind, PublishedState
from service.rounds.types import Standing, VisitChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A visit in its place, as `scheduling.changes` compares it: `start` says all but who."""

    day: None
    start: tuple[datetime, datetime, int]
    workers: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """The same for people."""
        return Standing(starts_at=self.start[0], ends_at=self.start[1], workers=self.workers)


def compared(
    draft: Iterable[DraftVisit], published: Iterable[PublishedVisitRow]
) -> tuple[Change[Held], ...]:
    """The changes by need: in time, place or workers; their order does not matter."""
    return changes(
        {row.need: _held(row) for row in published if row.state is PublishedState.CONFIRMED},
        {row.need: _held(row) for row in draft if row.placed},
        promised={row.need for row in draft if row.promised},
    )


def visit_changes(
    draft: Iterable[DraftVisit], published: Iterable[PublishedVisitRow]
) -> tuple[VisitChange, ...]:
    """The same for pages: by the start before or after, then by tenant."""
    rows = tuple(draft)
    by_need = {row.need: row for row in rows}
    found = [_for_pages(change, by_need) for change in compared(rows, published)]
    return tuple(sorted(found, key=_when))


def recipients(found: Iterable[VisitChange]) -> tuple[str, ...]:
    """The codes of all workers whose week changes, sorted."""
    both = [side for change in found for side in (change.before, change.after) if side]
    return tuple(sorted({code for side in both for code in side.workers}))


def change_kinds(found: Iterable[VisitChange]) -> Mapping[int, ChangeKind]:
    """The kind of change by visit id."""
    return {change.visit: change.kind for change in found}


def _held(row: DraftVisit | PublishedVisitRow) -> Held:
    assert row.starts_at is not None, "a placed visit has a start"
    assert row.ends_at is not None, "a placed visit has an end"
    return Held(day=None, start=(row.starts_at, row.ends_at, row.place), workers=row.workers)


def _for_pages(change: Change[Held], rows: Mapping[str, DraftVisit]) -> VisitChange:
    row = rows[change.visit]
    return VisitChange(
        visit=row.id,
        tenant=row.tenant_code,
        kind=ChangeKind(change.kind.value),
        visit_kind=row.kind,
        before=change.before.standing if change.before else None,
        after=change.after.standing if change.after else None,
        promised=change.tell_tenant,
    )


def _when(change: VisitChange) -> tuple[datetime, str, int]:
    side = change.after or change.before
    assert side is not None, "a change has a side"
    return side.starts_at, change.tenant, change.visit
