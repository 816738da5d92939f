"""Sessions: a random token in the browser's cookie, its hash in the database."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from service import clock
from service.access.policy import Viewer
from service.access.queries import account_by_id
from service.database.sql import execute, fetch_one

LONGEST = timedelta(days=7)
IDLE = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that holds; `token` is known only at the moment it is opened."""

    id: int
    csrf_token: str
    account: int
    expires_at: datetime
    token: str | None = None


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; over https the browser itself pins it to this host."""
    return "__Host-thuisronde" if secure else "thuisronde"


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).digest()


async def open_session(account: int, *, browser: str) -> OpenSession:
    """Write a new session and return it with its token; joins the unit of work."""
    token = secrets.token_urlsafe(32)
    csrf_token = secrets.token_urlsafe(32)
    now = clock.now()
    row = await fetch_one(
        """
        insert into sessions
            (token_hash, csrf_token, account, browser, created_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $5, $6) returning id
        """,
        token_hash(token),
        csrf_token,
        account,
        browser[:40],
        now,
        now + LONGEST,
    )
    assert row is not None
    return OpenSession(
        id=row["id"],
        csrf_token=csrf_token,
        account=account,
        expires_at=now + LONGEST,
        token=token,
    )


async def find_session(token: str, *, seen: bool = True) -> tuple[OpenSession, Viewer] | None:
    """Return the session of a cookie and whose it is, if both still hold.

    Writes at most every five minutes that it was seen; not for what a page asks by itself, else
    an open page would keep its session for ever.
    """
    now = clock.now()
    row = await fetch_one(
        """
        select id, csrf_token, account, expires_at, last_seen_at from sessions
         where token_hash = $1 and expires_at > $2 and last_seen_at > $3
        """,
        token_hash(token),
        now,
        now - IDLE,
    )
    if row is None:
        return None
    account = await account_by_id(row["account"])
    if account is None or not account.active:
        return None
    if seen and row["last_seen_at"] < now - _SEEN_EVERY:
        await execute("update sessions set last_seen_at = $2 where id = $1", row["id"], now)
    session = OpenSession(
        id=row["id"],
        csrf_token=row["csrf_token"],
        account=row["account"],
        expires_at=row["expires_at"],
    )
    return session, account.viewer()


async def viewer_of_session(session: int) -> Viewer | None:
    """Whose an open session is, with what they may do now; None once it has ended.

    Asking does not make the session last longer: an open board alone is not use.
    """
    now = clock.now()
    row = await fetch_one(
        "select account from sessions where id = $1 and expires_at > $2 and last_seen_at > $3",
        session,
        now,
        now - IDLE,
    )
    account = None if row is None else await account_by_id(row["account"])
    return account.viewer() if account is not None and account.active else None


async def end_session(account: int, session: int) -> bool:
    """End one session of an account; False where it has none such."""
    found = await execute("delete from sessions where id = $1 and account = $2", session, account)
    return found == 1


async def end_sessions(account: int, *, but: int | None = None) -> int:
    """End all sessions of an account (but one), and return how many."""
    return await execute(
        "delete from sessions where account = $1 and id is distinct from $2", account, but
    )


async def forget_ended_sessions() -> int:
    """Delete what expired, and return how many: done at each sign-in, joins its unit of work.

    Signing out ends a browser's pushes; a session that was only left to expire does not.
    """
    now = clock.now()
    await execute(
        "update push_subscriptions set session = null where session in"
        " (select id from sessions where expires_at <= $1 or last_seen_at <= $2)",
        now,
        now - IDLE,
    )
    return await execute(
        "delete from sessions where expires_at <= $1 or last_seen_at <= $2", now, now - IDLE
    )
