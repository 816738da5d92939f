"""The fields of a team's settings."""

from scheduling.presets import PresetName
from service.teams.pages.settings_form import MEETINGS, SettingsForm
from service.teams.policy import Caseload
from service.teams.states import TeamKind
from service.teams.words import team_kind, weights_preset
from service.web.fields import Field, FieldsOf, options_of, weekday_options
from service.web.i18n import gettext as _

_FORM = FieldsOf(SettingsForm)


def settings_fields(*, meetings: int) -> tuple[Field, ...]:
    """All of them, in groups; there is room for one more than the `meetings` there are."""
    return (*_work(), *_meetings(max(2, meetings + 1)), *_lunch(), *_kept(), *_weights())


def _work() -> tuple[Field, ...]:
    return (
        _FORM.text("name", _("Name")),
        _FORM.select("kind", _("Kind of team"), options_of(TeamKind, team_kind)),
        _FORM.check("planned", _("The next week is drafted by itself each Thursday")),
        _FORM.radio(
            "caseload",
            _("Whom tenants meet"),
            [
                (Caseload.ROTATION.value, _("several workers of the team")),
                (Caseload.CONTINUITY.value, _("their own worker and a back-up")),
            ],
        ),
        _FORM.number(
            "tenants_per_worker",
            _("Caseload of a worker"),
            unit=_("tenants"),
            hint=_("Of somebody who works full time; the capacity of a week is held against it."),
        ),
        _FORM.checks(
            "days_shown", _("Days on the board"), weekday_options(), short=True, required=True
        ),
        _FORM.text(
            "opening",
            _("Visits between"),
            hint=_("For tenants who named no hours of their own: 9:00-17:00."),
            short=True,
        ),
        _FORM.check("open_on_holidays", _("Works on public holidays")),
    )


def _meetings(count: int) -> tuple[Field, ...]:
    found: list[Field] = []
    for number in MEETINGS[:count]:
        first = number == 1
        found += [
            _FORM.text(
                f"meeting_{number}",
                _("Meeting %(number)s", number=number),
                heading=_("Meetings") if first else "",
                hint=_("Such as 9:00-9:30; everybody on duty is at the base.") if first else "",
                short=True,
            ),
            _FORM.checks(
                f"meeting_{number}_days",
                _("Days of meeting %(number)s", number=number),
                weekday_options(),
                short=True,
            ),
        ]
    return tuple(found)


def _lunch() -> tuple[Field, ...]:
    return (
        _FORM.text(
            "lunch",
            _("Lunch between"),
            hint=_("Such as 11:30-14:00; empty where the team keeps no time for it."),
            heading=_("Lunch"),
            short=True,
        ),
        _FORM.number("lunch_minutes", _("Lunch takes"), unit=_("minutes"), required=True),
    )


def _kept() -> tuple[Field, ...]:
    return (
        _FORM.number(
            "reserve_minutes",
            _("Kept free for crises each day"),
            unit=_("minutes of the team"),
            heading=_("Reserve and rules"),
        ),
        _FORM.checks("reserve_weekdays", _("On"), weekday_options(), short=True),
        _FORM.number("gap_days", _("Days between two visits of a tenant")),
        _FORM.check("first_visit_pairs", _("Two workers for a first visit to an unknown place")),
        _FORM.check("workers_plan_own", _("Workers plan their own visits")),
        _FORM.check("own_absences", _("Workers enter their own absences")),
    )


def _weights() -> tuple[Field, ...]:
    general = ("", _("the general weights"))
    return (
        _FORM.select(
            "weights_preset",
            _("What weighs most in a plan"),
            [general, *options_of(PresetName, weights_preset)],
            hint=_("Single weights are changed by the administrator."),
            heading=_("Planning"),
            required=True,
        ),
        _FORM.number(
            "seen_days",
            _("Whom a tenant met is counted over"),
            unit=_("days"),
            hint=_("For tenants who should meet several workers."),
        ),
        _FORM.number(
            "share_tolerance_percent",
            _("A worker's visits of a week may exceed the visiting share by"),
            unit="%",
        ),
        _FORM.number(
            "carry_weeks",
            _("Too much and too little is evened out over"),
            unit=_("weeks"),
            hint=_("0: each week stands by itself."),
        ),
        _FORM.number("carry_cap_minutes", _("And counts for at most"), unit=_("minutes")),
    )
