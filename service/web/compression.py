"""Compresses pages, data and static files with gzip; never event streams, feeds or pictures.

Litestar's own middleware compresses whatever is long enough: also event streams, whose lines it
would hold back, and feeds, whose strong ETag names the bytes as they are. Here the kind of content
decides.

A compressed page tells by its length whether a guessed text stands in it twice (BREACH). What
there is to steal so is the token of forms: it is masked anew in each page (`service.web.csrf`).
What remains is blurred: each answer that is not public is longer by a random number of bytes.
"""

import gzip
import secrets
from functools import lru_cache
from io import BytesIO

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

SMALLEST = 800
LONGEST_PADDING = 100
_LEVEL, _STATIC_LEVEL = 5, 9
_KINDS = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "image/svg+xml",
        "application/json",
        "application/problem+json",
        "application/manifest+json",
        "application/vnd.oai.openapi+json",
    }
)


class Compression(ASGIMiddleware):
    """Compresses whole answers of the known kinds for clients that take gzip."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Wait for the whole body where it comes in one piece; let anything else pass."""
        takes_gzip = accepts_gzip(Headers.from_scope(scope).get("accept-encoding", ""))
        start: HTTPResponseStartEvent | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_compressible(message):
                start = message
                return
            if start is not None and message["type"] == "http.response.body":
                headers = MutableScopeHeaders.from_message(start)
                headers.extend_header_value("vary", "Accept-Encoding")
                body = message["body"]
                if takes_gzip and not message.get("more_body") and len(body) >= SMALLEST:
                    message["body"] = _compressed(body, headers)
                await send(start)
                start = None
            await send(message)

        await next_app(scope, receive, sending)


def accepts_gzip(accept_encoding: str) -> bool:
    """Say whether a client takes gzip: named, or by '*', and not with a quality of 0."""
    found: dict[str, bool] = {}
    for part in accept_encoding.lower().split(",")[:20]:
        name, _, parameter = part.partition(";")
        quality = parameter.replace(" ", "").removeprefix("q=")
        found[name.strip()] = quality.rstrip("0").rstrip(".") not in {"", "0"} or not quality
    return found.get("gzip", found.get("*", False))


def _is_compressible(start: HTTPResponseStartEvent) -> bool:
    headers = MutableScopeHeaders.from_message(start)
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    return kind in _KINDS and "content-encoding" not in headers and "etag" not in headers


def _compressed(body: bytes, headers: MutableScopeHeaders) -> bytes:
    if headers.get("cache-control", "").startswith("public"):
        content = _public(body)
    else:
        content = gzipped(body, padding=secrets.randbelow(LONGEST_PADDING + 1))
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(content))
    return content


@lru_cache(maxsize=256)
def _public(body: bytes) -> bytes:
    """A static file, compressed once and well: it is the same for everybody."""
    return gzip.compress(body, compresslevel=_STATIC_LEVEL, mtime=0)


def gzipped(body: bytes, *, padding: int) -> bytes:
    """Return a body as gzip with a file name of so many signs in its head: it says nothing."""
    found = BytesIO()
    with gzip.GzipFile(
        filename="a" * padding, mode="wb", compresslevel=_LEVEL, fileobj=found, mtime=0
    ) as file:
        file.write(body)
    return found.getvalue()
