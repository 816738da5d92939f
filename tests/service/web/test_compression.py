"""What goes out compressed, what must not, and what the length of it can tell."""

import gzip
import re
from typing import Any

import pytest
from litestar import Litestar
from litestar.types import Message, Scope

from service.web.compression import SMALLEST, Compression, accepts_gzip, gzipped
from service.web.csrf import masked, unmasked
from tests.support.database import Server
from tests.support.web import Browser, browser, form_token, person


@pytest.mark.parametrize(
    ("sent", "takes"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("GZIP", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("identity, *;q=0", False),
    ],
)
def test_clients_say_what_they_take(sent: str, takes: bool) -> None:
    assert accepts_gzip(sent) is takes


def test_padding_makes_it_longer_and_says_nothing() -> None:
    body = b"the same " * 200
    lengths = {len(gzipped(body, padding=n)) for n in (0, 1, 50, 100)}
    assert len(lengths) == 4
    assert gzip.decompress(gzipped(body, padding=77)) == body


async def _through(messages: list[Message], accept: bytes = b"gzip") -> list[Any]:
    """What comes out of the middleware where an application sends `messages`."""
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    async def keep(message: Message) -> None:
        sent.append(message)

    scope: Any = {"type": "http", "headers": [(b"accept-encoding", accept)]}
    await Compression().handle(scope, None, keep, app)  # type: ignore[arg-type]
    return sent


def _answer(kind: str, *bodies: bytes, **headers: str) -> list[Any]:
    named = {"content-type": kind} | {name.replace("_", "-"): v for name, v in headers.items()}
    encoded = [(name.encode(), value.encode()) for name, value in named.items()]
    start = {"type": "http.response.start", "status": 200, "headers": encoded}
    last = len(bodies) - 1
    return [
        start,
        *(
            {"type": "http.response.body", "body": body, "more_body": i < last}
            for i, body in enumerate(bodies)
        ),
    ]


LONG = b"x" * SMALLEST


@pytest.mark.parametrize(
    "messages",
    [
        _answer("text/event-stream", LONG, LONG),
        _answer("text/event-stream", LONG),
        _answer("text/calendar; charset=utf-8", LONG),
        _answer("text/html", LONG, etag='"strong"'),
        _answer("image/png", LONG),
        _answer("text/html", LONG, content_encoding="br"),
    ],
)
async def test_streams_feeds_and_pictures_pass_as_they_are(messages: list[Any]) -> None:
    before = [dict(message) for message in messages]
    assert await _through(messages) == before


async def test_a_page_in_pieces_is_not_held_back() -> None:
    sent = await _through(_answer("text/html", LONG, LONG))
    assert [message.get("body") for message in sent] == [None, LONG, LONG]


async def test_pages_and_files_go_out_compressed(
    database: Server, app: Litestar, visitor: Browser
) -> None:
    for path in ("/sign-in", "/static/x/css/base.css", "/api/v1", "/api/v1/openapi.json"):
        plain = await visitor.get(path, headers={"Accept-Encoding": "identity"})
        packed = await visitor.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip", path
        assert int(packed.headers["content-length"]) < len(plain.content) * 0.6
        for answer in (plain, packed):
            assert "Accept-Encoding" in answer.headers["vary"]
        if not path.startswith("/static"):
            continue
        assert packed.content == plain.content


async def test_what_is_small_stays(database: Server, visitor: Browser) -> None:
    answer = await visitor.get("/health", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


async def test_a_page_shows_its_token_in_other_signs_each_time(
    database: Server, app: Litestar
) -> None:
    await person("amina", "administrator")
    async with browser(app) as visitor:
        await visitor.sign_in("amina")
        pages = [(await visitor.get("/account")).text for _ in range(2)]
    shown = [form_token(page) for page in pages]
    assert shown[0] != shown[1]
    (token,) = {unmasked(each) for each in shown}
    assert all(token not in page for page in pages)
    # htmx and the forms of one page carry the same signs: nothing else in it does.
    assert all(len(set(re.findall(r"[A-Za-z0-9_-]{100,}={0,2}", page))) == 1 for page in pages)


def test_a_mask_hides_and_is_taken_off() -> None:
    assert masked("secret") != masked("secret")
    assert unmasked(masked("secret")) == "secret"
    for nonsense in ("", "abc", "é", "A" * 99, masked("x")[:-2]):
        assert unmasked(nonsense) != "secret"
