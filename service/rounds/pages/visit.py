"""What a lead does with one visit, from its panel: pin, promise, move, take off, call off.

Sent by htmx, the answer is the board as it now stands with a word on what was done; sent as a
plain form, the browser is led back to the board. A change of a draft that somebody else changed
meanwhile is not done: the panel comes back as it stands now, with what was typed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from litestar import Request, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from service import clock
from service.access.policy import Viewer
from service.errors import Invalid, Stale
from service.rounds import actions
from service.rounds.pages.board import LEADS
from service.rounds.pages.compose import (
    Notice,
    Typed,
    Undo,
    all_visits,
    board_page,
    board_path,
    led_team,
)
from service.rounds.queries import roster_board
from service.rounds.schemas import DraftForm, MoveForm, PromiseForm
from service.rounds.types import BoardVisit, DraftChange
from service.web.forms import Form, read_form
from service.web.i18n import gettext as _
from service.web.i18n import ngettext

F = TypeVar("F")
_BASE = "/board/{team:str}/{week:date}/visits/{visit:int}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose visit, where: the address of a request."""

    request: Request[Any, Any, Any]
    viewer: Viewer
    team: str
    week: date
    visit: int

    async def page(
        self, *, notice: Notice | None = None, typed: Typed | None = None, status: int = 200
    ) -> Response[Any]:
        return await board_page(
            self.request,
            self.viewer,
            team=self.team,
            week=self.week,
            visit=self.visit,
            notice=notice,
            typed=typed,
            status=status,
        )

    async def as_it_stands(self) -> BoardVisit | None:
        """The visit as the board shows it; None where it was called off."""
        board = await roster_board(self.viewer, team=self.team, week=self.week)
        return next((one for one in all_visits(board) if one.id == self.visit), None)

    def undo(self, verb: str, *fields: tuple[str, str]) -> Undo:
        path = f"{board_path(self.team, self.week)}/visits/{self.visit}/{verb}"
        return Undo(path=path, fields=fields)


async def led_visit(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> _Place:
    """The place of a request, once it is clear that its sender leads the team."""
    await led_team(viewer, team)
    return _Place(request, viewer, team, week, visit)


_LED = {"place": Provide(led_visit)}


@post(f"{_BASE}/pin", opt=LEADS, name="pin_visit", dependencies=_LED)
async def pin(place: NamedDependency[_Place]) -> Response[Any]:
    """Hold the visit where it is."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.pin_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Pinned: planning again leaves it here.")),
    )


@post(f"{_BASE}/unpin", opt=LEADS, name="unpin_visit", dependencies=_LED)
async def unpin(place: NamedDependency[_Place]) -> Response[Any]:
    """Let the planner move the visit again."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.unpin_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("No longer pinned: planning again may move it.")),
    )


@post(f"{_BASE}/promise", opt=LEADS, name="promise_visit", dependencies=_LED)
async def promise(place: NamedDependency[_Place]) -> Response[Any]:
    """Note whether the tenant was told the time."""
    form = accepted(await read_form(place.request, PromiseForm))
    told = _("Promised: moving it is dear now, and puts the tenant on the list of those to tell.")
    return await _change(
        place,
        lambda: actions.promise_visit(
            place.viewer, place.visit, promised=form.promised, expected_version=form.version
        ),
        Notice(told if form.promised else _("No longer promised.")),
    )


@post(f"{_BASE}/unplace", opt=LEADS, name="unplace_visit", dependencies=_LED)
async def unplace(place: NamedDependency[_Place]) -> Response[Any]:
    """Take the visit off the week."""
    form = accepted(await read_form(place.request, DraftForm))
    before = await place.as_it_stands()
    return await _change(
        place,
        lambda: actions.unplace_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Taken off: it is on the waiting list."), undo=_back(place, before)),
    )


