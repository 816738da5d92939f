"""Forms told as data: what each field is, so that one template shows them all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict, TypeVar, Unpack

import msgspec
from msgspec import inspect

from service.web.dates import weekday_name

Option = tuple[str, str]
"""(value, label)."""
E = TypeVar("E", bound=StrEnum)


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


class Besides(TypedDict, total=False):
    """What may be told of any field besides its name and label, as in `Field`."""

    hint: str
    required: bool
    heading: str
    short: bool
    row: str


class FieldsOf:
    """Makes the fields of a form, a method for each kind; what its struct tells is not told again.

    A number has the bounds of its type, and a field without a default is required: `required` is
    given for a choice that has a default and still always holds something, such as 'anybody'.
    Every method raises `ValueError` for a name that the struct does not have.
    """

    def __init__(self, form: type[msgspec.Struct]) -> None:
        told = inspect.type_info(form)
        assert isinstance(told, inspect.StructType)
        self._form = form.__name__
        self._told = {one.name: one for one in told.fields}

    def text(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A line of text."""
        return self._field(FieldKind.TEXT, name, label, **besides)

    def area(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A text of several lines."""
        return self._field(FieldKind.AREA, name, label, **besides)

    def phone(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A telephone number."""
        return self._field(FieldKind.PHONE, name, label, **besides)

    def date(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A day."""
        return self._field(FieldKind.DATE, name, label, **besides)

    def time(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A time of day."""
        return self._field(FieldKind.TIME, name, label, **besides)

    def number(self, name: str, label: str, *, unit: str = "", **besides: Unpack[Besides]) -> Field:
        """A whole number within the bounds of its type; raises `TypeError` for another type."""
        whole = _whole_number(self._of(name).type)
        if whole is None:
            raise TypeError(f"{self._form}.{name} is shown as a number but is no int.")
        return self._field(
            FieldKind.NUMBER, name, label, unit=unit, least=whole.ge, most=whole.le, **besides
        )

    def check(self, name: str, label: str, **besides: Unpack[Besides]) -> Field:
        """A box to tick."""
        return self._field(FieldKind.CHECK, name, label, **besides)

    def checks(
        self, name: str, label: str, options: Sequence[Option], **besides: Unpack[Besides]
    ) -> Field:
        """Boxes of which several may be ticked."""
        return self._field(FieldKind.CHECKS, name, label, options=options, **besides)

    def radio(
        self, name: str, label: str, options: Sequence[Option], **besides: Unpack[Besides]
    ) -> Field:
        """One of a few that all stand there; one of them always holds."""
        besides.setdefault("required", True)
        return self._field(FieldKind.RADIO, name, label, options=options, **besides)

    def select(
        self, name: str, label: str, options: Sequence[Option], **besides: Unpack[Besides]
    ) -> Field:
        """One of a list that opens."""
        return self._field(FieldKind.SELECT, name, label, options=options, **besides)

    def suggest(
        self, name: str, label: str, known: Iterable[str], **besides: Unpack[Besides]
    ) -> Field:
        """A line of text that offers what is known and takes anything."""
        options = [(one, "") for one in known]
        return self._field(FieldKind.SUGGEST, name, label, options=options, **besides)

    def hidden(self, name: str) -> Field:
        """What the form carries along."""
        return Field(name=self._of(name).name, kind=FieldKind.HIDDEN)

    def _field(
        self,
        kind: FieldKind,
        name: str,
        label: str,
        *,
        options: Sequence[Option] = (),
        unit: str = "",
        least: int | None = None,
        most: int | None = None,
        **besides: Unpack[Besides],
    ) -> Field:
        besides.setdefault("required", self._of(name).required)
        return Field(
            name=name,
            label=label,
            kind=kind,
            options=options,
            unit=unit,
            least=least,
            most=most,
            **besides,
        )

    def _of(self, name: str) -> inspect.Field:
        if name not in self._told:
            raise ValueError(f"{self._form} has no {name!r}, only {', '.join(self._told)}.")
        return self._told[name]


def weekday_options() -> list[Option]:
    """Monday to Sunday to choose from, each by its number."""
    return [(str(number), weekday_name(number)) for number in range(1, 8)]


def options_of(kind: type[E], said: Callable[[E], str]) -> list[Option]:
    """All values of an enum to choose from, each as it is said to people."""
    return [(one.value, said(one)) for one in kind]


def _whole_number(kind: inspect.Type) -> inspect.IntType | None:
    """The int of a type, also of one that may be None."""
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return next((one for one in kinds if isinstance(one, inspect.IntType)), None)
