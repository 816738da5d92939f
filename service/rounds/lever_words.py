"""Levers in words: what is bent, where the visit goes, who pays for it."""

from collections.abc import Mapping

from service.rounds.waiting_levers import LeverKind, OfferedLever
from service.web.dates import day_time, duration
from service.web.i18n import N_, gettext, ngettext

_BENT = {
    LeverKind.NOTHING: N_("There is room"),
    LeverKind.WINDOW: N_("At another hour than agreed: ask the tenant"),
    LeverKind.DAY: N_("On another day than agreed: ask the tenant"),
    LeverKind.FEWER: N_("Would fit with one worker"),
    LeverKind.LIMIT: N_("With one visit more on that day than %(names)s may have"),
    LeverKind.HOURS: N_("With more visiting hours in the week for %(names)s"),
    LeverKind.SPACING: N_("Closer to the tenant's other visits than agreed"),
    LeverKind.RESERVE: N_("Out of the time that is kept for crises"),
    LeverKind.ROLE: N_("With somebody of another discipline"),
    LeverKind.RESOURCE: N_("With one car, interpreter or room more"),
}


def lever_bent(lever: OfferedLever, *, names: Mapping[str, str]) -> str:
    """What is bent: 'Would fit with one worker'."""
    people = _people(lever.workers, names)
    if lever.kind is LeverKind.OVERTIME:
        return gettext(
            "With %(minutes)s of overtime for %(names)s",
            minutes=duration(lever.minutes),
            names=people,
        )
    if lever.kind is LeverKind.WAY:
        return _way(lever, names)
    text = _BENT[lever.kind]
    return gettext(text, names=people) if "%(names)s" in text else gettext(text)


def lever_place(lever: OfferedLever, *, names: Mapping[str, str]) -> str:
    """Where the visit goes: 'Thu 3 Dec, 14:00, Amina and Karim'."""
    return f"{day_time(lever.starts_at)}, {_people(lever.workers, names)}"


def lever_price(lever: OfferedLever) -> str:
    """'+18 points', and how many others begin at another time."""
    points = ngettext(
        "%(signed)s point", "%(signed)s points", abs(lever.price), signed=f"{lever.price:+d}"
    ).replace("-", "\N{MINUS SIGN}")
    if not lever.slides:
        return points
    moved = ngettext(
        "%(num)s other begins at another time",
        "%(num)s others begin at another time",
        lever.slides,
    )
    return f"{points}, {moved}"


def _way(lever: OfferedLever, names: Mapping[str, str]) -> str:
    if lever.elsewhere is None:
        return gettext(
            "If the visit to %(tenant)s, which is not more urgent, waits instead",
            tenant=lever.gives_way,
        )
    return gettext(
        "If the visit to %(tenant)s, which is not more urgent, goes to %(when)s, %(names)s",
        tenant=lever.gives_way,
        when=day_time(lever.elsewhere),
        names=_people(lever.elsewhere_workers, names),
    )


def _people(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    return gettext(" and ").join(names.get(code, code) for code in codes)
