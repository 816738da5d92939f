"""The fields that describe a place which is not known yet: its address, and where that is."""

from service.places.directory import stop_names
from service.web.fields import Field, FieldsOf
from service.web.i18n import current_language
from service.web.i18n import gettext as _


def address_fields(form: FieldsOf, *, heading: str = "") -> tuple[Field, ...]:
    """Street and number, and a stop or a point of the map near it."""
    return (
        form.text("street", _("Street"), heading=heading),
        form.text("house_number", _("Number"), short=True),
        form.suggest(
            "near",
            _("Near which stop"),
            stop_names(current_language().value),
            hint=_("A stop of tram, bus or metro: the round is reckoned from there."),
        ),
        form.text(
            "point",
            _("Or its point on the map"),
            hint=_("Latitude and longitude as a map copies them: 50.8466, 4.3528."),
        ),
    )
