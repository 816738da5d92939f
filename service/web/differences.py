"""Fields that somebody else changed while a form was open: what stands now, and what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.web.dates import short_day
from service.web.fields import Field, FieldKind
from service.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Difference:
    """A field's label, what stands now, and what was typed, as people read them."""

    label: str
    stands: str
    typed: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a form, and those of fields that take several."""

    values: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]

    def of(self, spec: Field) -> tuple[str, ...]:
        """What a field holds; nothing for an empty one."""
        if spec.kind is FieldKind.CHECKS:
            return tuple(self.several.get(spec.name, ()))
        text = self.values.get(spec.name, "")
        return (text,) if text else ()


def differences(
    fields: Iterable[Field], *, stands: Texts, typed: Texts, only: frozenset[str]
) -> tuple[Difference, ...]:
    """The fields of `only` in which what stands is not what was typed; hidden ones are left out."""
    return tuple(
        Difference(
            label=spec.label, stands=_read(spec, stands.of(spec)), typed=_read(spec, typed.of(spec))
        )
        for spec in fields
        if spec.name in only and spec.kind not in {FieldKind.HIDDEN, FieldKind.NOTE}
        if sorted(stands.of(spec)) != sorted(typed.of(spec))
    )


def _read(spec: Field, texts: Sequence[str]) -> str:
    """'45 minutes', 'Monday, Tuesday', 'yes', in the reader's language."""
    if spec.kind is FieldKind.CHECK:
        return _("yes") if texts else _("no")
    if not texts:
        return "–"
    if spec.kind is FieldKind.DATE:
        return _day(texts[0])
    if spec.kind in {FieldKind.SELECT, FieldKind.RADIO, FieldKind.CHECKS}:
        labels = dict(spec.options)
        return ", ".join(labels.get(text, text) for text in texts)
    return f"{texts[0]} {spec.unit}".strip()


def _day(text: str) -> str:
    try:
        return short_day(date.fromisoformat(text))
    except ValueError:
        return text
