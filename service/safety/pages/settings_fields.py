"""The fields of a team's safety settings: what each is called and what it counts."""

from collections.abc import Iterable

from service.safety import words
from service.safety.states import LoneVisits
from service.safety.types import Person
from service.web.fields import Field, FieldKind, Option
from service.web.i18n import gettext as _


def safety_fields(people: Iterable[Person]) -> tuple[Field, ...]:
    """All of them, in the order of the page; `people` can stand on the ladder."""
    somebody: list[Option] = [
        ("", _("nobody")),
        *((one.code, f"{one.first_name} ({one.code})") for one in people),
    ]
    return (
        Field(
            name="lone_visits",
            label=_("Which visits"),
            kind=FieldKind.SELECT,
            options=[(one.value, words.lone_visits(one)) for one in LoneVisits],
            required=True,
        ),
        _minutes("due_minutes", _("Contact due")),
        _minutes("buddy_minutes", _("Buddy")),
        _minutes("lead_minutes", _("Team lead")),
        _minutes("on_call_minutes", _("Person on call")),
        _minutes("extend_minutes", _("One tap extends by")),
        _minutes("no_signal_minutes", _("'No signal' after")),
        _days("keep_days", _("Erase after")),
        Field(
            name="deputy",
            label=_("Deputy of the lead"),
            kind=FieldKind.SELECT,
            options=somebody,
            hint=_("Told when the lead is the one who is alone, or away."),
            required=True,
        ),
        Field(
            name="on_call",
            label=_("On call when nobody has that duty"),
            kind=FieldKind.SELECT,
            options=somebody,
            required=True,
        ),
        Field(
            name="on_call_phone",
            label=_("Number to call when nobody answers"),
            kind=FieldKind.PHONE,
        ),
        Field(
            name="missed_visits",
            label=_("Visits in vain in a row"),
            kind=FieldKind.NUMBER,
            required=True,
        ),
        _days("gap_days", _("Beyond the agreed gap")),
        _days("sooner_days", _("The same after a risk"), _("hospital, prison or an overdose")),
        _days("sooner_for_days", _("How long 'after' lasts")),
    )


def _minutes(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=FieldKind.NUMBER, unit=_("minutes"), required=True)


def _days(name: str, label: str, hint: str = "") -> Field:
    return Field(
        name=name, label=label, kind=FieldKind.NUMBER, unit=_("days"), hint=hint, required=True
    )
