"""What people do with their personal tokens: make one, end it. An account's end ends them all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from service import clock
from service.access.policy import Viewer
from service.access.scopes import SCOPES, in_order
from service.access.sessions import token_hash
from service.access.tokens import new_token
from service.audit.actions import Detail, record
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Invalid, NotFound
from service.web.i18n import N_

LONGEST_NAME = 60
LONGEST_DAYS = 365
USUAL_DAYS = 90
MOST_TOKENS = 20


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made. The secret is given here and never again; it stays out of `repr`."""

    id: int
    secret: str = field(repr=False)


async def make_token(
    viewer: Viewer, *, name: str, scopes: Iterable[str] = (), days: int = USUAL_DAYS
) -> NewToken:
    """Make a token for the viewer's own account, by default one that allows nothing.

    Raises `Invalid` for a name that is empty, too long or in use, for a scope that is none and
    for more days than a year.
    """
    name, wanted = " ".join(name.split()), set(scopes)
    faults: dict[str, str] = {}
    if not 1 <= len(name) <= LONGEST_NAME:
        faults["name"] = N_("Give the token a name of 1 to 60 characters.")
    if wanted - SCOPES:
        faults["scopes"] = N_("Choose one of the options.")
    if not 1 <= days <= LONGEST_DAYS:
        faults["days"] = N_("A token lasts a year at most.")
    if faults:
        raise Invalid(faults)
    secret, now = new_token(), clock.now()
    async with unit_of_work() as uow:
        await execute(
            "select pg_advisory_xact_lock(hashtext('tokens of account'), $1)", viewer.account
        )
        await _refuse_doubles(viewer, name)
        made: int = await fetch_value(
            "insert into access_tokens (account, name, token_hash, scopes, created_at, expires_at)"
            " values ($1, $2, $3, $4, $5, $6) returning id",
            viewer.account,
            name,
            token_hash(secret),
            list(in_order(wanted)),
            now,
            now + timedelta(days=days),
        )
        detail: dict[str, Detail] = {"scopes": " ".join(in_order(wanted)), "days": days}
        await record(uow, viewer, "make", "token", made, detail)
    return NewToken(id=made, secret=secret)


async def revoke_token(viewer: Viewer, token: int) -> None:
    """End one of the viewer's own tokens at once; raises `NotFound`."""
    async with unit_of_work() as uow:
        ended = await execute(
            "update access_tokens set revoked_at = $3"
            " where id = $1 and account = $2 and revoked_at is null",
            token,
            viewer.account,
            clock.now(),
        )
        if not ended:
            raise NotFound
        await record(uow, viewer, "revoke", "token", token)


async def end_tokens_of(uow: UnitOfWork, viewer: Viewer | None, account: int) -> None:
    """End every token of an account that ends, also should it come back; joins the work."""
    ended = await uow.connection.fetch(
        "update access_tokens set revoked_at = $2"
        " where account = $1 and revoked_at is null returning id",
        account,
        clock.now(),
    )
    for row in ended:
        await record(uow, viewer, "revoke", "token", row["id"], {"why": "account ended"})


async def _refuse_doubles(viewer: Viewer, name: str) -> None:
    row = await fetch_one(
        "select count(*) filter (where lower(name) = lower($2)) as same, count(*) as living"
        " from access_tokens where account = $1 and revoked_at is null and expires_at > $3",
        viewer.account,
        name,
        clock.now(),
    )
    assert row is not None, "a count has a row"
    if row["same"]:
        raise Invalid({"name": N_("You have a token of this name already.")})
    if row["living"] >= MOST_TOKENS:
        raise Invalid({"name": N_("You have 20 tokens: end one that you no longer use.")})
