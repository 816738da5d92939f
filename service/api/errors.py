"""What only a program can do wrong, beside the errors that pages know too."""

from collections.abc import Mapping
from datetime import datetime

from service.errors import Forbidden, Stale, ThuisrondeError


class BadRequest(ThuisrondeError):
    """The address, a parameter or the JSON cannot be read; `parameters` says what is wrong."""

    def __init__(self, message: str, *, parameters: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.parameters = dict(parameters or {})


class WrongMediaType(ThuisrondeError):
    """The body is not said to be JSON."""


class TokenRefused(ThuisrondeError):
    """There is no token, or none that holds."""


class TooManyFailures(ThuisrondeError):
    """Too many tokens that do not hold came from one address; it is answered again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many requests with tokens that do not hold.")
        self.until = until


class ScopeMissing(Forbidden):
    """The token was not given this right."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"This token lacks the scope {scope}.")
        self.scope = scope


class VersionWanted(ThuisrondeError):
    """A change must say which version it changes: `If-Match` is missing."""


class VersionOutdated(Stale):
    """`If-Match` names a version that is not the current one."""


class RuleBroken(ThuisrondeError):
    """Hard rules of planning speak against it; `sentences` say which, with codes for people."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("It would break hard rules of planning.")
        self.sentences = sentences
