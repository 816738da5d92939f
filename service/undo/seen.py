"""What somebody saw when a form was opened, so that only a change of the same part stands between
them and saving."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from service.database.sql import fetch_value
from service.undo.states import SUBJECT_TABLES, Editable, Subject

_OF_AGREEMENT = "agreement in (select id from agreements where tenant = $1)"
_OF_APPOINTMENT = "appointment in (select id from appointments where tenant = $1)"
_OF_PATTERN = "pattern in (select id from working_patterns where worker = $1)"
_WHOSE: Mapping[Editable, str] = {
    Editable.PAUSES: _OF_AGREEMENT,
    Editable.WISHES: _OF_AGREEMENT,
    Editable.APPOINTMENT_RESOURCES: _OF_APPOINTMENT,
    Editable.HOURS: _OF_PATTERN,
}
"""How a table whose rows do not name their tenant or worker belongs to one."""


async def rows_seen(subject: Subject, row: int, tables: Iterable[Editable]) -> str:
    """A short text that changes with any row of these tables that belongs to the subject.

    Versions are left out: they count changes of other parts too.
    """
    images = [
        "(select coalesce(string_agg((to_jsonb(t) - 'version')::text, ' ' order by t.id), '')"  # noqa: S608
        f" from {table} t where {_belongs(subject, table)})"
        for table in tables
    ]
    found: str = await fetch_value(f"select md5(concat_ws('|', '', {', '.join(images)}))", row)
    return found[:16]


def values_seen(values: object) -> str:
    """A short text that changes with values that are no rows, such as a part of the settings."""
    return sha256(msgspec.json.encode(values, order="deterministic")).hexdigest()[:16]


def texts_seen(texts: Mapping[str, str], several: Mapping[str, tuple[str, ...]]) -> str:
    """The texts of a form's fields, each by a short sum: 'minutes.1f2a3c4d contacts.…'."""
    return " ".join(f"{name}.{given}" for name, given in _sums(texts, several).items())


def changed_since(
    seen: str, texts: Mapping[str, str], several: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """The fields whose text is another than when `seen` was made; none if it was never made."""
    before = dict(word.split(".", 1) for word in seen.split() if "." in word)
    if not before:
        return frozenset()
    now = _sums(texts, several)
    return frozenset(
        name for name in {*before, *now} if before.get(name, _NOTHING) != now.get(name, _NOTHING)
    )


def _sums(texts: Mapping[str, str], several: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    whole = {**texts, **{name: "\n".join(given) for name, given in several.items()}}
    return {name: _sum(given) for name, given in whole.items() if given}


def _sum(given: str) -> str:
    return sha256(given.encode()).hexdigest()[:8]


_NOTHING = ""


def _belongs(subject: Subject, table: Editable) -> str:
    if table == SUBJECT_TABLES[subject]:
        return "t.id = $1"
    return _WHOSE.get(table, f"{subject} = $1")
