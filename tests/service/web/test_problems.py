"""Errors as pages and as problem JSON: in the reader's language, with nothing personal."""

import logging
from typing import Any

import pytest
from litestar import Litestar, get
from litestar.exceptions import ClientException
from litestar.params import FromPath

from service.app import create_app
from service.errors import (
    DatabaseUnavailable,
    Forbidden,
    Invalid,
    Misconfigured,
    NotFound,
    Refused,
    Stale,
)
from service.settings import Settings
from service.web.problems import problem_of
from service.web.routing import PUBLIC
from tests.support.web import browser

SECRET = "Given Family, Rue Inventée 12"

ERRORS: dict[str, tuple[Exception, int]] = {
    "not-found": (NotFound(), 404),
    "forbidden": (Forbidden(), 403),
    "stale": (Stale(), 409),
    "refused": (Refused(constraint="tenancies_no_overlap", table="tenancies"), 409),
    "invalid": (Invalid({"day": "Fill this in."}), 422),
    "unavailable": (DatabaseUnavailable("The database does not answer."), 503),
    "misconfigured": (Misconfigured(f"The folder {SECRET} is not there."), 500),
    "unexpected": (ValueError(SECRET), 500),
    "client": (ClientException(detail=SECRET), 400),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """An application of this file's own, with a route that fails in every way."""
    failing = create_app(Settings(data_dir=tmp_path_factory.mktemp("failing")))

    @get("/fail/{name:str}", opt={**PUBLIC, "no_session": True})
    async def fail(name: FromPath[str]) -> None:
        raise ERRORS[name][0]

    failing.register(fail)
    return failing


@pytest.mark.parametrize("name", ERRORS)
async def test_an_error_is_a_page_in_the_readers_language(
    app: Litestar, name: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with browser(app, **{"Accept-Language": "nl-BE,nl;q=0.9"}) as visitor:
        answer = await visitor.get(f"/fail/{name}")
    assert answer.status_code == ERRORS[name][1]
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="nl">' in answer.text
    assert "<h1>" in answer.text
    logged = capsys.readouterr()
    everything = answer.text + logged.out + logged.err + caplog.text
    assert SECRET not in everything


@pytest.mark.parametrize("name", ERRORS)
async def test_a_program_gets_problem_json(app: Litestar, name: str) -> None:
    async with browser(app, Accept="application/json") as visitor:
        answer = await visitor.get(f"/fail/{name}")
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code == ERRORS[name][1]
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["title"] != body["detail"]
    assert SECRET not in answer.text
    assert body.get("errors") == ({"day": "Remplissez ce champ."} if name == "invalid" else None)


async def test_a_stale_form_leads_back_to_how_it_is_now(app: Litestar) -> None:
    came_from = {"Referer": "http://localhost:8000/board/ACT?day=2"}
    async with browser(app, **{"Accept-Language": "en"}) as visitor:
        answer = await visitor.get("/fail/stale", headers=came_from)
        foreign = await visitor.get("/fail/stale", headers={"Referer": "https://evil.example/x"})
    assert "Somebody else changed this meanwhile." in answer.text
    assert 'href="/board/ACT?day=2"' in answer.text
    assert "evil.example" not in foreign.text


async def test_htmx_gets_a_fragment(app: Litestar) -> None:
    async with browser(app, **{"HX-Request": "true"}) as visitor:
        answer = await visitor.get("/fail/forbidden")
    assert answer.status_code == 403
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


def test_an_unknown_error_says_nothing_of_itself() -> None:
    problem = problem_of(RuntimeError(SECRET))
    assert SECRET not in f"{problem.title} {problem.detail} {problem.advice}"
