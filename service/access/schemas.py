"""What the forms of this folder send."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.access.scopes import Right
from service.access.states import Language


class SignInForm(msgspec.Struct, frozen=True):
    """Who wants in."""

    login: Annotated[str, Meta(max_length=80)]
    password: Annotated[str, Meta(max_length=1000)]
    next: Annotated[str, Meta(max_length=500)] = "/"


class LanguageForm(msgspec.Struct, frozen=True):
    """The language to read, and the page to go on with."""

    language: Language
    next: Annotated[str, Meta(max_length=500)] = "/"


class PasswordForm(msgspec.Struct, frozen=True):
    """A change of one's own password."""

    password: Annotated[str, Meta(max_length=1000)]
    password_new: Annotated[str, Meta(max_length=1000)]
    password_again: Annotated[str, Meta(max_length=1000)]


class TokenForm(msgspec.Struct, frozen=True):
    """A new token; for each area of the API what it may do there, nothing by default."""

    name: Annotated[str, Meta(max_length=60)]
    days: Annotated[int, Meta(ge=1, le=365)]
    tenants: Right | None = None
    agreements: Right | None = None
    workers: Right | None = None
    absences: Right | None = None
    rosters: Right | None = None
    encounters: Right | None = None
    feeds: Right | None = None
