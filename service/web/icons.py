"""Icons, written into the page: no request, and they take the colour of their text."""

import re
from functools import lru_cache

from markupsafe import Markup

from service.web.static import static_files

_FOLDER = "vendor/lucide/"
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=256)
def icon(name: str, *, label: str = "") -> Markup:
    """Return an icon as SVG; without a label it is decoration and hidden from screen readers.

    Raises `KeyError` for an icon that is not shipped in `static/vendor/lucide`.
    """
    named = Markup('role="img" aria-label="{}"').format(label) if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704 (our own files)
        f'<svg class="icon" viewBox="0 0 24 24" {named}>{_inner(name)}</svg>'
    )


def drawn_icon(name: str, *, x: float, y: float, size: int) -> Markup:
    """Return an icon for the inside of a drawing, where no style sheet sets its size."""
    return Markup(  # noqa: S704 (our own files)
        f'<svg class="icon" viewBox="0 0 24 24" x="{x}" y="{y}" width="{size}" height="{size}"'
        f' aria-hidden="true">{_inner(name)}</svg>'
    )


def _inner(name: str) -> str:
    file = static_files().get(f"{_FOLDER}{name}.svg")
    if file is None:
        raise KeyError(f"there is no icon {name!r} in static/vendor/lucide")
    found = _INNER.search(file.content.decode())
    assert found is not None, name
    return " ".join(found[1].split())
