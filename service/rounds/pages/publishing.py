"""Publishing a week: first exactly what will change and who gets it, then the deed."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service import clock
from service.access.policy import Viewer
from service.errors import Stale
from service.people.queries import tenant_names
from service.rounds import actions, sentences, words
from service.rounds.errors import DraftUnsafe
from service.rounds.overview import worker_names
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import board_path, led_team
from service.rounds.pages.view import view_of
from service.rounds.pages.visit import accepted
from service.rounds.publish_view import parts_of, texts_for
from service.rounds.queries import publication_preview
from service.rounds.schemas import DraftForm
from service.rounds.seeing import seen_by
from service.rounds.states import ChangeKind
from service.rounds.types import PublicationPreview
from service.teams.words import duty as duty_word
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect

_PATH = "/board/{team:str}/{week:date}/publish"


@get(_PATH, opt=LEADS, name="publish_preview")
async def preview(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show what publishing would change, and what forbids it."""
    return await _preview_page(request, viewer, team=team, week=week)


@post(_PATH, opt=LEADS, name="publish")
async def publish(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Publish the draft that was shown; another one is shown first."""
    await led_team(viewer, team)
    form = accepted(await read_form(request, DraftForm))
    try:
        published = await actions.publish_roster(
            viewer, team=team, week=week, expected_version=form.version
        )
    except Stale:
        text = _("Somebody changed the week while you were reading: this is the list now.")
    except DraftUnsafe:
        text = _("Nothing was published: the week breaks a rule that nobody may break.")
    else:
        target = f"{board_path(team, week)}?published={published.revision}"
        return redirect(request, target)
    return await _preview_page(request, viewer, team=team, week=week, problem=text, status=409)


async def _preview_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    *,
    team: str,
    week: date,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    choice = await led_team(viewer, team)
    found = await publication_preview(viewer, team=team, week=week)
    tenants = frozenset(line.tenant for line in found.changes)
    view = view_of(request)
    return page(
        request,
        "rounds/publish.html",
        status=status,
        preview=found,
        team=choice,
        week=week,
        problem=problem,
        groups=tuple(
            (kind, tuple(line for line in found.changes if line.kind is kind))
            for kind in ChangeKind
        ),
        parts=parts_of(found),
        texts=await texts_for(found.changes, now=clock.now()) if found.revision else (),
        to_tell=tuple(line for line in found.changes if line.promised),
        colleagues=await worker_names(_workers(found)),
        names=await tenant_names(viewer, tenants) if view.names else {},
        sentences=sentences,
        words=words,
        duty_word=duty_word,
    )


@get("/board/{team:str}/{week:date}/seen", opt=LEADS, name="seen")
async def seen(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Show who has seen what was published."""
    choice = await led_team(viewer, team)
    revision, people = await seen_by(viewer, team=team, week=week)
    return page(
        request, "rounds/seen.html", team=choice, week=week, revision=revision, people=people
    )


def _workers(preview: PublicationPreview) -> frozenset[str]:
    standings = [at for line in preview.changes for at in (line.before, line.after) if at]
    return frozenset(preview.recipients).union(*(at.workers for at in standings))


ROUTES = (preview, publish, seen)
