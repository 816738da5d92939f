"""Jobs of the queue: send a notice, send the code for an address, forget what is old."""

import asyncio

import msgspec
import structlog
from procrastinate import RetryStrategy

from service import clock
from service.errors import ThuisrondeError
from service.jobs.queue import APP, Queue
from service.notices import actions, addresses
from service.notices.browsers import push_key
from service.notices.mailing import code_mail, hand_over, notice_mail
from service.notices.outcomes import NotHanded, Outcome
from service.notices.sending import Outgoing, claim, settle
from service.notices.states import Channel, DeliveryProblem, NoticeKind
from service.notices.types import kind_of
from service.notices.webpush import Browser, Push, push
from service.notices.words import BY_CODE, OUTSIDE, PUSH_TEXTS, said
from service.settings import Settings, current_settings
from service.web.i18n import gettext as _
from service.web.i18n import speaking

_PUSHED_FOR = {
    NoticeKind.LONE_WORKER: (15 * 60, True),
    NoticeKind.CHANGED_TODAY: (6 * 3600, True),
    NoticeKind.REPAIR_ASKED: (6 * 3600, True),
}
"""How many seconds a push is of use, and whether it may wake a telephone that sleeps."""

_log = structlog.get_logger("thuisronde.notices")


class CodeNotSent(ThuisrondeError):
    """The code did not go out this time; the queue tries again."""


@APP.task(name=actions.SEND_TASK, queue=Queue.NOTICES.value)
async def send_notice(delivery: int) -> None:
    """Send one delivery, unless it went out, is not due yet or is of no more use."""
    settings = current_settings()
    outgoing = await claim(delivery, settings)
    if outgoing is None:
        return
    outcome = await _handed_over(outgoing, settings)
    state = await settle(outgoing, outcome)
    problem = outcome.problem.value if isinstance(outcome, NotHanded) else None
    _log.info(
        "notice", delivery=delivery, way=outgoing.channel.value, state=state.value, problem=problem
    )


@APP.task(
    name=addresses.CODE_TASK,
    queue=Queue.NOTICES.value,
    retry=RetryStrategy(max_attempts=4, exponential_wait=5, retry_exceptions={CodeNotSent}),
)
async def send_address_code(account: int) -> None:
    """Send an account the code that confirms its e-mail address."""
    settings = current_settings()
    if settings.mail is None:
        return
    asked = await addresses.new_code(account, settings)
    if asked is None:
        return
    with speaking(asked.language):
        message = code_mail(asked.code, to=asked.email, account=account, mail=settings.mail)
    outcome = await asyncio.to_thread(hand_over, message, settings.mail)
    if not isinstance(outcome, NotHanded):
        return
    _log.warning("code not sent", account=account, problem=outcome.problem.value)
    if outcome.again:
        raise CodeNotSent("The code did not go out.")
    await addresses.note_refused(account)


@APP.task(name="forget_notices", queue=Queue.CHORES.value)
async def forget_notices(due_at: str) -> None:
    """Delete notices that are too old to matter."""
    del due_at
    await actions.forget_old_notices()


async def _handed_over(outgoing: Outgoing, settings: Settings) -> Outcome:
    if outgoing.channel is Channel.EMAIL and settings.mail is not None:
        manner = BY_CODE if settings.mail.codes else OUTSIDE
        with speaking(outgoing.language):
            message = notice_mail(
                said(outgoing.message, manner),
                to=outgoing.email,
                notice=outgoing.notice,
                mail=settings.mail,
                base_url=settings.base_url,
            )
        return await asyncio.to_thread(hand_over, message, settings.mail)
    if outgoing.channel is Channel.PUSH and settings.push is not None:
        return await asyncio.to_thread(_pushed, outgoing, settings)
    return NotHanded(DeliveryProblem.NOT_SET_UP, again=False)


def _pushed(outgoing: Outgoing, settings: Settings) -> Outcome:
    kind = kind_of(outgoing.message)
    with speaking(outgoing.language):
        payload = {"title": _(PUSH_TEXTS[kind]), "path": f"/notices/{outgoing.notice}"}
    seconds, urgent = _PUSHED_FOR.get(kind, (24 * 3600, False))
    contact = f"mailto:{settings.mail.sender}" if settings.mail else settings.base_url
    return push(
        Push(
            payload=msgspec.json.encode({**payload, "tag": kind.value}),
            seconds=seconds,
            urgent=urgent,
            topic=kind.value,
        ),
        Browser(endpoint=outgoing.endpoint, public_key=outgoing.public_key, secret=outgoing.secret),
        key=push_key(settings),
        contact=contact,
        now=clock.now(),
    )
