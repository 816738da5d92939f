"""Slows down whoever tries tokens: few unknown ones per address, by keyed hash.

A token that holds is never refused for its neighbours' failures: 256 bits cannot be guessed, so
this keeps noise out of the database and not guesses.
"""

import hashlib
import hmac
from datetime import datetime

from service import clock
from service.access.throttle import WINDOW, network
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work

MOST_FAILURES = 30


async def note_failure(address: str, *, key: bytes) -> datetime | None:
    """Count a token that does not hold; return until when the address is not answered any more.

    Nothing more is written for an address that has failed too often within the window.
    """
    hashed = hmac.digest(key, f"token:{network(address)}".encode(), hashlib.sha256)
    now = clock.now()
    async with unit_of_work() as uow:
        row = await fetch_one(
            "select count(*) as failures, min(failed_at) as first from sign_in_failures"
            " where key = $1 and failed_at > $2",
            hashed,
            now - WINDOW,
        )
        assert row is not None, "a count has a row"
        if row["failures"] >= MOST_FAILURES:
            until: datetime = row["first"] + WINDOW
            return until
        await uow.connection.execute(
            "insert into sign_in_failures (key, failed_at) values ($1, $2)", hashed, now
        )
    return None
