"""No page ships more than 250 kB of its own on first load, compressed, map aside."""

import re
from pathlib import PurePosixPath

from litestar import Litestar

from service.access.sessions import cookie_name
from service.web.compression import gzipped
from service.web.static import static_files
from tests.service.web.access_table import ROWS
from tests.service.web.access_world import ACTORS, make_world
from tests.support.database import Server
from tests.support.web import browser

MOST = 250_000
PAGES = [row for row in ROWS if row.method == "GET" and 200 in row.statuses]
_LINKED = re.compile(r"/static/[0-9a-f]+/([\w./-]+)")
_IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[\w./-]+)["']""")
_STYLED = re.compile(r"""url\(["']?(?!data:)([\w./-]+)["']?\)""")


def files_of(html: str) -> set[str]:
    """The static files that a page loads, with what they import in turn."""
    found: set[str] = set()
    waiting = [name for name in _LINKED.findall(html) if name in static_files()]
    while waiting:
        name = waiting.pop()
        if name in found or "maplibre" in name:
            continue
        found.add(name)
        if not name.endswith((".js", ".css")):
            continue
        text = static_files()[name].content.decode()
        pattern = _IMPORTED if name.endswith(".js") else _STYLED
        waiting += [_beside(name, other) for other in pattern.findall(text)]
    return {name for name in found if name in static_files()}


def _beside(name: str, other: str) -> str:
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    for part in PurePosixPath(other).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def weight(content: bytes) -> int:
    return len(gzipped(content, padding=0))


def test_imports_are_followed() -> None:
    entry = next(name for name in static_files() if name.endswith("board.js"))
    found = files_of(f'<script src="/static/0/{entry}" type="module"></script>')
    assert {entry, "js/app.js"} < found


async def test_no_page_is_heavy(database: Server, app: Litestar) -> None:
    world = await make_world()
    heavy: dict[str, int] = {}
    seen = 0
    for row in PAGES:
        actor = ACTORS[row.statuses.index(200)]
        async with browser(app) as visitor:
            session = await world.session(actor)
            if session is not None and session.token is not None:
                visitor.client.cookies.set(cookie_name(secure=False), session.token)
            if "stream" in row.route or "events" in row.route:
                continue  # never ends
            answer = await visitor.get(row.path.format(**world.ids))
        if not answer.text.lower().startswith("<!doctype html>"):
            continue
        seen += 1
        files = files_of(answer.text)
        total = weight(answer.content)
        total += sum(weight(static_files()[name].content) for name in files)
        assert files, row.path
        if total > MOST:
            heavy[row.path] = total
    assert heavy == {}
    assert seen > 20
