"""Passwords: argon2id in a thread, few at a time, and a refusal of weak ones."""

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.errors import Invalid
from service.web.i18n import N_

SHORTEST = 12
LONGEST = 200
AT_ONCE = 2

_hasher = PasswordHasher()
# What an unknown login is checked against, so that it takes as long as a known one.
_NOBODY = "$".join(
    (
        "$argon2id$v=19$m=65536,t=3,p=4",
        "c2FsdCBvZiBub2JvZHkuLg",
        "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA",
    )
)


def check_strength(password: str, *, login: str, field: str = "password") -> None:
    """Raise `Invalid` for a password that is short, endless, one sign, or the login."""
    if len(password) < SHORTEST:
        raise Invalid({field: N_("Use at least 12 characters, such as four words in a row.")})
    if len(password) > LONGEST:
        raise Invalid({field: N_("Use at most 200 characters.")})
    folded = password.casefold()
    if len(set(folded)) < 5:
        raise Invalid({field: N_("Use more different characters.")})
    if login and login.casefold() in folded:
        raise Invalid({field: N_("Leave your login out of your password.")})


async def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return await to_thread.run_sync(_hasher.hash, password, limiter=_limiter())


async def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed; takes as long for None, which no password fits."""
    found = await to_thread.run_sync(
        _verified, password_hash or _NOBODY, password[: LONGEST + 1], limiter=_limiter()
    )
    return found and password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than those of today."""
    return _hasher.check_needs_rehash(password_hash)


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


_limiters: list[CapacityLimiter] = []


def _limiter() -> CapacityLimiter:
    """The semaphore, made inside the event loop: each hash takes 64 MB and a core."""
    if not _limiters:
        _limiters.append(CapacityLimiter(AT_ONCE))
    return _limiters[0]
