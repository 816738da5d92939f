"""The fields of a team's safety settings: what each is called and what it counts."""

from collections.abc import Iterable

from service.safety import words
from service.safety.schemas import SafetyForm
from service.safety.states import LoneVisits
from service.safety.types import Person
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import gettext as _

_FORM = FieldsOf(SafetyForm)


def safety_fields(people: Iterable[Person]) -> tuple[Field, ...]:
    """All of them, in the order of the page; `people` can stand on the ladder."""
    minutes, days = _("minutes"), _("days")
    somebody = [
        ("", _("nobody")),
        *((one.code, f"{one.first_name} ({one.code})") for one in people),
    ]
    return (
        _FORM.select("lone_visits", _("Which visits"), options_of(LoneVisits, words.lone_visits)),
        _FORM.number("due_minutes", _("Contact due"), unit=minutes),
        _FORM.number("buddy_minutes", _("Buddy"), unit=minutes),
        _FORM.number("lead_minutes", _("Team lead"), unit=minutes),
        _FORM.number("on_call_minutes", _("Person on call"), unit=minutes),
        _FORM.number("extend_minutes", _("One tap extends by"), unit=minutes),
        _FORM.number("no_signal_minutes", _("'No signal' after"), unit=minutes),
        _FORM.number("keep_days", _("Erase after"), unit=days),
        _FORM.select(
            "deputy",
            _("Deputy of the lead"),
            somebody,
            hint=_("Told when the lead is the one who is alone, or away."),
            required=True,
        ),
        _FORM.select("on_call", _("On call when nobody has that duty"), somebody, required=True),
        _FORM.phone("on_call_phone", _("Number to call when nobody answers")),
        _FORM.number("missed_visits", _("Visits in vain in a row")),
        _FORM.number("gap_days", _("Beyond the agreed gap"), unit=days),
        _FORM.number(
            "sooner_days",
            _("The same after a risk"),
            unit=days,
            hint=_("hospital, prison or an overdose"),
        ),
        _FORM.number("sooner_for_days", _("How long 'after' lasts"), unit=days),
    )
