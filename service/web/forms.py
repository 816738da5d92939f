"""Forms: every field checked at once, what was typed kept, errors beside the field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from litestar import Request

from service.errors import Invalid
from service.web.i18n import gettext as _
from service.web.plausible import can_be_kept

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Form(Generic[S]):
    """What a person sent: `data` where every field was accepted, else None with `errors`.

    `values` are the texts as typed, to fill the form again; passwords are never among them.
    `several` are all the texts of a field that takes more than one.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    data: S | None = None
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def refused(self, invalid: Invalid) -> "Form[S]":
        """Return the form with the errors that an action found in it."""
        errors = {name: _(text) for name, text in invalid.fields.items()}
        return Form(values=self.values, errors={**self.errors, **errors}, several=self.several)


def empty_form(**values: str) -> Form[Any]:
    """Return a form to show first, with what is known already."""
    return Form(values=values)


async def read_form(request: Request[Any, Any, Any], into: type[S]) -> Form[S]:
    """Read the sent form into a struct: texts stripped, every field judged by its type.

    Fields whose name begins with 'password' keep their spaces and are not given back. A
    field left empty takes the struct's default; without one it is an error.
    """
    sent = await request.form()
    return parse_form({name: sent.getall(name) for name in sent}, into)


def reread(form: Form[Any], into: type[S]) -> S | None:
    """A form's texts as a struct, also of one that was filled in by the service; None where they
    cannot be read."""
    sent: dict[str, list[Any]] = {name: [text] for name, text in form.values.items()}
    sent |= {name: list(texts) for name, texts in form.several.items()}
    return parse_form(sent, into).data


def parse_form(sent: Mapping[str, list[Any]], into: type[S]) -> Form[S]:
    """As `read_form`, of what was sent by name; several values where the type is a sequence."""
    values: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    errors: dict[str, str] = {}
    accepted: dict[str, Any] = {}
    for info in msgspec.structs.fields(into):
        secret = info.name.startswith("password")
        texts = [text if secret else text.strip() for text in sent.get(info.name, []) if _is(text)]
        if texts and not secret:
            values[info.name] = texts[0]
        if not can_be_kept(texts):
            errors[info.name] = _sentence(str)
            values.pop(info.name, None)
            continue
        many = getattr(info.type, "__origin__", None) in (tuple, list, frozenset, set)
        if many and not secret:
            several[info.name] = tuple(texts)
        raw: Any = [text for text in texts if text] if many else next(iter(texts), "")
        if not raw and not info.required:
            continue
        if not raw and not many:
            errors[info.name] = _("Fill this in.")
            continue
        try:
            value = msgspec.convert(raw, info.type, strict=False)
        except msgspec.ValidationError:
            errors[info.name] = _sentence(info.type)
            continue
        if can_be_kept(value):
            accepted[info.name] = value
        else:
            errors[info.name] = _sentence(info.type)
    data = None if errors else into(**accepted)
    return Form(values=values, errors=errors, data=data, several=several)


def _is(value: object) -> bool:
    return isinstance(value, str)


def _sentence(kind: Any) -> str:
    """Say what was expected, in the reader's language."""
    inner = {getattr(kind, "__origin__", None), kind, *getattr(kind, "__args__", ())}
    names = {getattr(item, "__name__", "") for item in inner}
    if "int" in names:
        return _("Give a whole number.")
    if "date" in names:
        return _("Give a date, such as 2026-11-30.")
    if "time" in names or "datetime" in names:
        return _("Give a time, such as 09:30.")
    if "str" in names:
        return _("This is too short, too long or not in the expected form.")
    return _("Choose one of the options.")
