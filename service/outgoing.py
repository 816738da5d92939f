"""Settings of what leaves the house: the mail server, and push where the administrator wants it.

Nothing leaves before one of them is set: without `THUISRONDE_MAIL_HOST` no mail is sent, without
`THUISRONDE_PUSH` no push.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from service.errors import Misconfigured

Read = Callable[[str], str | None]
"""Reads a setting by its name without the prefix, also from a file; None where it is not set."""

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
_YES, _NO = {"yes", "on", "true", "1"}, {"no", "off", "false", "0"}
_PORTS = {"none": 25, "starttls": 587, "tls": 465}


class Security(StrEnum):
    """How the way to the mail server is closed; `none` is for one on the same machine."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The mail server that takes notices. `codes`: mails may hold the codes of tenants."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    codes: bool = False


@dataclass(frozen=True, slots=True)
class PushSettings:
    """The push services that may be called, by host; '*.' stands for any name before the rest."""

    hosts: tuple[str, ...] = PUSH_HOSTS

    def allows(self, host: str) -> bool:
        """Whether this host is one of them."""
        return any(
            host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
            for allowed in self.hosts
        )


def read_mail(read: Read) -> MailSettings | None:
    """Return the mail server's settings, None without one; raises `Misconfigured`."""
    host = read("MAIL_HOST")
    if host is None:
        return None
    security = _security(read)
    sender = read("MAIL_SENDER")
    if sender is None or not re.fullmatch(r"[^@\s]+@[^@\s]+", sender):
        raise Misconfigured(
            "THUISRONDE_MAIL_SENDER is not an e-mail address.",
            advice="Give the address that notices come from, such as rounds@example.be.",
        )
    user, password = read("MAIL_USER"), read("MAIL_PASSWORD")
    if (user is None) != (password is None):
        raise Misconfigured(
            "THUISRONDE_MAIL_USER and THUISRONDE_MAIL_PASSWORD go together.",
            advice="Set both, or neither; THUISRONDE_MAIL_PASSWORD_FILE reads it from a file.",
        )
    if user is not None and security is Security.NONE:
        raise Misconfigured(
            "A mail password would travel in the clear.",
            advice="Set THUISRONDE_MAIL_SECURITY to starttls or tls.",
        )
    return MailSettings(
        host=host,
        port=_port(read, security),
        security=security,
        sender=sender,
        user=user,
        password=password,
        codes=_flag(read, "MAIL_CODES"),
    )


def read_push(read: Read) -> PushSettings | None:
    """Return which push services may be called, None unless turned on; raises `Misconfigured`."""
    if not _flag(read, "PUSH"):
        return None
    given = (read("PUSH_HOSTS") or "").split()
    return PushSettings(hosts=tuple(given) or PUSH_HOSTS)


def _security(read: Read) -> Security:
    value = read("MAIL_SECURITY") or Security.STARTTLS.value
    if value not in set(Security):
        raise Misconfigured(
            f"THUISRONDE_MAIL_SECURITY is {value!r}, expected starttls, tls or none."
        )
    return Security(value)


def _port(read: Read, security: Security) -> int:
    value = read("MAIL_PORT") or str(_PORTS[security])
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise Misconfigured(
            f"THUISRONDE_MAIL_PORT is {value!r}, expected a number from 1 to 65535."
        )
    return int(value)


def _flag(read: Read, name: str) -> bool:
    value = (read(name) or "no").lower()
    if value not in _YES | _NO:
        raise Misconfigured(f"THUISRONDE_{name} is {value!r}, expected yes or no.")
    return value in _YES
