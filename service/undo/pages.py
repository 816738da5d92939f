"""The button that takes a change back."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from service.access.policy import Viewer
from service.errors import Invalid, Stale
from service.undo.actions import take_back
from service.undo.said import after
from service.web.forms import read_form
from service.web.page import local_path, redirect
from service.web.routing import SIGNED_IN


class UndoForm(msgspec.Struct, frozen=True):
    """Where to go on."""

    next: Annotated[str, Meta(max_length=500)] = "/"


@post("/undo/{step:int}", opt=SIGNED_IN, name="undo")
async def undo(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], step: FromPath[int]
) -> Response[Any]:
    """Take a change of one's own back, and say whether it could be."""
    form = await read_form(request, UndoForm)
    target = local_path(form.data.next if form.data else "/").partition("?")[0]
    try:
        await take_back(viewer, step)
    except Stale:
        return redirect(request, after(target, said="undo_stale"))
    except Invalid:
        return redirect(request, after(target, said="undo_needed"))
    return redirect(request, after(target, said="undone"))


ROUTES: tuple[ControllerRouterHandler, ...] = (undo,)
