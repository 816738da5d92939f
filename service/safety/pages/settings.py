"""What a team sets for its checks and alerts: read by the team, changed by its lead."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.access.policy import Viewer, may_decide_alert, may_see_alerts
from service.access.states import Role
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.safety.actions import save_settings
from service.safety.pages.settings_fields import safety_fields
from service.safety.people import support_workers
from service.safety.schemas import SafetyForm
from service.safety.settings import TeamSafety, safety_of_team
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from service.undo.meanwhile import overtaken
from service.undo.seen import texts_seen
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.parts import Known, VersionForm
from service.web.routing import only

LEADS = only(Role.TEAM_LEAD)


@get("/safety/{team:str}", opt=LEADS, name="safety_settings")
async def show(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    saved: FromQuery[bool] = False,
) -> Response[str]:
    """Show what the team set."""
    found = await _team(viewer, team)
    return await _page(request, found, notice=_("Saved.") if saved else "")


@post("/safety/{team:str}", opt=LEADS, name="save_safety_settings")
async def save(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Keep what a lead set; else the form again, with what was typed and an error beside each
    field (422) or with who changed what meanwhile (409)."""
    found = await _team(viewer, team)
    form = await read_form(request, SafetyForm)
    seen = (await read_form(request, VersionForm)).data
    if form.data is None or seen is None:
        return await _page(request, found, form, seen=seen, status=422)
    values = msgspec.structs.asdict(form.data)
    people = {name: values.pop(name) for name in ("deputy", "on_call")}
    try:
        await save_settings(
            viewer, team=team, settings=TeamSafety(team=found.id, **values), **people
        )
    except Invalid as invalid:
        return await _page(request, found, form.refused(invalid), seen=seen, status=422)
    except Stale:
        return await _page(request, found, form, seen=seen, status=409)
    return redirect(request, f"/safety/{team}?saved=true")


async def _team(viewer: Viewer, code: str) -> TeamFacts:
    found = await team_by_code(code)
    if found is None or not may_see_alerts(viewer, found.id):
        raise NotFound
    if not may_decide_alert(viewer, found.id):
        raise Forbidden
    return found


async def _page(
    request: Request[Any, Any, Any],
    team: TeamFacts,
    form: Form[Any] | None = None,
    *,
    seen: VersionForm | None = None,
    notice: str = "",
    status: int = 200,
) -> Response[str]:
    """The form; after `Stale` it carries what stands now, so that saving again saves."""
    settings = await safety_of_team(team.id)
    people = await support_workers()
    fields = safety_fields(people)
    known = _known(settings, {one.id: one.code for one in people})
    stale = status == 409
    keeps = None if stale else seen
    typed: Form[Any] = form or empty_form(**known.values)
    found: Mapping[str, object] = {}
    if stale and seen is not None:
        found = await overtaken("safety_settings", team.id, seen, fields, stands=known, typed=typed)
    return page(
        request,
        "safety/settings.html",
        status=status,
        team=team,
        form=typed,
        fields={one.name: one for one in fields},
        version=settings.version if keeps is None else keeps.version,
        seen="",
        known=texts_seen(known.values, known.several) if keeps is None else keeps.known,
        stale=stale,
        back=f"/safety/{team.code}",
        notice_text=notice,
        **found,
    )


def _known(settings: TeamSafety, codes: Mapping[int, str]) -> Known:
    """The settings as the form's texts; people by their codes."""
    texts = {name: getattr(settings, name) for name in TeamSafety.__slots__}
    for name in ("deputy", "on_call"):
        texts[name] = codes.get(texts[name] or 0, "")
    return Known(values={name: str(value) for name, value in texts.items()})


ROUTES = (show, save)
