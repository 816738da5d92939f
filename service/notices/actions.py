"""Tells people something, inside the unit of work of its cause, and keeps how they want it told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from service import clock
from service.access.policy import Viewer
from service.audit.actions import record
from service.database.sql import execute, fetch_all
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.jobs.queue import Queue, defer
from service.notices.choices import ALWAYS_SHOWN, DEFAULTS, Choice
from service.notices.queries import choices_of
from service.notices.states import Channel, NoticeKind
from service.notices.types import Message, Recipients, kind_of, object_of, path_of

SEND_TASK = "send_notice"
KEPT = timedelta(days=90)


async def notify(
    uow: UnitOfWork, message: Message, *, to: Recipients, key: str, path: str = ""
) -> int:
    """Tell `to` a message and return how many accounts were told it for the first time.

    Joins the caller's unit of work: without the cause there is no notice. `key` names the event,
    codes and ids only ('repair:17', 'check:4:lead'): an account is told once per key, however
    often this is called. `path` is where the notice leads on this site, by default `path_of`.
    What goes out by e-mail or push is queued in the same transaction, sent once and after it.
    """
    kind, about = kind_of(message), object_of(message)
    rows = await uow.connection.fetch(
        _INSERT,
        sorted(to.accounts),
        sorted(to.workers),
        sorted(to.leads_of),
        kind.value,
        key,
        about.kind,
        about.ref,
        path or path_of(message),
        msgspec.json.encode(message).decode(),
        clock.now(),
        sorted(to.but),
        clock.today(),
    )
    told = {row["account"]: row["id"] for row in rows}
    chosen = await choices_of(tuple(told), kind)
    hidden = [
        notice
        for account, notice in told.items()
        if kind not in ALWAYS_SHOWN and not chosen.get(account, DEFAULTS[kind]).in_app
    ]
    if hidden:
        await execute("update notices set shown = false where id = any($1::int[])", hidden)
    await _queue_deliveries(told, chosen, kind)
    return len(told)


async def mark_read(viewer: Viewer, notice: int) -> bool:
    """Mark a notice of one's own as read; False where there is none."""
    found = await execute(
        "update notices set read_at = coalesce(read_at, $3) where id = $1 and account = $2",
        notice,
        viewer.account,
        clock.now(),
    )
    return found == 1


async def mark_unread(viewer: Viewer, notice: int) -> bool:
    """Mark a notice of one's own as not read; False where there is none."""
    found = await execute(
        "update notices set read_at = null where id = $1 and account = $2", notice, viewer.account
    )
    return found == 1


async def mark_all_read(viewer: Viewer, *, up_to: int) -> int:
    """Mark what stood on the page as read: notices up to the id `up_to`, not newer ones."""
    return await execute(
        "update notices set read_at = $3"
        " where account = $1 and id <= $2 and read_at is null and shown",
        viewer.account,
        up_to,
        clock.now(),
    )


async def save_wishes(viewer: Viewer, wishes: Mapping[NoticeKind, Choice], *, quiet: bool) -> None:
    """Keep how the viewer wants to be told the kinds given, and whether quiet hours hold."""
    async with unit_of_work() as uow:
        for kind, choice in wishes.items():
            await execute(
                "insert into notice_choices (account, kind, in_app, email, push)"
                " values ($1, $2, $3, $4, $5) on conflict (account, kind) do update set"
                " in_app = excluded.in_app, email = excluded.email, push = excluded.push",
                viewer.account,
                kind.value,
                choice.in_app or kind in ALWAYS_SHOWN,
                choice.email,
                choice.push,
            )
        await execute(
            "insert into notice_settings (account, quiet) values ($1, $2)"
            " on conflict (account) do update set quiet = excluded.quiet",
            viewer.account,
            quiet,
        )
        await record(uow, viewer, "change", "notice_wishes", viewer.account)


async def forget_old_notices() -> int:
    """Delete notices that are older than `KEPT` and return how many."""
    return await execute("delete from notices where created_at < $1", clock.now() - KEPT)


async def forget_notices_about(kind: str, refs: Sequence[str]) -> int:
    """Delete what was told about objects that are erased (a kind, their codes or ids)."""
    return await execute(
        "delete from notices where object_kind = $1 and object_ref = any($2::text[])",
        kind,
        list(refs),
    )


async def _queue_deliveries(
    told: dict[int, int], chosen: dict[int, Choice], kind: NoticeKind
) -> None:
    """Write a guard row and a job for each way out that an account has and wants."""
    wanted: dict[Channel, list[int]] = {Channel.EMAIL: [], Channel.PUSH: []}
    for account in told:
        for channel in chosen.get(account, DEFAULTS[kind]).channels():
            wanted[channel].append(account)
    now = clock.now()
    rows = await fetch_all(_EMAIL, list(told.values()), wanted[Channel.EMAIL], now)
    rows += await fetch_all(_PUSH, list(told.values()), wanted[Channel.PUSH], now)
    await queue_sending(rows, not_before=None)


async def queue_sending(rows: Sequence[dict[str, Any]], *, not_before: datetime | None) -> None:
    """Queue the sending of deliveries (rows with their `id`); joins the unit of work."""
    for row in rows:
        await defer(SEND_TASK, {"delivery": row["id"]}, queue=Queue.NOTICES, not_before=not_before)


_INSERT = """
insert into notices (account, kind, key, object_kind, object_ref, path, message, created_at)
select a.id, $4, $5, $6, $7, $8, $9::jsonb, $10 from accounts a
where a.active and a.id <> all($11::int[]) and (
    a.id = any($1::int[])
    or a.worker in (select id from workers where code = any($2::text[]))
    or exists (select from account_roles r where r.account = a.id and r.role = 'team_lead'
        and r.team = any($3::int[]) and role_holds(a.worker, r.team, $12::date)))
order by a.id
on conflict (account, key) do nothing
returning id, account
"""

_EMAIL = """
insert into notice_deliveries (notice, channel, due_at)
select n.id, 'email', $3 from notices n
join notice_settings s on s.account = n.account and s.confirmed_at is not null
where n.id = any($1::int[]) and n.account = any($2::int[])
order by n.id returning id
"""

_PUSH = """
insert into notice_deliveries (notice, channel, subscription, due_at)
select n.id, 'push', p.id, $3 from notices n
join push_subscriptions p on p.account = n.account
where n.id = any($1::int[]) and n.account = any($2::int[])
order by n.id, p.id returning id
"""
