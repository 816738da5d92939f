"""What an agreement that is being typed would ask in the next weeks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from service.errors import Invalid
from service.people import words
from service.people.pages.part import Asked
from service.people.pages.parts.agreement import AgreementForm, team_presets
from service.rounds import words as round_words
from service.rounds.ahead import WeekAhead, needs_ahead
from service.rounds.needs import Need
from service.rounds.states import Priority
from service.web.dates import duration, minute_time, short_weekday, week
from service.web.forms import Form, reread
from service.web.i18n import gettext as _
from service.web.i18n import ngettext


@dataclass(frozen=True, slots=True)
class NeedShown:
    """One line: the icon and name of the kind, when, how long, what is special."""

    icon: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A week with its lines."""

    title: str
    lines: tuple[NeedShown, ...]
    nowhere: bool


async def preview(asked: Asked, form: Form[Any]) -> tuple[WeekShown, ...] | None:
    """The weeks ahead under the agreement in the form, where it can be read; else None."""
    typed: AgreementForm | None = form.data or reread(form, AgreementForm)
    if form.errors or typed is None:
        return None
    try:
        facts = typed.facts()
    except Invalid:
        return None
    weeks = await needs_ahead(
        asked.viewer, tenant=asked.tenant.id, teams=asked.facts.teams, agreement=facts
    )
    return shown_weeks(weeks)


async def presets_shown(asked: Asked) -> tuple[tuple[str, str, str], ...]:
    """(word, name, what it asks) of each preset of the tenant's team."""
    return tuple(
        (
            name.value,
            words.said(name),
            words.agreed(preset.contacts, preset.period_days),
        )
        for name, preset in (await team_presets(asked)).items()
    )


def shown_weeks(weeks: tuple[WeekAhead, ...]) -> tuple[WeekShown, ...]:
    """The weeks in the reader's language; like visits stand in one line."""
    return tuple(WeekShown(week(one.monday), tuple(_lines(one)), one.nowhere) for one in weeks)


def _lines(ahead: WeekAhead) -> list[NeedShown]:
    groups: dict[tuple[object, ...], list[Need]] = {}
    for need in ahead.needs:
        alike = (
            need.kind,
            need.minutes,
            need.workers_needed,
            need.fixed,
            need.series,
            need.windows,
        )
        groups.setdefault(alike, []).append(need)
    return [
        NeedShown(
            round_words.KIND_ICONS[needs[0].kind],
            round_words.visit_kind(needs[0].kind),
            _text(needs, ahead),
        )
        for needs in groups.values()
    ]


def _text(needs: list[Need], ahead: WeekAhead) -> str:
    """'2 times, 45 min, Monday to Friday, 2 workers, 1 must'."""
    first = needs[0]
    said = [ngettext("once", "%(num)s times", len(needs)), duration(first.minutes)]
    if first.fixed is not None:
        day, start = first.fixed
        said.append(f"{short_weekday(ahead.monday + timedelta(days=day))} {minute_time(start)}")
    elif first.series is not None:
        days = [i for i, hours in enumerate(first.windows) if hours]
        said.append(
            ", ".join(short_weekday(ahead.monday + timedelta(days=index)) for index in days)
        )
    if first.workers_needed > 1:
        said.append(_("two workers"))
    must = sum(need.priority is Priority.MUST for need in needs)
    if must and first.series is None and first.fixed is None:
        said.append(ngettext("%(num)s must take place", "%(num)s must take place", must))
    return ", ".join(part for part in said if part)
