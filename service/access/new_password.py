"""Passwords made by chance, to be read out once and changed by their owner."""

import secrets

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, LENGTH = 4, 4


def new_password() -> str:
    """'kxmp-7hqa-n4rt-2wzs': nearly eighty random bits, easy to read out."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
