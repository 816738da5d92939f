"""The secret in a feed's address: random, stored as a hash alone, compared in constant time."""

import hashlib
import hmac
import re
import secrets

RANDOM_BYTES = 24
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}\Z")


def new_token() -> str:
    """Return 192 random bits in 32 characters that need no escaping in an address."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def looks_like_token(text: str) -> bool:
    """Say whether a text can be a token at all, before the database is asked."""
    return _SHAPE.match(text) is not None


def token_hash(token: str) -> bytes:
    """Return what the database keeps of a token: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode()).digest()


def same_hash(stored: bytes, given: bytes) -> bool:
    """Compare two hashes in a time that says nothing of where they differ."""
    return hmac.compare_digest(stored, given)
