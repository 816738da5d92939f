"""A page with every part of the look, for the browser tests alone."""

from pathlib import Path
from typing import Any, cast

from jinja2 import FileSystemLoader, PrefixLoader
from litestar import Litestar, Request, Response, get

from service.web.forms import Form
from service.web.page import page
from service.web.routing import PUBLIC
from service.web.templates import environment


@get("/gallery", opt=PUBLIC)
async def gallery(request: Request[Any, Any, Any]) -> Response[str]:
    """Show each part once; one field has an error."""
    form: Form[Any] = Form(
        values={"wrong": "typed before"}, errors={"wrong": "This is not as it should be."}
    )
    return page(request, "gallery/gallery.html", form=form)


def add_gallery(app: Litestar) -> None:
    """Put the page and its template into an application."""
    templates = Path(__file__).parent / "templates"
    loader = cast("PrefixLoader", environment().loader)
    loader.mapping = {**loader.mapping, "gallery": FileSystemLoader(templates)}
    app.register(gallery)
