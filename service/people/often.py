"""The fields that say how often contacts are: of an agreement, and of a preset for it."""

from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _


def often_fields(form: FieldsOf, *, heading: str = "") -> tuple[Field, ...]:
    """How many contacts in how many days, how far apart, how long each; in one row."""
    return (
        form.number("contacts", _("Contacts"), heading=heading, row="often"),
        form.number("period_days", _("In"), unit=_("days"), row="often"),
        form.number("longest_gap_days", _("At most apart"), unit=_("days"), row="often"),
        form.number("minutes", _("Each takes"), unit=_("minutes"), row="often"),
    )
