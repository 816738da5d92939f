"""What the planner's rules say of a draft, in the reader's language."""

from collections.abc import Mapping
from datetime import date, timedelta

from scheduling.rules.base import Sentence, Value
from scheduling.rules.hard import exclusion
from service.web.dates import weekday
from service.web.i18n import N_, gettext

_FOR_PEOPLE = {
    exclusion.TENANT: N_("%(worker)s and tenant %(tenant)s must not meet."),
    exclusion.PLACE: N_("%(worker)s must not go to the place of the visit to %(visit)s."),
}
"""Where a rule's own sentence names a visit beside its tenant, or a place by its number."""
_DAYS = {"day", "other_day"}
_VISITS = {"visit", "other_visit"}
_PEOPLE = {"worker", "workers", "other_worker"}


def rule_in_words(
    sentence: Sentence,
    *,
    week: date,
    tenants: Mapping[str, str],
    workers: Mapping[str, str] | None = None,
) -> str:
    """A rule's sentence: visits by their tenant (`tenants`, by need), workers by first name."""
    names = workers or {}

    def shown(name: str, value: Value) -> str:
        if isinstance(value, tuple):
            return ", ".join(names.get(one, one) for one in value)
        if name in _DAYS and isinstance(value, int):
            return weekday(week + timedelta(days=value))
        if name in _VISITS:
            return tenants.get(str(value), str(value).partition(":")[0])
        if name in _PEOPLE:
            return names.get(str(value), str(value))
        return str(value)

    values = {name: shown(name, value) for name, value in sentence.values.items()}
    return gettext(_FOR_PEOPLE.get(sentence.msgid, sentence.msgid), **values)
