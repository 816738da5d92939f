"""What is told to the second: who changed what they had open, and how it differs from theirs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from service.audit import words
from service.audit.queries import changes_since
from service.undo.seen import changed_since
from service.web.differences import Texts, differences
from service.web.fields import Field
from service.web.forms import Form
from service.web.parts import Known, VersionForm


async def overtaken(
    kind: str,
    row: int,
    seen: VersionForm,
    fields: Iterable[Field],
    *,
    stands: Known,
    typed: Form[Any],
) -> Mapping[str, object]:
    """What 'web/edit_stale.html' shows: changes since the version that was seen, and the fields
    that somebody else changed to something else than was typed."""
    return {
        "since": await changes_told(kind, row, seen.version),
        "differs": differences(
            fields,
            stands=Texts(stands.values, stands.several),
            typed=Texts(typed.values, typed.several),
            only=changed_since(seen.known, stands.values, stands.several),
        ),
    }


async def changes_told(kind: str, row: int, version: int) -> list[tuple[str | None, str, datetime]]:
    """(who, did what, when) of each change after a version, in the reader's language."""
    return [
        (one.who, words.action(one.action), one.at)
        for one in await changes_since(kind, row, version)
    ]
