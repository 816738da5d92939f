"""Passwords that are hashed as always, with less work: a sign-in would cost most of a test.

`hash_quickly` makes that little work "the parameters of today"; what tests the parameters
themselves, or times them, is run with `hashed_in_earnest`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from service.access import passwords

PASSWORD = "four plain words here"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
QUICK_HASH = QUICK.hash(PASSWORD)
_EARNEST = passwords._hasher, passwords._NOBODY


def hash_quickly() -> None:
    """Hash and check with little work from now on, in this process."""
    passwords._hasher, passwords._NOBODY = QUICK, QUICK.hash("the password of nobody")


@contextmanager
def hashed_in_earnest() -> Iterator[None]:
    """Hash and check with the parameters of the product for a while."""
    passwords._hasher, passwords._NOBODY = _EARNEST
    try:
        yield
    finally:
        hash_quickly()
