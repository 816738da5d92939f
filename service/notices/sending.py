"""Brings a delivery to its end: claimed before it goes out, so that it goes out once.

The row is the guard. A worker claims it in one transaction, hands the message over outside of
any, and settles the row in a second one. If it dies in between, nobody knows whether the message
was taken: it is not sent again, except for a step of a lone-worker check, where twice is better
than never.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from service import clock
from service.access.states import Language
from service.database.sql import execute, fetch_one
from service.database.unit_of_work import unit_of_work
from service.notices.actions import queue_sending
from service.notices.browsers import forget_browser
from service.notices.choices import WAITS_FOR_NOBODY
from service.notices.outcomes import Handed, NotHanded, Outcome
from service.notices.quiet import next_working_moment
from service.notices.states import Channel, DeliveryProblem, DeliveryState, NoticeKind
from service.notices.types import ChangedToday, Message, kind_of
from service.settings import Settings

NEWS_FOR = timedelta(days=7)
INTERRUPTED_AFTER = timedelta(minutes=2)
AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
AGAIN_SOON = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A claimed delivery: what to say, in which language, and to where."""

    delivery: int
    notice: int
    channel: Channel
    message: Message
    language: Language
    email: str
    endpoint: str
    public_key: bytes
    secret: bytes


async def claim(delivery: int, settings: Settings) -> Outgoing | None:
    """Claim a delivery that is due, or end it, or put it off; None unless it is to go out now."""
    now = clock.now()
    async with unit_of_work():
        row = await fetch_one(_FACTS, delivery)
        if row is None:
            return None
        state, kind = DeliveryState(row["state"]), NoticeKind(row["kind"])
        if state is DeliveryState.SENDING:
            if now < row["claimed_at"] + INTERRUPTED_AFTER:
                await queue_sending([row], not_before=row["claimed_at"] + INTERRUPTED_AFTER)
                return None
            if kind not in WAITS_FOR_NOBODY:
                await _end(row, DeliveryState.FAILED, DeliveryProblem.INTERRUPTED, now)
                return None
        elif state is not DeliveryState.WAITING:
            return None
        message = msgspec.json.decode(row["message"], type=Message)
        in_vain = _in_vain(row, message, settings, now)
        if in_vain is not None:
            await _end(row, DeliveryState.SKIPPED, in_vain, now)
            return None
        if await _put_off(row, kind, now):
            return None
        await execute(
            "update notice_deliveries set state = 'sending', claimed_at = $2,"
            " attempts = attempts + 1 where id = $1",
            delivery,
            now,
        )
    return Outgoing(
        delivery=delivery,
        notice=row["notice"],
        channel=Channel(row["channel"]),
        message=message,
        language=Language(row["language"]),
        email=row["email"] or "",
        endpoint=row["endpoint"] or "",
        public_key=bytes(row["public_key"] or b""),
        secret=bytes(row["secret"] or b""),
    )


async def settle(outgoing: Outgoing, outcome: Outcome) -> DeliveryState:
    """Write down how handing over ended; plan the next attempt where one can help."""
    now = clock.now()
    async with unit_of_work():
        row = await fetch_one(
            "select id, notice, attempts from notice_deliveries where id = $1 for update",
            outgoing.delivery,
        )
        if row is None:  # the account or the browser is gone meanwhile
            return DeliveryState.SKIPPED
        match outcome:
            case Handed():
                await _end(row, DeliveryState.SENT, None, now)
                return DeliveryState.SENT
            case NotHanded(problem=DeliveryProblem.GONE):  # its deliveries go with it
                await forget_browser(outgoing.endpoint)
                return DeliveryState.FAILED
            case NotHanded(problem=problem, again=again):
                await _note_address(outgoing, problem, now)
                pauses = (
                    AGAIN_SOON if kind_of(outgoing.message) in WAITS_FOR_NOBODY else AGAIN_AFTER
                )
                if not again or row["attempts"] > len(pauses):
                    await _end(row, DeliveryState.FAILED, problem, now)
                    return DeliveryState.FAILED
                await _wait(row, now + pauses[row["attempts"] - 1], problem)
                return DeliveryState.WAITING


def _in_vain(
    row: dict[str, Any], message: Message, settings: Settings, now: datetime
) -> DeliveryProblem | None:
    """Why sending would be of no use."""
    email = row["channel"] == Channel.EMAIL.value
    today = now.astimezone(clock.BRUSSELS).date()
    if (settings.mail if email else settings.push) is None:
        return DeliveryProblem.NOT_SET_UP
    if not row["active"] or (email and row["email"] is None):
        return DeliveryProblem.NO_ADDRESS
    if row["read_at"] is not None:
        return DeliveryProblem.READ_ALREADY
    if now - row["created_at"] > NEWS_FOR:
        return DeliveryProblem.TOO_LATE
    if isinstance(message, ChangedToday) and today > message.day:
        return DeliveryProblem.TOO_LATE
    return None


async def _put_off(row: dict[str, Any], kind: NoticeKind, now: datetime) -> bool:
    """Keep quiet hours: wait for the next working time, however often this is asked."""
    if kind in WAITS_FOR_NOBODY or not row["quiet"]:
        return False
    moment = await next_working_moment(row["worker"], now=now)
    if moment is not None and moment <= now:
        return False
    await _wait(row, moment or now + NEWS_FOR + timedelta(minutes=1), None)
    return True


async def _wait(row: dict[str, Any], until: datetime, problem: DeliveryProblem | None) -> None:
    await execute(
        "update notice_deliveries set state = 'waiting', due_at = $2, problem = $3 where id = $1",
        row["id"],
        until,
        problem.value if problem else None,
    )
    await queue_sending([row], not_before=until)


async def _end(
    row: dict[str, Any], state: DeliveryState, problem: DeliveryProblem | None, now: datetime
) -> None:
    await execute(
        "update notice_deliveries set state = $2, problem = $3, ended_at = $4 where id = $1",
        row["id"],
        state.value,
        problem.value if problem else None,
        now,
    )


async def _note_address(outgoing: Outgoing, problem: DeliveryProblem, now: datetime) -> None:
    """Remember an address that was refused."""
    if problem is DeliveryProblem.ADDRESS_REFUSED:
        await execute(
            "update notice_settings set refused_at = $2 where email = $1", outgoing.email, now
        )


_FACTS = """
select d.id, d.notice, d.channel, d.state, d.claimed_at, n.kind, n.message, n.created_at, n.read_at,
    a.language, a.active, a.worker, coalesce(s.quiet, true) as quiet,
    case when s.confirmed_at is not null then s.email end as email,
    p.endpoint, p.public_key, p.secret
from notice_deliveries d
join notices n on n.id = d.notice
join accounts a on a.id = n.account
left join notice_settings s on s.account = n.account
left join push_subscriptions p on p.id = d.subscription
where d.id = $1
for update of d
"""
