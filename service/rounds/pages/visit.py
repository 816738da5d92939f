"""What one does with one visit, from its panel or by hand: pin, promise, move, take off, call off.

Sent by htmx, the answer is the board as it now stands with a word on what was done; sent as a
plain form, the browser is led back to the board. A change of a visit that somebody else changed
meanwhile is not done: the panel comes back as it stands now, with what was typed and who did what.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid, Stale
from service.rounds import actions
from service.rounds.errors import MoveRefused
from service.rounds.own_visits import visit_seats
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import (
    Notice,
    Typed,
    Undo,
    board_page,
    board_path,
    changed_team,
    undo_of,
)
from service.rounds.pages.telling import refusal, said_by_hand, slides, step_in_words
from service.rounds.queries import draft_steps
from service.rounds.schemas import DraftForm, MoveForm, PromiseForm, SwapForm
from service.rounds.types import DraftChange
from service.web.forms import Form, read_form
from service.web.i18n import gettext as _
from service.web.i18n import ngettext

MOST_DIGITS = 10
_BASE = "/board/{team:str}/{week:date}/visits/{visit:int}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose visit, where: the address of a request."""

    request: Request[Any, Any, Any]
    viewer: Viewer
    team: str
    week: date
    visit: int

    @property
    def by_hand(self) -> bool:
        """Whether it was dragged or moved by keys: the answer is said, the panel left as it is."""
        return self.request.query_params.get("hand") == "true"

    @property
    def shown(self) -> int | None:
        """The visit whose panel is open."""
        asked = self.request.query_params.get("show", "")
        if not self.by_hand:
            return self.visit
        return int(asked) if asked.isdecimal() and len(asked) < MOST_DIGITS else None

    async def page(
        self, *, notice: Notice | None = None, typed: Typed | None = None, status: int = 200
    ) -> Response[Any]:
        return await board_page(
            self.request,
            self.viewer,
            team=self.team,
            week=self.week,
            visit=self.shown,
            day=self.request.query_params.get("day"),
            notice=notice,
            typed=typed,
            status=status,
        )

    def undo(self, step: int | None, *, panel: bool) -> Undo | None:
        """The way back from a step, to the panel if that stays open."""
        return undo_of(self.team, self.week, step, show=self.shown if panel else None)


async def visit_at(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> _Place:
    """The place of a request, once it is clear that its sender changes weeks of the team."""
    await changed_team(viewer, team)
    return _Place(request, viewer, team, week, visit)


_AT = {"place": Provide(visit_at)}


@post(f"{_BASE}/pin", opt=SUPPORT, name="pin_visit", dependencies=_AT)
async def pin(place: NamedDependency[_Place]) -> Response[Any]:
    """Hold the visit where it is."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.pin_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Pinned: planning again leaves it here.")),
    )


@post(f"{_BASE}/unpin", opt=SUPPORT, name="unpin_visit", dependencies=_AT)
async def unpin(place: NamedDependency[_Place]) -> Response[Any]:
    """Let the planner move the visit again."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.unpin_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("No longer pinned: planning again may move it.")),
    )


@post(f"{_BASE}/promise", opt=SUPPORT, name="promise_visit", dependencies=_AT)
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


