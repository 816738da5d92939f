"""What a page's script says of its browser: take pushes, is it still mine; and taking it away."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.browsers import browser_name
from service.access.policy import Viewer
from service.errors import Invalid
from service.notices.browsers import add_browser, is_mine, read_browser, remove_browser
from service.notices.schemas import EndpointForm, SubscriptionForm
from service.web.forms import read_form
from service.web.page import redirect
from service.web.routing import PUBLIC, SIGNED_IN
from service.web.static import static_files

PATH = "/account/notices/browsers"


@post(PATH, opt=SIGNED_IN, name="add_push_browser", status_code=204)
async def send_browser(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> None:
    """Send pushes to this browser from now on."""
    form = await read_form(request, SubscriptionForm)
    if form.data is None:
        raise Invalid(form.errors)
    browser = read_browser(
        endpoint=form.data.endpoint,
        public_key=form.data.public_key,
        secret=form.data.secret,
        settings=request.app.state["settings"],
    )
    name = browser_name(request.headers.get("User-Agent", ""))
    await add_browser(viewer, request.state["session"].id, browser, name=name)


@post(f"{PATH}/mine", opt=SIGNED_IN, name="is_push_browser_mine", status_code=200)
async def send_question(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> dict[str, bool]:
    """Say whether this browser's pushes are the viewer's; those of somebody else end here."""
    form = await read_form(request, EndpointForm)
    if form.data is None:
        raise Invalid(form.errors)
    return {"mine": await is_mine(viewer, request.state["session"].id, form.data.endpoint)}


@post(f"{PATH}/{{browser:int}}/remove", opt=SIGNED_IN, name="remove_push_browser")
async def send_removal(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], browser: FromPath[int]
) -> Response[None]:
    """Send no more pushes to one of the viewer's browsers."""
    await remove_browser(viewer, browser)
    return redirect(request, "/account/notices?notice=browser")


@get("/push-worker.js", opt={**PUBLIC, "no_session": True}, name="push_worker")
async def push_worker() -> Response[bytes]:
    """Serve the service worker that shows pushes; it handles no request and keeps nothing."""
    return Response(
        content=static_files()["js/push-worker.js"].content,
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


ROUTES = (push_worker, send_browser, send_question, send_removal)
