"""Errors as people and programs read them: a page in the reader's language, or problem JSON."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from service.errors import (
    DatabaseOutOfDate,
    DatabaseUnavailable,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    Stale,
    ThuisrondeError,
)
from service.web.i18n import N_, best_language, gettext, speak
from service.web.routing import NotSignedIn

_log = structlog.get_logger("thuisronde.web")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in the words of RFC 9457; texts are English until they are shown."""

    status: int
    title: str
    detail: str
    advice: str
    fields: Mapping[str, str] | None = None
    retry_after: int | None = None


_NOT_FOUND = Problem(
    404,
    N_("There is nothing here"),
    N_("This page does not exist, or it is not yours to see."),
    N_("Go to the start page, or ask the person who gave you the address."),
)
_SERVER = Problem(
    500,
    N_("Something broke on our side"),
    N_("The service could not finish this. Nothing was changed halfway."),
    N_("Try again in a moment. If it stays, tell your administrator the time it happened."),
)
_UNAVAILABLE = Problem(
    503,
    N_("The service is not reachable for a moment"),
    N_("The database does not answer."),
    N_("Wait a minute and load the page again."),
    retry_after=30,
)
_BAD_REQUEST = Problem(
    400,
    N_("This could not be understood"),
    N_("The address or what was sent is not in the expected form."),
    N_("Go back and try again."),
)
_METHOD = Problem(
    405,
    N_("This cannot be done here"),
    N_("The page exists, but not for this kind of request."),
    N_("Go back and use the buttons of the page."),
)

# What `service.errors` says by itself: marked here, so that errors need no translations.
DEFAULT_SENTENCES = (
    N_("Not allowed."),
    N_("Somebody else changed this meanwhile."),
    N_("Load it again and repeat the change."),
)


def problem_of(error: Exception) -> Problem:
    """Name the problem behind an error; anything unexpected is a plain 500."""
    match error:
        case NotFound():
            return _NOT_FOUND
        case Forbidden(message=message, advice=advice):
            return Problem(403, N_("You may not do this"), message, advice)
        case Stale(message=message, advice=advice):
            return Problem(409, N_("Somebody was faster"), message, advice)
        case Invalid(fields=fields, advice=advice):
            return Problem(
                422,
                N_("Not everything is filled in well"),
                N_("Some fields were not accepted."),
                advice or N_("Go back and look at the marked fields."),
                fields=fields,
            )
        case Refused():
            return Problem(
                409,
                N_("This cannot be together"),
                N_("It would contradict what is written down already."),
                N_("Load the page again and look what changed."),
            )
        case DatabaseUnavailable() | DatabaseOutOfDate():
            return _UNAVAILABLE
        case ThuisrondeError():
            return _SERVER
        case HTTPException(status_code=404):
            return _NOT_FOUND
        case HTTPException(status_code=405):
            return _METHOD
        case HTTPException(status_code=status) if status < 500:
            return Problem(status, _BAD_REQUEST.title, _BAD_REQUEST.detail, _BAD_REQUEST.advice)
        case _:
            return _SERVER


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether the caller is a program: it asks for JSON and not for a page."""
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer an error; what is unexpected is logged by its kind, never by its text."""
    problem = problem_of(error)
    if problem.status >= 500:
        _log.error("request failed", **error_log_values(request, error))
    headers = {"Cache-Control": "no-store"}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if request.state.get("language") is None:
        speak(best_language(request.headers.get("Accept-Language", "")))
    if wants_json(request):
        return _as_json(problem, headers)
    return _as_page(request, problem, headers)


def error_log_values(request: Request[Any, Any, Any], error: Exception) -> dict[str, Any]:
    """Return what a log may say of an error: where it happened, never its own text."""
    return {"route": _route(request), "error": type(error).__name__, "where": _frames(error)}


def answer_not_signed_in(request: Request[Any, Any, Any], _error: Exception) -> Response[Any]:
    """Lead to the sign-in page and back; a program gets 401, htmx a whole new page."""
    from service.web.page import here  # page asks the menu, which asks the routes

    if wants_json(request):
        return _as_json(
            Problem(401, N_("Sign in first"), N_("Nobody is signed in."), N_("Sign in.")), {}
        )
    target = "/sign-in"
    if request.method == "GET" and request.url.path != "/":
        target = f"/sign-in?next={here(request).address}"
    if request.headers.get("HX-Request") == "true":
        return Response(content=None, status_code=401, headers={"HX-Redirect": "/sign-in"})
    return Response(content=None, status_code=303, headers={"Location": target})


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    NotSignedIn: answer_not_signed_in,
    ThuisrondeError: answer_error,
    HTTPException: answer_error,
    HTTPStatus.INTERNAL_SERVER_ERROR: answer_error,
    Exception: answer_error,
}


def _as_json(problem: Problem, headers: dict[str, str]) -> Response[Any]:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": gettext(problem.title),
        "status": problem.status,
        "detail": " ".join(gettext(text) for text in (problem.detail, problem.advice) if text),
    }
    if problem.fields:
        body["errors"] = {name: gettext(text) for name, text in problem.fields.items()}
    return Response(
        content=body,
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )


def _as_page(
    request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str]
) -> Response[Any]:
    from service.web.page import page, referring_page  # as above

    htmx = request.headers.get("HX-Request") == "true"
    template = "web/problem_fragment.html" if htmx else "web/problem.html"
    response = page(
        request, template, status=problem.status, problem=problem, back=referring_page(request)
    )
    response.headers.update(headers)
    response.media_type = MediaType.HTML
    return response


def _route(request: Request[Any, Any, Any]) -> str:
    """The route's pattern, without the values in it."""
    handler = request.scope.get("route_handler")
    return next(iter(sorted(handler.paths)), "unknown") if handler else "unknown"


def _frames(error: Exception) -> list[str]:
    """Where it happened, without the error's own text: that may quote a row."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
