"""Readings of notices: one's own, how many are unread, and how people want to be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from service.access.policy import Viewer, may_manage_accounts
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.errors import NotFound
from service.notices.choices import Choice
from service.notices.states import Channel, DeliveryProblem, NoticeKind
from service.notices.types import Message

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One notice as its reader sees it."""

    id: int
    message: Message
    path: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRow:
    """An account's e-mail address, whether its code came back, and its quiet hours."""

    email: str
    confirmed: bool
    asked: bool
    refused_at: datetime | None
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserRow:
    """A browser that gets pushes; `here`: the one that asks."""

    id: int
    browser: str
    created_at: datetime
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A delivery that failed."""

    login: str
    kind: NoticeKind
    channel: Channel
    problem: DeliveryProblem
    attempts: int
    ended_at: datetime


async def unread_count(account: int) -> int:
    """How many notices an account has not read yet; one indexed query."""
    count: int = await fetch_value(
        "select count(*) from notices where account = $1 and shown and read_at is null", account
    )
    return count


async def my_notices(viewer: Viewer, *, before: int | None = None) -> tuple[NoticeRow, ...]:
    """The viewer's latest notices, newest first; `before` an id for the next page of them."""
    rows = await fetch_all(
        "select id, message, path, created_at, read_at from notices"
        " where account = $1 and shown and ($2::int is null or id < $2)"
        " order by id desc limit $3",
        viewer.account,
        before,
        PAGE,
    )
    return tuple(
        NoticeRow(**{**row, "message": msgspec.json.decode(row["message"], type=Message)})
        for row in rows
    )


async def notice_path(viewer: Viewer, notice: int) -> str | None:
    """Where a notice of the viewer's own leads; None where there is none."""
    path: str | None = await fetch_value(
        "select path from notices where id = $1 and account = $2", notice, viewer.account
    )
    return path


async def choices_of(accounts: Sequence[int], kind: NoticeKind) -> dict[int, Choice]:
    """What accounts chose for a kind, by account; those who chose nothing are left out."""
    rows = await fetch_all(
        "select account, in_app, email, push from notice_choices"
        " where kind = $1 and account = any($2::int[])",
        kind.value,
        list(accounts),
    )
    return {
        row["account"]: Choice(in_app=row["in_app"], email=row["email"], push=row["push"])
        for row in rows
    }


async def choices(viewer: Viewer) -> dict[NoticeKind, Choice]:
    """What the viewer chose, by kind; kinds without a choice of theirs are left out."""
    rows = await fetch_all(
        "select kind, in_app, email, push from notice_choices where account = $1", viewer.account
    )
    return {
        NoticeKind(row["kind"]): Choice(in_app=row["in_app"], email=row["email"], push=row["push"])
        for row in rows
    }


async def notice_settings(viewer: Viewer) -> SettingsRow:
    """The viewer's address and quiet hours; quiet by default."""
    row = await fetch_one(
        "select coalesce(email, '') as email, confirmed_at is not null as confirmed,"
        " code_hash is not null as asked, refused_at, quiet"
        " from notice_settings where account = $1",
        viewer.account,
        into=SettingsRow,
    )
    return row or SettingsRow(email="", confirmed=False, asked=False, refused_at=None, quiet=True)


async def my_browsers(viewer: Viewer, session: int) -> tuple[BrowserRow, ...]:
    """The browsers that get the viewer's pushes, oldest first."""
    rows = await fetch_all(
        "select id, browser, created_at, session is not distinct from $2::int as here"
        " from push_subscriptions where account = $1 order by id",
        viewer.account,
        session,
        into=BrowserRow,
    )
    return tuple(rows)


async def failed_deliveries(viewer: Viewer, *, since: datetime) -> tuple[FailedRow, ...]:
    """What did not go out, by login and never by address; for whoever manages accounts."""
    if not may_manage_accounts(viewer):
        raise NotFound
    rows = await fetch_all(
        "select a.login, n.kind, d.channel, d.problem, d.attempts, d.ended_at"
        " from notice_deliveries d join notices n on n.id = d.notice"
        " join accounts a on a.id = n.account"
        " where d.state = 'failed' and d.ended_at >= $1 order by d.ended_at desc, d.id desc"
        " limit 200",
        since,
        into=FailedRow,
    )
    return tuple(rows)


async def refused_addresses(viewer: Viewer) -> tuple[tuple[str, datetime], ...]:
    """The logins whose e-mail address the mail server refused, and when."""
    if not may_manage_accounts(viewer):
        raise NotFound
    rows = await fetch_all(
        "select a.login, s.refused_at from notice_settings s join accounts a on a.id = s.account"
        " where s.refused_at is not null order by a.login"
    )
    return tuple((row["login"], row["refused_at"]) for row in rows)


async def first_names(codes: Iterable[str]) -> dict[str, str]:
    """Workers by code as colleagues call them: first name and one letter."""
    rows = await fetch_all(
        "select code, first_name, left(btrim(last_name), 1) as letter from workers"
        " where code = any($1::text[])",
        sorted(set(codes)),
    )
    return {row["code"]: f"{row['first_name']} {row['letter']}.".strip(" .") + "." for row in rows}
