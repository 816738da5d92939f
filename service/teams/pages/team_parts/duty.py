"""The form of a duty: what, when, who may have it, whether visits go on."""

from typing import Annotated

import msgspec
from msgspec import Meta

from scheduling.weeks import DAY_MINUTES
from service.access.policy import may_edit_team
from service.errors import Invalid, NotFound
from service.rounds.schemas import Clock
from service.teams.actions import remove_duty, save_duty
from service.teams.duty_rules import DutyRule, OnHolidays
from service.teams.hours_text import read_time
from service.teams.pages.skills_field import skills_field
from service.teams.pages.team_part import TeamAsked
from service.teams.policy import Weekday
from service.teams.skills_text import read_skills, skills_text
from service.teams.states import Discipline, DutyKind
from service.teams.words import discipline, duty, on_holidays
from service.undo.said import Edited
from service.undo.seen import values_seen
from service.web.dates import minute_time
from service.web.fields import Field, FieldsOf, options_of, weekday_options
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.parts import Known, NothingForm, Part, text


class DutyForm(msgspec.Struct, frozen=True, kw_only=True):
    """A duty as typed; an end that is not after the beginning is on the next day."""

    kind: DutyKind
    weekdays: tuple[Weekday, ...] = ()
    from_time: Clock
    to_time: Clock
    on_holidays: OnHolidays = OnHolidays.AS_USUAL
    disciplines: tuple[Discipline, ...] = ()
    skills: Annotated[str, Meta(max_length=300)] = ""
    visits: bool = False

    def rule(self) -> DutyRule:
        """What is stored; raises `Invalid` by field."""
        faults: dict[str, str] = {}
        start = _minute(self.from_time, "from_time", faults)
        end = _minute(self.to_time, "to_time", faults)
        if start == DAY_MINUTES:
            faults["from_time"] = N_("Give a time, such as 09:30.")
        if faults:
            raise Invalid(faults)
        return DutyRule(
            kind=self.kind,
            weekdays=tuple(sorted(set(self.weekdays))),
            from_minute=start,
            to_minute=end if end > start else end + DAY_MINUTES,
            disciplines=self.disciplines,
            skills=read_skills(self.skills),
            visits=self.visits,
            on_holidays=self.on_holidays,
        )


def _minute(typed: str, field: str, faults: dict[str, str]) -> int:
    try:
        return read_time(typed)
    except ValueError:
        faults[field] = N_("Give a time, such as 09:30.")
        return 0


_FORM = FieldsOf(DutyForm)


async def _fields(_asked: TeamAsked, _known: Known) -> tuple[Field, ...]:
    return (
        _FORM.radio("kind", _("What"), options_of(DutyKind, duty), short=True),
        _FORM.checks(
            "weekdays",
            _("Each week on"),
            weekday_options(),
            required=True,
            short=True,
            heading=_("When"),
        ),
        _FORM.time("from_time", _("Begins at")),
        _FORM.time(
            "to_time",
            _("Ends at"),
            hint=_("On the next day where it is not later than the beginning."),
        ),
        _FORM.radio("on_holidays", _("On public holidays"), options_of(OnHolidays, on_holidays)),
        _FORM.checks(
            "disciplines",
            _("Only by"),
            options_of(Discipline, discipline),
            short=True,
            heading=_("By whom"),
        ),
        await skills_field(_FORM, _("Who can")),
        _FORM.check(
            "visits",
            _("Visits go on meanwhile"),
            hint=_("Such as a phone that is carried along on the round."),
        ),
    )


async def _known(asked: TeamAsked) -> Known:
    if asked.row is None:
        return Known(
            values={
                "kind": DutyKind.STANDBY.value,
                "from_time": "09:00",
                "to_time": "17:00",
                "on_holidays": OnHolidays.AS_USUAL.value,
            },
            several={"weekdays": ("1", "2", "3", "4", "5")},
        )
    rules = (await asked.team()).policy.duties
    if _number(asked) > len(rules):
        raise NotFound
    rule = rules[_number(asked) - 1]
    return Known(
        values={
            "kind": rule.kind.value,
            "from_time": minute_time(rule.from_minute),
            "to_time": minute_time(rule.to_minute % DAY_MINUTES),
            "on_holidays": rule.on_holidays.value,
            "skills": skills_text(rule.skills),
            "visits": text(rule.visits),
        },
        several={
            "weekdays": tuple(map(str, rule.weekdays)),
            "disciplines": tuple(one.value for one in rule.disciplines),
        },
    )


def _number(asked: TeamAsked) -> int:
    """Which duty of the team, from 1 on."""
    row = asked.row or ""
    if not row.isdecimal() or len(row) > 3 or int(row) < 1:
        raise NotFound
    return int(row)


async def _seen(asked: TeamAsked) -> str:
    return values_seen((await asked.team()).policy.duties)


async def _save(asked: TeamAsked, form: DutyForm) -> Edited:
    row = None if asked.row is None else _number(asked)
    return await save_duty(
        asked.viewer, asked.code, form.rule(), row=row, expected_version=asked.version
    )


async def _remove(asked: TeamAsked, _form: NothingForm) -> Edited:
    return await remove_duty(
        asked.viewer, asked.code, _number(asked), expected_version=asked.version
    )


async def _judge(_asked: TeamAsked, form: DutyForm) -> None:
    form.rule()


DUTY = Part(
    form=DutyForm,
    title=lambda asked: _("Duty") if asked.row else _("New duty"),
    sentence=lambda _asked: _(
        "Its slots are in each week that is planned from now on, and are staffed before the visits."
    ),
    may=may_edit_team,
    fields=_fields,
    known=_known,
    save=_save,
    judge=_judge,
    seen=_seen,
    remove=_remove,
    remove_label=lambda: _("Take it out of the weeks to come"),
    removed="removed",
    template="teams/edit_duty.html",
)
