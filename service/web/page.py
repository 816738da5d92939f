"""Turns a template into an answer: what every page knows about its reader, its place, its menu."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import MediaType, Request, Response

from service.access.policy import Viewer
from service.access.states import Language
from service.web.csrf import csrf_token, form_cookie, masked
from service.web.i18n import current_language
from service.web.navigation import NavigationItem, navigation
from service.web.phone_key import phone_key
from service.web.templates import environment

LANGUAGE_NAMES = {
    Language.DUTCH: "Nederlands",
    Language.FRENCH: "Français",
    Language.ENGLISH: "English",
}

# What an address may hold; anything else would not fit into a header.
_AS_IT_STANDS = "/?#[]@!$&'()*+,;=:%~"


@dataclass(frozen=True, slots=True)
class Here:
    """What the layout needs: `here` in every template."""

    path: str
    address: str
    viewer: Viewer | None
    language: Language
    csrf_token: str
    navigation: tuple[NavigationItem, ...]
    languages: dict[Language, str]
    return_to: str
    can_send_forms: bool
    unread: int | None
    phone_key: str


def page(
    request: Request[Any, Any, Any], template: str, *, status: int = 200, **values: object
) -> Response[str]:
    """Render a page or a fragment; `template` is '<folder>/<file>'. Never stored by caches."""
    content = environment().get_template(template).render(here=here(request), **values)
    response = Response(
        content=content,
        media_type=MediaType.HTML,
        status_code=status,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": current_language().value,
            "Vary": "Cookie, Accept-Language, HX-Request",
        },
    )
    if "session" in request.state and request.state["session"] is None:
        response.set_cookie(form_cookie(request))
    return response


def here(request: Request[Any, Any, Any]) -> Here:
    """Collect what the layout shows for this request."""
    viewer: Viewer | None = request.state.get("viewer")
    path = request.url.path
    query = request.url.query
    whole = f"{path}?{query}" if query else path
    return Here(
        path=path,
        address=quote(whole, safe="/"),
        viewer=viewer,
        language=current_language(),
        csrf_token=masked(csrf_token(request)),
        navigation=navigation(request.app, viewer, path=path),
        languages=LANGUAGE_NAMES,
        return_to=whole if request.method == "GET" else referring_page(request) or "/",
        can_send_forms="session" in request.state,
        unread=request.state.get("unread"),
        phone_key=phone_key(request),
    )


def redirect(request: Request[Any, Any, Any], path: str) -> Response[None]:
    """Send the browser on after a form was accepted; also when htmx sent the form."""
    path = quote(path, safe=_AS_IT_STANDS)
    if request.headers.get("HX-Request") == "true":
        return Response(content=None, status_code=204, headers={"HX-Redirect": path})
    return Response(content=None, status_code=303, headers={"Location": path})


def local_path(address: str, *, otherwise: str = "/") -> str:
    """Return `address` if it is a path on this host, else `otherwise`: no open redirect."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    if any(ord(sign) < 32 or sign == "\\" for sign in address):
        return otherwise
    return address


def referring_page(request: Request[Any, Any, Any]) -> str | None:
    """Return the path of our own page that the browser comes from, if it says so."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.headers.get("Host") or not parts.path:
        return None
    return local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
