"""What every part of the API answers with: problems, and who the caller is."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Code = Annotated[
    str, Meta(description="A short code that stands where a name must not.", examples=["T-001"])
]
Instant = Annotated[
    datetime, Meta(description="An instant in UTC.", examples=["2026-03-02T09:00:00Z"], tz=True)
]
NextCursor = Annotated[
    str | None, Meta(description="Send it as `cursor` for the next page; null on the last one.")
]


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was not accepted: a field of the body, or a parameter."""

    detail: Annotated[str, Meta(description="What is wrong.", examples=["This field is needed."])]
    pointer: Annotated[
        str | None, Meta(description="JSON pointer to the field.", examples=["/first_name"])
    ] = None
    parameter: Annotated[
        str | None, Meta(description="Name of the parameter.", examples=["limit"])
    ] = None


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457). `type` is stable; the sentences are for people."""

    type: Annotated[
        str,
        Meta(
            description="Which kind of problem: the address of its paragraph.",
            examples=["/api/v1#problem-not-found"],
        ),
    ]
    title: Annotated[str, Meta(description="The kind, in words.")]
    status: Annotated[int, Meta(description="The HTTP status.", examples=[404])]
    detail: Annotated[str, Meta(description="What happened, and what to do.")]
    errors: Annotated[
        tuple[Fault, ...], Meta(description="Each fault, where there are several.")
    ] = ()


class Me(msgspec.Struct, frozen=True):
    """Whose token it is and what it may do."""

    login: Annotated[str, Meta(examples=["lead.act"])]
    worker: Annotated[
        str | None, Meta(description="Code of the account's worker.", examples=["W-01"])
    ]
    roles: Annotated[
        tuple["HeldRole", ...], Meta(description="The account's roles, as they are now.")
    ]
    scopes: Annotated[
        tuple[str, ...], Meta(description="What the token was given.", examples=[["tenants:read"]])
    ]
    expires_at: Instant


class HeldRole(msgspec.Struct, frozen=True):
    """A role; workers and team leads hold theirs in a team."""

    role: Literal["worker", "team_lead", "housing_officer", "coordinator", "administrator"]
    team: Annotated[str | None, Meta(description="The team's code.", examples=["ACT"])]