@post(f"{_BASE}/cancel", opt=LEADS, name="cancel_visit", dependencies=_LED)
async def cancel(place: NamedDependency[_Place]) -> Response[Any]:
    """Call the visit off for this week; it then stands nowhere on the board."""
    form = accepted(await read_form(place.request, DraftForm))
    before = await place.as_it_stands()
    return await _change(
        place,
        lambda: actions.cancel_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Called off: it is not asked again this week."), undo=_back(place, before)),
        panel=False,
    )


@post(f"{_BASE}/move", opt=LEADS, name="move_visit", dependencies=_LED)
async def move(place: NamedDependency[_Place]) -> Response[Any]:
    """Place the visit by hand, and pin it there."""
    typed = await _typed(place.request)
    form = await read_form(place.request, MoveForm)
    if form.data is None:
        errors = dict(form.errors)
        if "time" in errors:
            errors["time"] = _("Give a time, such as 09:30.")
        return await place.page(typed=_with(typed, errors), status=422)
    wanted = form.data
    before = await place.as_it_stands()
    try:
        return await _change(
            place,
            lambda: actions.move_visit(
                place.viewer,
                place.visit,
                day=wanted.day,
                start=wanted.start,
                workers=wanted.workers,
                expected_version=wanted.version,
            ),
            Notice(_("Placed by hand, and pinned there."), undo=_back(place, before)),
            typed=typed,
        )
    except Invalid as invalid:
        seats = before.workers_needed if before else 1
        errors = {name: _refusal(name, seats) for name in invalid.fields}
        return await place.page(typed=_with(typed, errors), status=422)


def accepted(form: Form[Any]) -> Any:
    """Return what a form sent, or raise `Invalid`: its hidden fields are ours."""
    if form.data is None:
        raise Invalid(form.errors)
    return form.data


async def _change(
    place: _Place,
    change: Callable[[], Awaitable[DraftChange]],
    done: Notice,
    *,
    typed: Typed | None = None,
    panel: bool = True,
) -> Response[Any]:
    """Do it; answer the board with a notice, or the panel as it stands where it is too late."""
    try:
        changed = await change()
    except Stale:
        return await place.page(notice=_too_late(), typed=typed, status=409)
    notice = Notice(done.text, breaches=changed.breaches, undo=done.undo)
    htmx = place.request.headers.get("HX-Request") == "true"
    shown = place.visit if panel else None
    if htmx or notice.breaches:
        return await board_page(
            place.request,
            place.viewer,
            team=place.team,
            week=place.week,
            visit=shown,
            notice=notice,
        )
    target = board_path(place.team, place.week, visit=shown)
    return Response(content=None, status_code=303, headers={"Location": target})


def _refusal(field: str, workers_needed: int) -> str:
    """What is asked of a field that the move refused."""
    if field == "day":
        return _("Choose a day of this week.")
    if field == "start":
        return _("Choose a time on full five minutes that leaves room before midnight.")
    return ngettext(
        "Choose a worker of the team.", "Choose %(num)s different workers.", workers_needed
    )


def _too_late() -> Notice:
    return Notice(
        _(
            "Somebody changed this week meanwhile, so nothing was done."
            " This is how it stands now; what you typed is kept. Look, and send it again."
        ),
        alarm=True,
    )


def _back(place: _Place, before: BoardVisit | None) -> Undo:
    """The form that puts a visit back where it stood: by hand, so it is pinned afterwards."""
    if before is None or before.starts_at is None:
        return place.undo("unplace")
    start = before.starts_at.astimezone(clock.BRUSSELS)
    return place.undo(
        "move",
        ("day", start.date().isoformat()),
        ("time", start.strftime("%H:%M")),
        *(("workers", code) for code in before.workers),
    )


async def _typed(request: Request[Any, Any, Any]) -> Typed:
    sent = await request.form()
    return Typed(
        day=str(sent.get("day") or ""),
        time=str(sent.get("time") or ""),
        workers=tuple(str(code) for code in sent.getall("workers", []) if code),
        errors={},
    )


def _with(typed: Typed, errors: dict[str, str]) -> Typed:
    return Typed(day=typed.day, time=typed.time, workers=typed.workers, errors=errors)


ROUTES = (pin, unpin, promise, unplace, cancel, move)
