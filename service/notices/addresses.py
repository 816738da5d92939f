"""An account's e-mail address: used once a code that was sent there came back."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from service import clock
from service.access.policy import Viewer
from service.access.states import Language
from service.audit.actions import record
from service.data_folder import secret_key
from service.database.sql import execute, fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Invalid
from service.jobs.queue import Queue, defer
from service.settings import Settings
from service.web.i18n import N_

CODE_TASK = "send_address_code"
CODE_HOLDS = timedelta(minutes=30)
ASK_AGAIN_AFTER = timedelta(minutes=1)
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class AskedCode:
    """A code to be sent; neither it nor the address belongs into a log."""

    code: str = field(repr=False)
    email: str = field(repr=False)
    language: Language


async def ask_address(viewer: Viewer, address: str) -> None:
    """Take an address as the viewer's and have a code sent there; nothing else goes there yet.

    Raises `Invalid` within a minute of the last code.
    """
    now = clock.now()
    async with unit_of_work() as uow:
        row = await fetch_one(
            "select code_sent_at from notice_settings where account = $1 for update",
            viewer.account,
        )
        if row and row["code_sent_at"] and now < row["code_sent_at"] + ASK_AGAIN_AFTER:
            raise Invalid({"address": N_("A code was sent just now: wait a minute.")})
        await execute(
            "insert into notice_settings (account, email, code_hash, code_sent_at)"
            " values ($1, $2, '', $3) on conflict (account) do update set"
            " email = excluded.email, confirmed_at = null, refused_at = null, code_tries = 0,"
            " code_hash = excluded.code_hash, code_sent_at = excluded.code_sent_at",
            viewer.account,
            address,
            now,
        )
        await defer(CODE_TASK, {"account": viewer.account}, queue=Queue.NOTICES)
        await record(uow, viewer, "change", "notice_address", viewer.account)


async def new_code(account: int, settings: Settings) -> AskedCode | None:
    """Make the code that was asked for; None where nothing is to be confirmed any more."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    async with unit_of_work():
        row = await fetch_one(
            "select s.email, a.language from notice_settings s join accounts a on a.id = s.account"
            " where s.account = $1 and a.active and s.email is not null and s.confirmed_at is null"
            " for update of s",
            account,
        )
        if row is None:
            return None
        await execute(
            "update notice_settings set code_hash = $2, code_sent_at = $3, code_tries = 0"
            " where account = $1",
            account,
            _hash(code, account=account, email=row["email"], settings=settings),
            clock.now(),
        )
    return AskedCode(code=code, email=row["email"], language=Language(row["language"]))


async def confirm_address(viewer: Viewer, code: str, settings: Settings) -> None:
    """Confirm the address by its code; raises `Invalid` for a wrong or old one."""
    async with unit_of_work() as uow:
        row = await fetch_one(
            "update notice_settings set code_tries = code_tries + 1"
            " where account = $1 and code_hash is not null returning *",
            viewer.account,
        )
        right = row is not None and (
            row["code_tries"] <= MOST_TRIES
            and clock.now() < row["code_sent_at"] + CODE_HOLDS
            and hmac.compare_digest(
                bytes(row["code_hash"]),
                _hash(code, account=viewer.account, email=row["email"], settings=settings),
            )
        )
        if right:
            await execute(
                "update notice_settings set confirmed_at = $2, code_hash = null,"
                " code_sent_at = null, code_tries = 0 where account = $1",
                viewer.account,
                clock.now(),
            )
            await record(uow, viewer, "confirm", "notice_address", viewer.account)
    if not right:
        raise Invalid({"code": N_("This is not the code, or it is too old: ask for a new one.")})


async def remove_address(viewer: Viewer) -> None:
    """Forget the viewer's e-mail address."""
    async with unit_of_work() as uow:
        await execute(
            "update notice_settings set email = null, confirmed_at = null, code_hash = null,"
            " code_sent_at = null, refused_at = null where account = $1",
            viewer.account,
        )
        await record(uow, viewer, "remove", "notice_address", viewer.account)


async def note_refused(account: int) -> None:
    """Remember that the mail server refused the address."""
    await execute(
        "update notice_settings set refused_at = $2 where account = $1", account, clock.now()
    )


def _hash(code: str, *, account: int, email: str, settings: Settings) -> bytes:
    """What is stored of a code: keyed, for six digits are soon guessed."""
    text = f"notice address {account} {email} {code}"
    return hmac.new(secret_key(settings.data_dir), text.encode(), hashlib.sha256).digest()
