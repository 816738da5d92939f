"""A team's settings, and what it has to share."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from scheduling.presets import PresetName
from service import clock
from service.access.policy import Viewer, may_edit_team, may_see_roster
from service.access.states import Role
from service.database.sql import fetch_all, fetch_one
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.teams import words
from service.teams.actions import change_settings, set_resource
from service.teams.changes.settings import SettingsDraft
from service.teams.hours_text import hours_text, read_hours
from service.teams.pages.settings_fields import MEETINGS, settings_fields
from service.teams.policy import Caseload, Count, Meeting, TeamPolicy, Weekday, read_policy
from service.teams.states import ResourceKind, TeamKind
from service.undo.said import after, said
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.page import page, redirect
from service.web.parts import VersionForm
from service.web.routing import only

LEADS = only(Role.TEAM_LEAD)
_Hours = Annotated[str, Meta(max_length=40)]


class SettingsForm(msgspec.Struct, frozen=True, kw_only=True):
    """Settings as typed: opening hours and meetings as texts."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: TeamKind
    planned: bool = False
    caseload: Caseload
    days_shown: tuple[Weekday, ...] = ()
    opening: _Hours
    open_on_holidays: bool = False
    meeting_1: _Hours = ""
    meeting_1_days: tuple[Weekday, ...] = ()
    meeting_2: _Hours = ""
    meeting_2_days: tuple[Weekday, ...] = ()
    meeting_3: _Hours = ""
    meeting_3_days: tuple[Weekday, ...] = ()
    reserve_minutes: Annotated[int, Meta(ge=0, le=1440)]
    reserve_weekdays: tuple[Weekday, ...] = ()
    gap_days: Annotated[int, Meta(ge=0, le=30)]
    first_visit_pairs: bool = False
    workers_plan_own: bool = False
    own_absences: bool = False
    tenants_per_worker: Annotated[int, Meta(ge=1, le=100)]
    weights_preset: PresetName | None = None

    def draft(self) -> SettingsDraft:
        """What is stored; raises `Invalid` beside hours that cannot be read."""
        faults: dict[str, str] = {}
        opening = _one(self.opening, "opening", faults)
        meetings: list[Meeting] = []
        for number in MEETINGS:
            days = getattr(self, f"meeting_{number}_days")
            typed = getattr(self, f"meeting_{number}")
            if not typed and not days:
                continue
            hours = _one(typed, f"meeting_{number}", faults)
            if not days:
                faults[f"meeting_{number}_days"] = N_("Choose at least one day.")
            meetings.append(Meeting(weekdays=days, from_minute=hours[0], to_minute=hours[1]))
        if faults:
            raise Invalid(faults)
        same = set(SettingsDraft.__struct_fields__) & set(self.__struct_fields__)
        return SettingsDraft(
            **{name: getattr(self, name) for name in same},
            opening_from=opening[0],
            opening_to=opening[1],
            meetings=tuple(meetings),
        )


class ResourceForm(msgspec.Struct, frozen=True, kw_only=True):
    """How many of something there are from a day on."""

    code: Annotated[str, Meta(min_length=1, max_length=24)]
    resource: ResourceKind
    available: Count
    starts_on: date


