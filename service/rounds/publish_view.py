"""Before a week goes out: who gets which changes, which tenants must be told, with the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.people.queries import languages_to_write_in
from service.rounds.overview import worker_names
from service.rounds.texts_to_send import TextToSend, text_to_send
from service.rounds.types import BoardDuty, PublicationPreview, VisitChange

SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one worker gets: visits that come, change or go, and duties."""

    worker: str
    comes: tuple[VisitChange, ...]
    moves: tuple[VisitChange, ...]
    goes: tuple[VisitChange, ...]
    duties: tuple[BoardDuty, ...]

    @property
    def count(self) -> int:
        """How many changes."""
        return len(self.comes) + len(self.moves) + len(self.goes) + len(self.duties)


def parts_of(preview: PublicationPreview) -> tuple[Part, ...]:
    """Each recipient's own part, by code."""
    return tuple(_part(code, preview) for code in preview.recipients)


def _part(code: str, preview: PublicationPreview) -> Part:
    had = [one for one in preview.changes if one.before and code in one.before.workers]
    has = [one for one in preview.changes if one.after and code in one.after.workers]
    return Part(
        worker=code,
        comes=tuple(one for one in has if one not in had),
        moves=tuple(one for one in has if one in had),
        goes=tuple(one for one in had if one not in has),
        duties=tuple(one for one in preview.duties if code in (one.worker, one.published)),
    )


def tenants_count_on(change: VisitChange, *, now: datetime) -> bool:
    """Whether a tenant must be told: it was promised, or they know of it and it is within a day."""
    if change.promised:
        return True
    if change.before is None:
        return False
    sides = [side.starts_at for side in (change.before, change.after) if side is not None]
    return now < max(sides) and min(sides) < now + SOON


async def texts_for(changes: Iterable[VisitChange], *, now: datetime) -> tuple[TextToSend, ...]:
    """What is sent to each tenant who must be told, in the tenant's language."""
    found = [one for one in changes if tenants_count_on(one, now=now)]
    languages = await languages_to_write_in({one.tenant for one in found})
    names = await worker_names({code for one in found if one.after for code in one.after.workers})
    return tuple(
        text_to_send(
            one.tenant,
            languages[one.tenant],
            before=one.before,
            after=one.after,
            names=tuple(names[code] for code in one.after.workers) if one.after else (),
        )
        for one in found
    )
