"""Forms told as data: what each field is, so that one template shows them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Option = tuple[str, str]
"""(value, label)."""


class FieldKind(StrEnum):
    """How a field is shown."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PHONE = "tel"
    AREA = "area"
    SELECT = "select"
    RADIO = "radio"
    CHECKS = "checks"
    CHECK = "check"
    SUGGEST = "suggest"
    HIDDEN = "hidden"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `heading` opens a group of fields, `unit` stands after a number.

    Fields that follow each other with the same `row` stand side by side. `least` and `most` bound
    a number; texts are in the reader's language.
    """

    name: str
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    options: Sequence[Option] = ()
    hint: str = ""
    required: bool = False
    heading: str = ""
    unit: str = ""
    short: bool = False
    row: str = ""
    least: int | None = None
    most: int | None = None
