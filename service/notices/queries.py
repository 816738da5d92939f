"""Readings of notices: one's own, how many are unread, and how people want to be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from service.access.policy import Viewer
from service.database.sql import fetch_all, fetch_value
from service.notices.choices import Choice
from service.notices.states import NoticeKind
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


async def first_names(codes: Iterable[str]) -> dict[str, str]:
    """Workers by code as colleagues call them: first name and one letter."""
    rows = await fetch_all(
        "select code, first_name, left(btrim(last_name), 1) as letter from workers"
        " where code = any($1::text[])",
        sorted(set(codes)),
    )
    return {row["code"]: f"{row['first_name']} {row['letter']}.".strip(" .") + "." for row in rows}