@post(f"{_BASE}/unplace", opt=SUPPORT, name="unplace_visit", dependencies=_AT)
async def unplace(place: NamedDependency[_Place]) -> Response[Any]:
    """Take the visit off the week."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.unplace_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Taken off: it is on the waiting list.")),
    )


@post(f"{_BASE}/cancel", opt=SUPPORT, name="cancel_visit", dependencies=_AT)
async def cancel(place: NamedDependency[_Place]) -> Response[Any]:
    """Call the visit off for this week; it then stands nowhere on the board."""
    form = accepted(await read_form(place.request, DraftForm))
    return await _change(
        place,
        lambda: actions.cancel_visit(place.viewer, place.visit, expected_version=form.version),
        Notice(_("Called off: it is not asked again this week.")),
        panel=False,
    )


@post(f"{_BASE}/move", opt=SUPPORT, name="move_visit", dependencies=_AT)
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
                strict=wanted.strict,
            ),
            Notice(_("Placed by hand, and pinned there.")),
            typed=typed,
            seen=wanted.version,
        )
    except MoveRefused as refused:
        notice = Notice(_("It cannot go there."), lines=await refusal(refused), alarm=True)
        return await _answered(place, notice, typed=typed, status=422)
    except Invalid as invalid:
        seats = await visit_seats(place.visit)
        errors = {name: _refusal(name, seats) for name in invalid.fields}
        return await place.page(typed=_with(typed, errors), status=422)


@post(f"{_BASE}/swap", opt=SUPPORT, name="swap_visits", dependencies=_AT)
async def swap(place: NamedDependency[_Place]) -> Response[Any]:
    """Let it change places with another visit of the week."""
    form = accepted(await read_form(place.request, SwapForm))
    try:
        return await _change(
            place,
            lambda: actions.swap_visits(
                place.viewer, place.visit, form.other, expected_version=form.version
            ),
            Notice(_("They changed places, and are pinned there.")),
        )
    except MoveRefused as refused:
        notice = Notice(_("They cannot change places."), lines=await refusal(refused), alarm=True)
        return await _answered(place, notice, status=422)


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
    seen: int | None = None,
) -> Response[Any]:
    """Do it; answer the board with a notice, or the panel as it stands where it is too late."""
    try:
        changed = await change()
    except Stale:
        return await _answered(place, await too_late(place, seen), typed=typed, status=409)
    notice = Notice(
        done.text,
        breaches=changed.breaches,
        undo=place.undo(changed.step, panel=panel),
        lines=slides(changed.slid),
    )
    htmx = place.request.headers.get("HX-Request") == "true"
    shown = place.shown if panel else None
    if htmx or notice.breaches:
        return await _answered(place, notice, visit=shown)
    target = board_path(place.team, place.week, visit=shown)
    return Response(content=None, status_code=303, headers={"Location": target})


async def _answered(
    place: _Place,
    notice: Notice,
    *,
    typed: Typed | None = None,
    status: int = 200,
    visit: int | None = None,
) -> Response[Any]:
    """The board with the notice; moved by hand, the notice is said and the board left quiet."""
    response = await board_page(
        place.request,
        place.viewer,
        team=place.team,
        week=place.week,
        visit=visit if status == 200 else place.shown,
        day=place.request.query_params.get("day"),
        notice=None if place.by_hand else notice,
        typed=typed,
        status=status,
    )
    if place.by_hand:
        response.headers["HX-Trigger"] = said_by_hand(notice, place.visit)
    return response


def _refusal(field: str, workers_needed: int) -> str:
    """What is asked of a field that the move refused."""
    if field == "day":
        return _("Choose a day of this week.")
    if field == "start":
        return _("Choose a time on full five minutes that leaves room before midnight.")
    return ngettext(
        "Choose a worker of the team.", "Choose %(num)s different workers.", workers_needed
    )


async def too_late(place: _Place, seen: int | None) -> Notice:
    """Say that nothing was done, and what others did since the reader looked."""
    since = seen if seen is not None else await _seen(place.request)
    steps = await draft_steps(place.viewer, team=place.team, week=place.week, after=since)
    return Notice(
        _(
            "Somebody changed this week meanwhile, so nothing was done."
            " This is how it stands now; what you typed is kept. Look, and send it again."
        ),
        lines=tuple(step_in_words(step) for step in steps),
        alarm=True,
    )


async def _seen(request: Request[Any, Any, Any]) -> int:
    sent = str((await request.form()).get("version") or "")
    return int(sent) if sent.isdecimal() and len(sent) < MOST_DIGITS else 0


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


ROUTES = (pin, unpin, promise, unplace, cancel, move, swap)
