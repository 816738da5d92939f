"""The fields of a team's settings."""

from datetime import date, timedelta

from scheduling.presets import PresetName
from service.teams.policy import Caseload
from service.teams.states import TeamKind
from service.teams.words import team_kind, weights_preset
from service.web.dates import weekday
from service.web.fields import Field, FieldKind, Option
from service.web.i18n import gettext as _

MEETINGS = (1, 2, 3, 4, 5, 6)
_A_MONDAY = date(2024, 1, 1)


def weekday_options() -> list[Option]:
    """Monday to Sunday, to choose from."""
    return [(str(n), weekday(_A_MONDAY + timedelta(days=n - 1))) for n in range(1, 8)]


def settings_fields(*, meetings: int) -> tuple[Field, ...]:
    """All of them, in groups; there is room for one more than the `meetings` there are."""
    return (*_work(), *_meetings(max(2, meetings + 1)), *_lunch(), *_kept(), *_weights())


def _work() -> tuple[Field, ...]:
    return (
        Field(name="name", label=_("Name"), required=True),
        Field(
            name="kind",
            label=_("Kind of team"),
            kind=FieldKind.SELECT,
            options=[(one.value, team_kind(one)) for one in TeamKind],
            required=True,
        ),
        Field(
            name="planned",
            label=_("The next week is drafted by itself each Thursday"),
            kind=FieldKind.CHECK,
        ),
        Field(
            name="caseload",
            label=_("Whom tenants meet"),
            kind=FieldKind.RADIO,
            options=[
                (Caseload.ROTATION.value, _("several workers of the team")),
                (Caseload.CONTINUITY.value, _("their own worker and a back-up")),
            ],
            required=True,
        ),
        Field(
            name="tenants_per_worker",
            label=_("Caseload of a worker"),
            kind=FieldKind.NUMBER,
            unit=_("tenants"),
            hint=_("Of somebody who works full time; the capacity of a week is held against it."),
            required=True,
            least=1,
            most=100,
        ),
        Field(
            name="days_shown",
            label=_("Days on the board"),
            kind=FieldKind.CHECKS,
            options=weekday_options(),
            short=True,
            required=True,
        ),
        Field(
            name="opening",
            label=_("Visits between"),
            hint=_("For tenants who named no hours of their own: 9:00-17:00."),
            required=True,
            short=True,
        ),
        Field(name="open_on_holidays", label=_("Works on public holidays"), kind=FieldKind.CHECK),
    )


def _meetings(count: int) -> tuple[Field, ...]:
    found: list[Field] = []
    for number in MEETINGS[:count]:
        found += [
            Field(
                name=f"meeting_{number}",
                label=_("Meeting %(number)s", number=number),
                heading=_("Meetings") if number == 1 else "",
                hint=_("Such as 9:00-9:30; everybody on duty is at the base.")
                if number == 1
                else "",
                short=True,
            ),
            Field(
                name=f"meeting_{number}_days",
                label=_("Days of meeting %(number)s", number=number),
                kind=FieldKind.CHECKS,
                options=weekday_options(),
                short=True,
            ),
        ]
    return tuple(found)


def _lunch() -> tuple[Field, ...]:
    return (
        Field(
            name="lunch",
            label=_("Lunch between"),
            hint=_("Such as 11:30-14:00; empty where the team keeps no time for it."),
            heading=_("Lunch"),
            short=True,
        ),
        Field(
            name="lunch_minutes",
            label=_("Lunch takes"),
            kind=FieldKind.NUMBER,
            unit=_("minutes"),
            required=True,
            least=5,
            most=180,
        ),
    )


def _kept() -> tuple[Field, ...]:
    return (
        Field(
            name="reserve_minutes",
            label=_("Kept free for crises each day"),
            kind=FieldKind.NUMBER,
            unit=_("minutes of the team"),
            heading=_("Reserve and rules"),
            required=True,
            least=0,
            most=1440,
        ),
        Field(
            name="reserve_weekdays",
            label=_("On"),
            kind=FieldKind.CHECKS,
            options=weekday_options(),
            short=True,
        ),
        Field(
            name="gap_days",
            label=_("Days between two visits of a tenant"),
            kind=FieldKind.NUMBER,
            required=True,
            least=0,
            most=30,
        ),
        Field(
            name="first_visit_pairs",
            label=_("Two workers for a first visit to an unknown place"),
            kind=FieldKind.CHECK,
        ),
        Field(
            name="workers_plan_own",
            label=_("Workers plan their own visits"),
            kind=FieldKind.CHECK,
        ),
        Field(
            name="own_absences",
            label=_("Workers enter their own absences"),
            kind=FieldKind.CHECK,
        ),
    )


def _weights() -> tuple[Field, ...]:
    return (
        Field(
            name="weights_preset",
            label=_("What weighs most in a plan"),
            kind=FieldKind.SELECT,
            options=[
                ("", _("the general weights")),
                *((one.value, weights_preset(one)) for one in PresetName),
            ],
            hint=_("Single weights are changed by the administrator."),
            heading=_("Planning"),
            required=True,
        ),
        Field(
            name="seen_days",
            label=_("Whom a tenant met is counted over"),
            kind=FieldKind.NUMBER,
            unit=_("days"),
            hint=_("For tenants who should meet several workers."),
            required=True,
            least=1,
            most=92,
        ),
        Field(
            name="share_tolerance_percent",
            label=_("A worker's visits of a week may exceed the visiting share by"),
            kind=FieldKind.NUMBER,
            unit="%",
            required=True,
            least=0,
            most=100,
        ),
        Field(
            name="carry_weeks",
            label=_("Too much and too little is evened out over"),
            kind=FieldKind.NUMBER,
            unit=_("weeks"),
            hint=_("0: each week stands by itself."),
            required=True,
            least=0,
            most=12,
        ),
        Field(
            name="carry_cap_minutes",
            label=_("And counts for at most"),
            kind=FieldKind.NUMBER,
            unit=_("minutes"),
            required=True,
            least=0,
            most=2400,
        ),
    )
