"""Errors under `/api` as problem JSON (RFC 9457), whatever the caller asked to be answered in."""

import math
from dataclasses import dataclass, field
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from service import clock
from service.access.states import Language
from service.api.errors import (
    BadRequest,
    RuleBroken,
    ScopeMissing,
    TokenRefused,
    TooManyFailures,
    VersionWanted,
    WrongMediaType,
)
from service.errors import (
    DatabaseOutOfDate,
    DatabaseUnavailable,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    Stale,
)
from service.web.i18n import gettext, speaking
from service.web.problems import EXCEPTION_HANDLERS as PAGE_HANDLERS
from service.web.problems import error_log_values
from service.web.routing import NotSignedIn

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
TYPES = "/api/v1#problem-"
"""A problem's type is an address: its paragraph in the readable document."""

_log = structlog.get_logger("thuisronde.api")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiProblem:
    """What goes out; `errors` are (pointer into the body or parameter, sentence)."""

    kind: str
    status: int
    title: str
    detail: str
    errors: tuple[dict[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


_SIMPLE: dict[type[Exception], tuple[str, int, str]] = {
    ScopeMissing: ("scope", 403, "The token may not do this"),
    Forbidden: ("forbidden", 403, "You may not do this"),
    VersionWanted: ("version-wanted", 428, "Say which version you change"),
    Stale: ("outdated", 412, "Somebody was faster"),
    WrongMediaType: ("media-type", 415, "Send JSON"),
}
"""Errors whose own sentence is the detail: kind, status and title."""


def api_problem(error: Exception) -> ApiProblem:
    """Name the problem behind an error; anything unexpected is a plain 500."""
    for known, (kind, status, title) in _SIMPLE.items():
        if isinstance(error, known):
            return ApiProblem(kind=kind, status=status, title=title, detail=_sentence(error))
    match error:
        case TokenRefused() | NotSignedIn():
            return ApiProblem(
                kind="token",
                status=401,
                title="A token is needed",
                detail="Send a personal token that holds: Authorization: Bearer thr_…",
                headers={"WWW-Authenticate": 'Bearer realm="thuisronde"'},
            )
        case TooManyFailures(until=until):
            wait = max(1, math.ceil((until - clock.now()).total_seconds()))
            return ApiProblem(
                kind="failures",
                status=429,
                title="Too many failures",
                detail=_sentence(error),
                headers={"Retry-After": str(wait)},
            )
        case NotFound():
            return ApiProblem(
                kind="not-found",
                status=404,
                title="There is nothing here",
                detail="It does not exist, or it is not yours to see.",
            )
        case Refused():
            return ApiProblem(
                kind="conflict",
                status=409,
                title="This cannot be together",
                detail="It would contradict what is written down already.",
            )
        case Invalid(fields=fields):
            return ApiProblem(
                kind="invalid",
                status=422,
                title="Not everything was accepted",
                detail=_sentence(error),
                errors=tuple(
                    {"pointer": _pointer(name), "detail": gettext(text)}
                    for name, text in fields.items()
                ),
            )
        case RuleBroken(sentences=sentences):
            return ApiProblem(
                kind="rule",
                status=409,
                title="A rule speaks against it",
                detail=_sentence(error),
                errors=tuple({"detail": sentence} for sentence in sentences),
            )
        case BadRequest(parameters=parameters):
            return _bad_request(_sentence(error), parameters)
        case _:
            return _of_the_framework(error)


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer an error; what is unexpected is logged by its kind, never by its text."""
    with speaking(Language.ENGLISH):  # programs read the type, people who write them the rest
        problem = api_problem(error)
    if problem.status >= 500:
        _log.error("request failed", **error_log_values(request, error))
    body: dict[str, Any] = {
        "type": f"{TYPES}{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = problem.errors
    return Response(
        content=body,
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "Content-Language": "en"} | problem.headers,
    )


def _either(page_handler: Any) -> Any:
    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        if request.url.path.startswith(PREFIX):
            return answer_problem(request, error)
        found: Response[Any] = page_handler(request, error)
        return found

    return answer


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    kind: _either(handler) for kind, handler in PAGE_HANDLERS.items()
}
"""Those of the pages, with the API's own answer under `/api/`."""


def _of_the_framework(error: Exception) -> ApiProblem:
    match error:
        case DatabaseUnavailable() | DatabaseOutOfDate():
            return ApiProblem(
                kind="unavailable",
                status=503,
                title="Not reachable for a moment",
                detail="The database does not answer. Try again.",
                headers={"Retry-After": "30"},
            )
        case ValidationException(extra=list() as extra):
            faults = {str(one["key"]): str(one["message"]) for one in extra if "key" in one}
            return _bad_request("Parameters were not accepted.", faults)
        case HTTPException(status_code=404):
            return api_problem(NotFound())
        case HTTPException(status_code=405, headers=headers):
            return ApiProblem(
                kind="method",
                status=405,
                title="Not this method",
                detail="The address exists, but not for this method.",
                headers=dict(headers or {}),
            )
        case HTTPException(status_code=413):
            return ApiProblem(
                kind="too-large", status=413, title="Too much", detail="A megabyte at most."
            )
        case HTTPException(status_code=status) if status < 500:
            return _bad_request("The request could not be read.", {})
        case _:
            return ApiProblem(
                kind="server",
                status=500,
                title="Something broke on our side",
                detail="The service could not finish this. Nothing was changed halfway.",
            )


def _bad_request(detail: str, parameters: dict[str, str]) -> ApiProblem:
    return ApiProblem(
        kind="bad-request",
        status=400,
        title="This could not be read",
        detail=detail,
        errors=tuple(
            {"parameter": name, "detail": gettext(text)} for name, text in parameters.items()
        ),
    )


def _sentence(error: Exception) -> str:
    texts = (str(getattr(error, "message", "")), str(getattr(error, "advice", "")))
    return " ".join(gettext(text) for text in texts if text)


def _pointer(name: str) -> str:
    return name if name.startswith("/") else f"/{name}"
