"""Slows down guessing: few failed sign-ins per account and per address, by keyed hash."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from service import clock
from service.database.unit_of_work import unit_of_work

WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT = 8
MOST_PER_ADDRESS = 40


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was let through: its rows, and the key of the account it was for."""

    rows: tuple[int, ...]
    account_key: bytes


@dataclass(frozen=True, slots=True)
class TooMany:
    """No more guesses before `until`."""

    until: datetime


async def begin_attempt(
    login: str, address: str, *, key: bytes, browser: str = ""
) -> Attempt | TooMany:
    """Count an attempt as failed before it is judged, unless there were too many.

    Counted first and under a lock, so that a hundred at once are not a hundred guesses. A
    `browser` in which the account signed in before is counted by itself: whoever guesses from
    elsewhere cannot keep people out of their own.
    """
    if browser:
        keys = [_key(key, "browser", f"{browser}:{login}")]
    else:
        keys = [_key(key, "login", login), _key(key, "address", network(address))]
    limits = (MOST_PER_ACCOUNT, MOST_PER_ADDRESS)[: len(keys)]
    now = clock.now()
    async with unit_of_work() as uow:
        for hashed in sorted(keys):
            await uow.connection.execute(
                "select pg_advisory_xact_lock($1)", int.from_bytes(hashed[:8], signed=True)
            )
        for hashed, most in zip(keys, limits, strict=True):
            row = await uow.connection.fetchrow(
                "select count(*) as failures, min(failed_at) as first from sign_in_failures"
                " where key = $1 and failed_at > $2",
                hashed,
                now - WINDOW,
            )
            if row["failures"] >= most:
                return TooMany(until=row["first"] + WINDOW)
        rows = await uow.connection.fetch(
            "insert into sign_in_failures (key, failed_at)"
            " select k, $2 from unnest($1::bytea[]) as k returning id",
            keys,
            now,
        )
    return Attempt(rows=tuple(row["id"] for row in rows), account_key=keys[0])


async def forgive(attempt: Attempt) -> None:
    """Take back an attempt that succeeded, and the account's earlier failures with it."""
    async with unit_of_work() as uow:
        await uow.connection.execute(
            "delete from sign_in_failures where id = any($1) or key = $2 or failed_at < $3",
            list(attempt.rows),
            attempt.account_key,
            clock.now() - WINDOW,
        )


def _key(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind}:{value}".encode(), hashlib.sha256)


def network(address: str) -> str:
    """Return an IPv4 address as it is, the /64 of an IPv6 one: a household has all of it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(ip) if ip.version == 4 else str(ip_network(f"{ip}/64", strict=False))
