"""Versions against lost updates: `ETag` out, `If-Match` in; 428 without, 412 for an old one."""

import re
from typing import Annotated, TypeVar

from litestar import Response
from litestar.datastructures import ResponseHeader
from litestar.params import HeaderParameter

from service.api.errors import BadRequest, VersionOutdated, VersionWanted

T = TypeVar("T")
_ETAG = re.compile(r'"([0-9]{1,9})"')

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        max_length=40,
        description="The `ETag` of the version that you change, in its quotation marks.",
    ),
]
ETAG_HEADER = ResponseHeader(
    name="ETag",
    description="The version, to be sent back as `If-Match`.",
    documentation_only=True,
)
LOCATION_HEADER = ResponseHeader(
    name="Location", description="The address of what was made.", documentation_only=True
)


def etag(version: int) -> str:
    """Return the validator of a version."""
    return f'"{version}"'


def versioned(shown: T, version: int, *, location: str = "") -> Response[T]:
    """Return the answer that shows a version; `location` is the address of what was made."""
    headers = {"ETag": etag(version)} | ({"Location": location} if location else {})
    return Response(shown, headers=headers)


def expected_version(if_match: IfMatch = None) -> int:
    """Provide the dependency `expected`: the version that the caller has seen.

    Raises `VersionWanted` without `If-Match`, `VersionOutdated` for a weak one (it proves
    nothing), `BadRequest` for what is no single entity tag.
    """
    if if_match is None or not if_match.strip():
        raise VersionWanted("Send If-Match with the ETag of what you have read.")
    sent = if_match.strip()
    if sent.startswith("W/"):
        raise VersionOutdated
    found = _ETAG.fullmatch(sent)
    if found is None:
        sentence = 'one ETag in quotation marks, such as "3"'
        raise BadRequest("Parameters were not accepted.", parameters={"If-Match": sentence})
    return int(found[1])
