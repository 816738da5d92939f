"""How each event of a tenant's history is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.housing.states import MoveKind
from service.people import edit_words, words
from service.people.history_queries import Event, EventKind
from service.people.states import (
    AgreementPreset,
    EndReason,
    IncomeKind,
    SeriesKind,
    StayKind,
)
from service.web.i18n import N_, gettext, ngettext

_MOVES = {
    MoveKind.FIRST_MOVE_IN: N_("First move into a home"),
    MoveKind.HOME_TO_HOME: N_("Moved from home to home"),
    MoveKind.BACK_INTO_HOME: N_("Back into a home"),
    MoveKind.TO_STREET: N_("Left the home for the street"),
    MoveKind.TO_INSTITUTION: N_("Left the home for an institution"),
    MoveKind.BY_DEATH: N_("The home ended by death"),
}
_TITLES = {
    EventKind.REFERRED: N_("Referred"),
    EventKind.ACCEPTED: N_("Support began"),
    EventKind.ENDED: N_("Support ended"),
    EventKind.TENANCY: N_("Home"),
    EventKind.FLAG: N_("Always two workers"),
    EventKind.FLAG_LIFTED: N_("One worker is enough again"),
    EventKind.AGREEMENT: N_("Agreement"),
    EventKind.PAUSE: N_("Pause of the agreement"),
    EventKind.ETHOS: N_("Where the tenant lived (ETHOS)"),
    EventKind.INCOME: N_("Income"),
}
_NAMED: Mapping[EventKind, Callable[[str], str]] = {
    EventKind.MOVE: lambda word: gettext(_MOVES[MoveKind(word)]),
    EventKind.STAY: lambda word: words.said(StayKind(word)),
    EventKind.SERIES: lambda word: words.said(SeriesKind(word)),
}
_MORE: Mapping[EventKind, Callable[[str], str]] = {
    EventKind.ENDED: lambda word: edit_words.end_reason(EndReason(word)),
    EventKind.TENANCY: lambda word: word,
    EventKind.AGREEMENT: lambda word: words.said(AgreementPreset(word)),
    EventKind.ETHOS: lambda word: edit_words.ethos(int(word)),
    EventKind.INCOME: lambda word: edit_words.income(IncomeKind(word)),
}
_ICONS = {
    EventKind.TENANCY: "house",
    EventKind.MOVE: "arrow-right",
    EventKind.TEAM: "users",
    EventKind.FLAG: "triangle-alert",
    EventKind.FLAG_LIFTED: "check",
    EventKind.STAY: "map-pin",
    EventKind.AGREEMENT: "handshake",
    EventKind.PAUSE: "clock",
    EventKind.SERIES: "pill",
    EventKind.MONTH: "footprints",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event in words: its icon, what happened, and more of it."""

    event: Event
    icon: str
    title: str
    more: str = ""


def history_line(event: Event) -> HistoryLine:
    """The event in the reader's language."""
    title, more = _told(event)
    return HistoryLine(event, _ICONS.get(event.kind, "info"), title, more)


def _told(event: Event) -> tuple[str, str]:
    if event.kind is EventKind.MONTH:
        return _month(event)
    if event.kind is EventKind.TEAM:
        return gettext("In the caseload of %(team)s", team=event.word), ""
    if event.kind in _NAMED:
        return _NAMED[event.kind](event.word), ""
    more = _MORE.get(event.kind)
    return gettext(_TITLES[event.kind]), more(event.word) if more else ""


def _month(event: Event) -> tuple[str, str]:
    title = ngettext("%(num)s encounter", "%(num)s encounters", event.first)
    parts = [ngettext("met once", "met %(num)s times", event.second)]
    if event.third:
        parts.append(ngettext("not home once", "not home %(num)s times", event.third))
    return title, ", ".join(parts)
