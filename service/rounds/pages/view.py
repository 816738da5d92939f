"""How a reader wants the board shown: codes or names, wide or dense. A choice of the browser."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

COOKIE = "thuisronde-view"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class View:
    """`names`: tenants by name where the reader may see it, else by code; `dense`: small cells."""

    names: bool = False
    dense: bool = False


def view_of(request: Request[Any, Any, Any]) -> View:
    """Return the choice kept in this browser."""
    kept = request.cookies.get(COOKIE, "").split(".")
    return View(names="names" in kept, dense="dense" in kept)


def view_cookie(request: Request[Any, Any, Any], view: View) -> Cookie:
    """Return the cookie that keeps a choice; it holds no personal data."""
    kept = [word for word, on in (("names", view.names), ("dense", view.dense)) if on]
    return Cookie(
        key=COOKIE,
        value=".".join(kept) or "codes",
        max_age=_YEAR,
        path="/",
        secure=bool(request.app.state["secure_cookies"]),
        httponly=True,
        samesite="lax",
    )