@get("/teams/{team:str}/settings", opt=LEADS, name="team_settings")
async def show(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Show the settings of a team that the viewer leads."""
    row = await _led(viewer, team)
    return await _page(request, row, _known(row), empty_form())


@post("/teams/{team:str}/settings", opt=LEADS, name="save_settings")
async def save(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Save the settings, or show them again with an error beside each field."""
    row = await _led(viewer, team)
    seen = await read_form(request, VersionForm)
    form = await read_form(request, SettingsForm)
    if form.data is None or seen.data is None:
        return await _page(request, row, form, empty_form(), status=422)
    try:
        edited = await change_settings(
            viewer, team, form.data.draft(), expected_version=seen.data.version
        )
    except Invalid as invalid:
        return await _page(request, row, form.refused(invalid), empty_form(), status=422)
    except Stale:
        return await _page(request, row, form, empty_form(), status=409)
    return redirect(request, after(f"/teams/{team}/settings", said="saved", edited=edited))


@post("/teams/{team:str}/resources", opt=LEADS, name="save_resource")
async def save_resource(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Say how many of something the team has from a day on; none ends it."""
    row = await _led(viewer, team)
    form = await read_form(request, ResourceForm)
    if form.data is None:
        return await _page(request, row, _known(row), form, status=422)
    try:
        await set_resource(
            viewer,
            team,
            code=form.data.code,
            kind=form.data.resource,
            available=form.data.available,
            starts_on=form.data.starts_on,
        )
    except Invalid as invalid:
        sentence = {
            "code": N_("Letters, digits, - and _ without spaces."),
            "starts_on": N_("Not before the day it last changed."),
        }
        refused = Invalid({name: sentence.get(name, "") for name in invalid.fields})
        return await _page(request, row, _known(row), form.refused(refused), status=422)
    return redirect(request, after(f"/teams/{team}/settings", said="saved"))


async def _led(viewer: Viewer, team: str) -> dict[str, Any]:
    """The team's row: `NotFound` for a stranger's, `Forbidden` for a reader's."""
    row = await fetch_one(
        "select id, code, name, kind, policy, version from teams where code = $1", team
    )
    if row is None or not may_see_roster(viewer, row["id"]):
        raise NotFound
    if not may_edit_team(viewer, row["id"]):
        raise Forbidden
    return row


def _known(row: dict[str, Any]) -> Form[Any]:
    """The form as the team stands."""
    policy = read_policy(TeamKind(row["kind"]), row["policy"])
    values = {"name": row["name"], "kind": row["kind"], **_texts(policy)}
    several = {
        "days_shown": _numbers(policy.days_shown),
        "reserve_weekdays": _numbers(policy.reserve_weekdays),
    }
    for number, meeting in zip(MEETINGS, policy.meetings, strict=False):
        values[f"meeting_{number}"] = hours_text([(meeting.from_minute, meeting.to_minute)])
        several[f"meeting_{number}_days"] = _numbers(meeting.weekdays)
    return Form(values=values, several=several)


def _texts(policy: TeamPolicy) -> dict[str, str]:
    yes = {
        name: "true" if getattr(policy, name) else ""
        for name in (
            "planned",
            "open_on_holidays",
            "first_visit_pairs",
            "workers_plan_own",
            "own_absences",
        )
    }
    return yes | {
        "caseload": policy.caseload.value,
        "opening": hours_text([(policy.opening_from, policy.opening_to)]),
        "reserve_minutes": str(policy.reserve_minutes),
        "gap_days": str(policy.gap_days),
        "tenants_per_worker": str(policy.tenants_per_worker),
        "weights_preset": policy.weights_preset.value if policy.weights_preset else "",
    }


def _numbers(days: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(str(day) for day in days)


def _one(text: str, field: str, faults: dict[str, str]) -> tuple[int, int]:
    """The one stretch of a text; notes a fault and gives something for none."""
    try:
        found = read_hours(text)
    except ValueError:
        found = ()
    if len(found) != 1:
        faults[field] = N_("Write hours such as 9:00-17:00.")
        return (0, 1)
    return found[0]


async def _page(
    request: Request[Any, Any, Any],
    row: dict[str, Any],
    form: Form[Any],
    resource_form: Form[Any],
    *,
    status: int = 200,
) -> Response[str]:
    today = clock.today()
    resources = await fetch_all(
        "select code, kind, available, starts_on, ends_on from resources where team = $1"
        " and coalesce(ends_on > $2, true) and available > 0 order by code, starts_on",
        row["id"],
        today,
    )
    stale = status == 409
    seen = (await fetch_one("select version from teams where id = $1", row["id"])) or row
    return page(
        request,
        "teams/settings.html",
        status=status,
        team=row,
        version=seen["version"],
        stale=stale,
        form=form,
        resource_form=resource_form,
        fields=settings_fields(),
        resources=resources,
        kinds=[(one.value, words.resource_kind(one)) for one in ResourceKind],
        said=said(request),
        today=today,
        words=words,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (show, save, save_resource)
