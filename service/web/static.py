"""Static files: found in the package, served under a name that changes with their content."""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from service.errors import NotFound
from service.web.routing import PUBLIC

FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file in memory."""

    content: bytes
    media_type: str


def static_folder() -> Path:
    """Return the folder of the static files in the installed package."""
    return Path(str(files("service.web").joinpath("static")))


@lru_cache(maxsize=1)
def static_files() -> dict[str, StaticFile]:
    """Read every static file, by its path below the folder."""
    folder = static_folder()
    return {
        path.relative_to(folder).as_posix(): StaticFile(
            content=path.read_bytes(), media_type=_media_type(path)
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _TYPES
    }


@lru_cache(maxsize=1)
def build_hash() -> str:
    """Return a hash of all static files: one for all, so that they can refer to each other."""
    digest = hashlib.sha256()
    for name, file in static_files().items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(file.content).digest())
    return digest.hexdigest()[:16]


def static_url(name: str) -> str:
    """Return the address of a static file; raises `KeyError` for one that does not exist."""
    if name not in static_files():
        raise KeyError(f"there is no static file {name!r}")
    return f"/static/{build_hash()}/{name}"


@get("/static/{build:str}/{name:path}", opt={**PUBLIC, "no_session": True}, name="static")
async def static(build: FromPath[str], name: FromPath[Path]) -> Response[bytes]:
    """Serve a file for ever under the current hash; an older hash gets today's file, uncached."""
    file = static_files().get(name.as_posix().lstrip("/"))
    if file is None:
        raise NotFound
    return Response(
        content=file.content,
        media_type=file.media_type,
        headers={"Cache-Control": FOREVER if build == build_hash() else "no-cache"},
    )


def _media_type(path: Path) -> str:
    return (
        _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )
