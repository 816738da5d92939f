"""The kinds of problems: status, when it comes, and which operations can answer with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.api.problems import MEDIA_TYPE, TYPES


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the document; `types` are the ends of the problem types of this status."""

    name: str
    status: int
    types: tuple[str, ...]
    when: str
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> dict[str, Any]:
        """Return the response object of the OpenAPI document, with an invented example."""
        found: dict[str, Any] = {
            "description": self.when,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": f"{TYPES}{self.types[0]}",
                        "title": self.name,
                        "status": self.status,
                        "detail": self.when,
                    },
                }
            },
        }
        if self.headers:
            found["headers"] = {
                name: {"description": text, "schema": {"type": "string"}}
                for name, text in self.headers
            }
        return found


BAD_REQUEST = Kind(
    "BadRequest",
    400,
    ("bad-request",),
    "A parameter is unknown or not as described, or the body is not JSON.",
)
UNAUTHORIZED = Kind(
    "TokenNeeded",
    401,
    ("token",),
    "There is no token, or it expired, was ended or never existed, or its account has ended.",
    (("WWW-Authenticate", "Bearer"),),
)
FORBIDDEN = Kind(
    "Forbidden",
    403,
    ("scope", "forbidden"),
    "The token lacks the scope, or the account may see this but not do it.",
)
NOT_FOUND = Kind(
    "NotFound", 404, ("not-found",), "It does not exist, or it is not the caller's to see."
)
METHOD = Kind(
    "Method",
    405,
    ("method",),
    "The address exists, but not for this method.",
    (("Allow", "The methods that there are."),),
)
CONFLICT = Kind(
    "Conflict",
    409,
    ("conflict", "rule"),
    "It would contradict what is written down already, or break a hard rule of planning.",
)
OUTDATED = Kind(
    "Outdated",
    412,
    ("outdated",),
    "`If-Match` is not the current version: read again, then change.",
)
TOO_LARGE = Kind("TooLarge", 413, ("too-large",), "The body is larger than a megabyte.")
MEDIA = Kind("NotJson", 415, ("media-type",), "The body is not said to be application/json.")
INVALID = Kind(
    "Invalid", 422, ("invalid",), "Fields were not accepted; `errors` names every one of them."
)
VERSION_WANTED = Kind(
    "VersionWanted", 428, ("version-wanted",), "A change needs `If-Match` with the version seen."
)
FAILURES = Kind(
    "TooManyFailures",
    429,
    ("failures",),
    "Too many tokens that do not hold came from this address.",
    (("Retry-After", "Seconds to wait."),),
)
BROKEN = Kind(
    "Broken",
    500,
    ("server",),
    "Something broke on the service's side; nothing was changed halfway.",
)
UNAVAILABLE = Kind(
    "Unavailable",
    503,
    ("unavailable",),
    "The database does not answer for a moment.",
    (("Retry-After", "Seconds to wait."),),
)

KINDS = (
    BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD, CONFLICT, OUTDATED, TOO_LARGE, MEDIA,
    INVALID, VERSION_WANTED, FAILURES, BROKEN, UNAVAILABLE,
)  # fmt: skip


def statuses_of(operation: dict[str, Any], *, role_bound: bool) -> Iterator[Kind]:
    """Yield the problems that an operation can answer with, by its declaration."""
    parameters = {(each["in"], each["name"]) for each in operation.get("parameters", ())}
    body = "requestBody" in operation
    changes = body or ("header", "If-Match") in parameters or "204" in operation["responses"]
    yield BAD_REQUEST
    yield UNAUTHORIZED
    if role_bound or operation["tags"] != ["token"]:
        yield FORBIDDEN
    if body or any(where == "path" for where, _ in parameters):
        yield NOT_FOUND
    if changes:
        yield CONFLICT
        yield INVALID
    if ("header", "If-Match") in parameters:
        yield OUTDATED
        yield VERSION_WANTED
    if body:
        yield TOO_LARGE
        yield MEDIA
    yield FAILURES
    yield UNAVAILABLE
