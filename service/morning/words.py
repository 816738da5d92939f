"""What a morning meeting says of wishes and last tries."""

from service.encounters.states import EncounterKind
from service.morning.states import DayPart, DayWishKind
from service.morning.wishes import DayWish
from service.web.i18n import N_, gettext

_GO = {
    DayPart.ANY: N_("go today"),
    DayPart.MORNING: N_("go this morning"),
    DayPart.AFTERNOON: N_("go this afternoon"),
}
_KINDS = {
    EncounterKind.HOME_VISIT: N_("home visit"),
    EncounterKind.ACCOMPANIMENT: N_("accompaniment"),
    EncounterKind.CONSULTATION: N_("at the office"),
    EncounterKind.PHONE: N_("by phone"),
    EncounterKind.GROUP: N_("in a group"),
    EncounterKind.AT_DOOR: N_("at the door"),
}


def wish(value: DayWish) -> str:
    """'go this morning, by two'."""
    if value.kind is DayWishKind.NOT:
        return gettext("not today")
    words = gettext(_GO[value.part])
    return gettext("%(when)s, by two", when=words) if value.by_two else words


def kind(value: EncounterKind) -> str:
    """'by phone'."""
    return gettext(_KINDS[value])
