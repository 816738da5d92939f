"""One's own notices: the newest first, read or not, and the bell that counts them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service import clock
from service.access.authentication import POLLED
from service.access.policy import Viewer
from service.errors import Invalid, NotFound
from service.notices.actions import mark_all_read, mark_read, mark_unread
from service.notices.queries import PAGE, NoticeRow, first_names, my_notices, notice_path
from service.notices.schemas import ReadForm
from service.notices.states import NoticeKind
from service.notices.types import kind_of, workers_in
from service.notices.words import Said, inside, said
from service.web.forms import read_form
from service.web.page import page, redirect
from service.web.routing import SIGNED_IN

_SIGNS = {
    NoticeKind.WEEK_PUBLISHED: "calendar-days",
    NoticeKind.CHANGED_TODAY: "clock",
    NoticeKind.REPAIR_ASKED: "calendar-x",
    NoticeKind.ABSENCE: "coffee",
    NoticeKind.LONE_WORKER: "shield-alert",
    NoticeKind.NO_CONTACT: "triangle-alert",
    NoticeKind.PROPOSAL: "hourglass",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in words."""

    id: int
    sign: str
    said: Said
    created_at: datetime
    read: bool


@get("/notices", opt=SIGNED_IN, name="notices")
async def show_notices(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    before: FromQuery[int | None] = None,
) -> Response[str]:
    """Show the viewer's notices, by day."""
    found = await my_notices(viewer, before=before)
    names = await first_names(code for row in found for code in workers_in(row.message))
    lines = [_line(row, names) for row in found]
    return page(
        request,
        "notices/list.html",
        days=_by_day(lines),
        newest=found[0].id if found else 0,
        unread=any(not line.read for line in lines),
        older=found[-1].id if len(found) == PAGE else None,
    )


@get("/notices/bell", opt=SIGNED_IN | {POLLED: True}, name="bell")
async def show_bell(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the bell alone, for pages that are open for a while."""
    return page(request, "notices/bell.html")


@get("/notices/{notice:int}", opt=SIGNED_IN, name="open_notice")
async def open_notice(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], notice: FromPath[int]
) -> Response[None]:
    """Lead to what a notice is about; it is read then."""
    path = await notice_path(viewer, notice)
    if path is None or not await mark_read(viewer, notice):
        raise NotFound
    return redirect(request, path)


@post("/notices/{notice:int}/read", opt=SIGNED_IN, name="read_notice")
async def send_read(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], notice: FromPath[int]
) -> Response[None]:
    """Mark a notice as read."""
    if not await mark_read(viewer, notice):
        raise NotFound
    return redirect(request, "/notices")


@post("/notices/{notice:int}/unread", opt=SIGNED_IN, name="unread_notice")
async def send_unread(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], notice: FromPath[int]
) -> Response[None]:
    """Mark a notice as not read."""
    if not await mark_unread(viewer, notice):
        raise NotFound
    return redirect(request, "/notices")


@post("/notices/read", opt=SIGNED_IN, name="read_notices")
async def send_all_read(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[None]:
    """Mark what was on the page as read."""
    form = await read_form(request, ReadForm)
    if form.data is None:
        raise Invalid(form.errors)
    await mark_all_read(viewer, up_to=form.data.up_to)
    return redirect(request, "/notices")


def _line(row: NoticeRow, names: dict[str, str]) -> Line:
    return Line(
        id=row.id,
        sign=_SIGNS[kind_of(row.message)],
        said=said(row.message, inside(names)),
        created_at=row.created_at,
        read=row.read_at is not None,
    )


def _by_day(lines: list[Line]) -> list[tuple[date, list[Line]]]:
    days: dict[date, list[Line]] = {}
    for line in lines:
        days.setdefault(line.created_at.astimezone(clock.BRUSSELS).date(), []).append(line)
    return list(days.items())


ROUTES = (show_notices, show_bell, open_notice, send_read, send_unread, send_all_read)
