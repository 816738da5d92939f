"""What every answer carries, whatever it answers."""

import pytest
from litestar import Litestar

from tests.support.database import Server
from tests.support.web import browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in", 200),
        ("/account", 303),
        ("/nowhere", 404),
        ("/account/nowhere/at/all", 404),
        ("/static/x/css/base.css", 200),
        ("/health", 200),
    ],
)
async def test_every_answer_is_guarded(
    database: Server, app: Litestar, path: str, status: int
) -> None:
    async with browser(app) as visitor:
        answer = await visitor.get(path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    expected = "no-cache" if path.startswith("/static/") else "no-store"
    assert headers["cache-control"] == expected


async def test_https_is_held_on_to(database: Server, app: Litestar) -> None:
    async with browser(app, host="https://rounds.example") as visitor:
        answer = await visitor.get("/health")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_search_engines_are_asked_to_stay_out(app: Litestar) -> None:
    async with browser(app) as visitor:
        text = (await visitor.get("/robots.txt")).text
    assert "User-agent: *" in text
    assert "Disallow: /" in text.splitlines()


async def test_health_is_the_databases_word(app: Litestar, database: Server) -> None:
    async with browser(app) as visitor:
        assert (await visitor.get("/health")).text == "ok"


async def test_health_fails_without_a_database(app: Litestar) -> None:
    """No database is open in this test: the program runs, the service does not."""
    async with browser(app, Accept="application/json") as visitor:
        answer = await visitor.get("/health")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert answer.json()["title"] == "Le service est momentanément inaccessible"


@pytest.mark.parametrize("path", ["/tenants", f"/calendars/{'A' * 32}.ics"])
async def test_options_say_what_is_allowed_and_lead_nowhere(
    app: Litestar, database: Server, path: str
) -> None:
    """Calendar programs ask first; a way to the sign-in page would be no answer to them."""
    async with browser(app) as visitor:
        answer = await visitor.client.options(path)
    assert answer.status_code == 204
    assert "GET" in answer.headers["allow"]
    assert "A" * 32 not in str(answer.headers)
