"""A team's settings, its duties and presets, and what it has to share."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.database.sql import fetch_all
from service.errors import Invalid, NotFound
from service.people import words as people_words
from service.teams import words
from service.teams.actions import set_resource
from service.teams.changes.settings import changed_policy
from service.teams.changes.team import led_team
from service.teams.pages.meaning import duty_ahead, preset_ahead, room_of
from service.teams.pages.settings_fields import settings_fields
from service.teams.pages.settings_form import SettingsForm
from service.teams.pages.team_part import TeamAsked
from service.teams.pages.team_parts import PARTS, SETTINGS
from service.teams.pages.team_parts.duty import DutyForm
from service.teams.pages.team_parts.preset import PresetForm, preset_name
from service.teams.policy import Count
from service.teams.states import ResourceKind
from service.undo.editing import Desk, Owner, remove_part, save_part, show_part
from service.undo.said import after, said
from service.undo.states import Subject
from service.web.differences import Texts, differences
from service.web.forms import Form, empty_form, read_form, reread
from service.web.i18n import N_, ngettext
from service.web.page import redirect
from service.web.routing import only

LEADS = only(Role.TEAM_LEAD)


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
    return await show_part(request, await _settings(request, viewer, team))


@post("/teams/{team:str}/settings", opt=LEADS, name="save_settings")
async def save(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Save the settings, or show them again with an error beside each field."""
    return await save_part(request, await _settings(request, viewer, team))


@get("/teams/{team:str}/settings/{part:str}/{row:str}", opt=LEADS, name="edit_team")
async def show_row(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Show a duty (its number or `new`) or a preset (its name)."""
    return await show_part(request, await _desk(viewer, team, part, row))


@post("/teams/{team:str}/settings/{part:str}/{row:str}", opt=LEADS, name="save_team")
async def save_row(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Save it, or show it again with an error beside each field."""
    return await save_part(request, await _desk(viewer, team, part, row))


@post("/teams/{team:str}/settings/{part:str}/{row:str}/remove", opt=LEADS, name="remove_from_team")
async def remove_row(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Take a duty out, or give a preset its usual numbers."""
    return await remove_part(request, await _desk(viewer, team, part, row))


@post("/teams/{team:str}/resources", opt=LEADS, name="save_resource")
async def save_resource(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Say how many of something the team has from a day on; none ends it."""
    await led_team(viewer, team)
    form = await read_form(request, ResourceForm)
    if form.data is None:
        desk = await _settings(request, viewer, team, resource_form=form)
        return await show_part(request, desk, status=422)
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
        desk = await _settings(request, viewer, team, resource_form=form.refused(refused))
        return await show_part(request, desk, status=422)
    return redirect(request, after(f"/teams/{team}/settings", said="saved"))


async def _desk(viewer: Viewer, team: str, part: str, row: str) -> Desk:
    """A duty or a preset; access is decided before any form is read."""
    await led_team(viewer, team)
    if part not in PARTS or (row == "new" and part != "duty"):
        raise NotFound
    asked = TeamAsked(viewer=viewer, code=team, row=None if row == "new" else row)
    more = {"duty": _duty_more, "preset": _preset_more}.get(part, _nothing_more)
    return Desk(part=PARTS[part], asked=asked, owner=lambda: _owner(asked), more=more)


async def _settings(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    team: str,
    *,
    resource_form: Form[Any] | None = None,
) -> Desk:
    """All the rest, on the page where duties, presets and what is shared are listed too."""
    await led_team(viewer, team)
    asked = TeamAsked(viewer=viewer, code=team, row="own")

    async def more(asked: TeamAsked, form: Form[Any]) -> Mapping[str, object]:
        found = await asked.team()
        return {
            "team": found,
            "resources": await _resources(found.id),
            "kinds": [(one.value, words.resource_kind(one)) for one in ResourceKind],
            "resource_form": resource_form or empty_form(),
            "said": said(request),
            "today": clock.today(),
            "words": words,
            "people_words": people_words,
            **await _meaning(asked, form),
        }

    return Desk(part=SETTINGS, asked=asked, owner=lambda: _owner(asked), more=more)


async def _owner(asked: TeamAsked) -> Owner:
    team = await asked.team()
    return Owner(
        subject=Subject.TEAM,
        row=team.id,
        version=team.version,
        code=team.code,
        whose=team.name,
        back=f"/teams/{team.code}/settings",
    )


async def _meaning(asked: TeamAsked, form: Form[Any]) -> Mapping[str, object]:
    """What would change, and the next week under it; nothing where nobody asked to see it."""
    if not isinstance(form.data, SettingsForm) or form.errors:
        return {"room": None}
    team = await asked.team()
    try:
        policy = changed_policy(team.policy, form.data.draft())
    except Invalid:
        return {"room": None}
    known = await SETTINGS.known(asked)
    fields = settings_fields(meetings=len(team.policy.meetings))
    monday, room = await room_of(team, policy)
    return {
        "room": room,
        "monday": monday,
        "changing": differences(
            fields,
            stands=Texts(known.values, known.several),
            typed=Texts(form.values, form.several),
            only=frozenset(one.name for one in fields),
        ),
    }


async def _nothing_more(_asked: TeamAsked, _form: Form[Any]) -> Mapping[str, object]:
    return {}


async def _duty_more(asked: TeamAsked, form: Form[Any]) -> Mapping[str, object]:
    typed: DutyForm | None = form.data or reread(form, DutyForm)
    if typed is None or form.errors:
        return {"ahead": None, "words": words}
    try:
        rule = typed.rule()
    except Invalid:
        return {"ahead": None, "words": words}
    ahead = await duty_ahead(await asked.team(), rule)
    able = ngettext(
        "%(able)s of %(num)s worker can have it.",
        "%(able)s of %(num)s workers can have it.",
        ahead.workers,
        able=ahead.able,
    )
    return {"ahead": ahead, "able": able, "words": words}


async def _preset_more(asked: TeamAsked, form: Form[Any]) -> Mapping[str, object]:
    typed: PresetForm | None = form.data or reread(form, PresetForm)
    if typed is None or form.errors:
        return {"ahead": None}
    team, preset = await asked.team(), typed.preset()
    return {
        "ahead": await preset_ahead(team, preset_name(asked), preset),
        "preset": preset,
        "often": people_words.agreed(preset.contacts, preset.period_days),
    }


async def _resources(team: int) -> list[dict[str, Any]]:
    return await fetch_all(
        "select code, kind, available, starts_on, ends_on from resources where team = $1"
        " and coalesce(ends_on > $2, true) and available > 0 order by code, starts_on",
        team,
        clock.today(),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show,
    save,
    show_row,
    save_row,
    remove_row,
    save_resource,
)
