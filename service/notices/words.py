"""Says messages to people: a headline and a line below it, in the reader's language.

Inside the application tenants are codes and colleagues have their first name; what leaves the
house says 'a tenant' and 'a colleague', or codes where the organisation chose so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from service import clock
from service.notices.states import Channel, DeliveryProblem, LoneStep, NoticeKind
from service.notices.types import (
    AbsenceNoted,
    ChangedToday,
    LoneWorkerStep,
    Message,
    NoContact,
    Proposal,
    RepairAsked,
    WeekPublished,
)
from service.web.dates import day_time, days_count, short_day
from service.web.i18n import N_, ngettext
from service.web.i18n import gettext as _

KIND_NAMES = {
    NoticeKind.WEEK_PUBLISHED: N_("My week is published or changed"),
    NoticeKind.CHANGED_TODAY: N_("My round of today changes"),
    NoticeKind.REPAIR_ASKED: N_("A week asks for a repair"),
    NoticeKind.ABSENCE: N_("Somebody of the team is away"),
    NoticeKind.LONE_WORKER: N_("Steps of a lone-worker check"),
    NoticeKind.NO_CONTACT: N_("A no-contact alert"),
    NoticeKind.PROPOSAL: N_("A worker proposes another time"),
}
PUSH_TEXTS = {
    NoticeKind.WEEK_PUBLISHED: N_("Your week has changed"),
    NoticeKind.CHANGED_TODAY: N_("Your round of today has changed"),
    NoticeKind.REPAIR_ASKED: N_("A week asks for a repair"),
    NoticeKind.ABSENCE: N_("Somebody of your team is away"),
    NoticeKind.LONE_WORKER: N_("Lone-worker check: look now"),
    NoticeKind.NO_CONTACT: N_("A no-contact alert needs you"),
    NoticeKind.PROPOSAL: N_("A proposal waits for you"),
}
CHANNEL_NAMES = {Channel.EMAIL: N_("e-mail"), Channel.PUSH: N_("push")}
PROBLEM_NAMES = {
    DeliveryProblem.NOT_SET_UP: N_("not set up here"),
    DeliveryProblem.NO_ADDRESS: N_("no address any more"),
    DeliveryProblem.READ_ALREADY: N_("read before it went out"),
    DeliveryProblem.TOO_LATE: N_("too late to be of use"),
    DeliveryProblem.UNREACHABLE: N_("server not reached"),
    DeliveryProblem.PUT_OFF: N_("put off by the server"),
    DeliveryProblem.REFUSED: N_("refused by the server"),
    DeliveryProblem.ADDRESS_REFUSED: N_("address refused by the server"),
    DeliveryProblem.GONE: N_("the browser takes no more"),
    DeliveryProblem.INTERRUPTED: N_("interrupted, perhaps sent"),
}


def _a_colleague(_code: str) -> str:
    return _("a colleague")


def _a_tenant(_code: str) -> str:
    return _("a tenant")


@dataclass(frozen=True, slots=True)
class Manner:
    """How people are called: functions from their code; by default as nobody in particular."""

    colleague: Callable[[str], str] = _a_colleague
    tenant: Callable[[str], str] = _a_tenant


OUTSIDE = Manner()
BY_CODE = Manner(colleague=str, tenant=str)


def inside(first_names: Mapping[str, str]) -> Manner:
    """The application's manner: colleagues by their name, tenants by their code."""
    return Manner(colleague=lambda code: first_names.get(code, code), tenant=str)


@dataclass(frozen=True, slots=True)
class Said:
    """A message in words; `urgent` for what cannot wait."""

    headline: str
    lines: tuple[str, ...] = field(default=())
    urgent: bool = False

    @property
    def detail(self) -> str:
        """The lines in one."""
        return ", ".join(self.lines)


def said(message: Message, manner: Manner = OUTSIDE) -> Said:
    """A message in the words of the current language."""
    match message:
        case WeekPublished():
            return _week(message)
        case ChangedToday():
            return Said(_today(message.day), _counts(message), urgent=True)
        case RepairAsked():
            return _repair(message, manner)
        case AbsenceNoted():
            return _absence(message, manner)
        case LoneWorkerStep():
            return _lone(message, manner)
        case NoContact():
            return _no_contact(message, manner)
        case Proposal():
            return _proposal(message, manner)


def _week(message: WeekPublished) -> Said:
    day = short_day(message.week)
    if message.revision == 1:
        headline = _("Your week of %(day)s is published", day=day)
    else:
        headline = _("Your week of %(day)s has changed", day=day)
    lines = _counts(message)
    if message.duties:
        first = message.revision == 1
        lines += (_("with your duties") if first else _("your duties changed"),)
    if message.days:
        lines += (_("on %(days)s", days=", ".join(short_day(each) for each in message.days)),)
    return Said(headline, lines)


def _today(day: date) -> str:
    if day == clock.today():
        return _("Your round of today has changed")
    return _("Your round of %(day)s has changed", day=short_day(day))


def _counts(message: WeekPublished | ChangedToday) -> tuple[str, ...]:
    found = (
        (message.new, ngettext("%(num)s new visit", "%(num)s new visits", message.new)),
        (
            message.moved,
            ngettext("%(num)s visit changed", "%(num)s visits changed", message.moved),
        ),
        (
            message.cancelled,
            ngettext(
                "%(num)s visit no longer yours",
                "%(num)s visits no longer yours",
                message.cancelled,
            ),
        ),
    )
    return tuple(text for count, text in found if count)


def _repair(message: RepairAsked, manner: Manner) -> Said:
    headline = _(
        "Team %(team)s: the week of %(day)s asks for a repair",
        team=message.team,
        day=short_day(message.week),
    )
    lines: tuple[str, ...] = ()
    if message.worker:
        lines += (_("%(worker)s is away", worker=manner.colleague(message.worker)),)
    if message.visits:
        lines += (_visits_hit(message.visits),)
    return Said(headline, tuple(map(_capital, lines)))


def _visits_hit(count: int) -> str:
    return ngettext("%(num)s published visit is hit", "%(num)s published visits are hit", count)


def _absence(message: AbsenceNoted, manner: Manner) -> Said:
    worker = manner.colleague(message.worker)
    first, last = message.starts_on, message.ends_on
    if last is None:
        text = _("%(worker)s is away from %(day)s", worker=worker, day=short_day(first))
    elif last == first:
        text = _("%(worker)s is away on %(day)s", worker=worker, day=short_day(first))
    else:
        text = _(
            "%(worker)s is away from %(first)s to %(last)s",
            worker=worker,
            first=short_day(first),
            last=short_day(last),
        )
    return Said(_capital(text), (_visits_hit(message.visits),) if message.visits else ())


def _lone(message: LoneWorkerStep, manner: Manner) -> Said:
    worker = manner.colleague(message.worker)
    over = ngettext(
        "%(num)s minute after the planned end",
        "%(num)s minutes after the planned end",
        message.minutes,
    )
    match message.step:
        case LoneStep.DUE:
            return Said(
                _("Are you out? Check out, or take more time"),
                (over,) if message.minutes else (),
                urgent=True,
            )
        case LoneStep.NO_SIGNAL:
            text = _("No signal from %(worker)s", worker=worker)
        case LoneStep.BUDDY | LoneStep.LEAD | LoneStep.ON_CALL:
            text = _("%(worker)s has not checked out: call now", worker=worker)
        case LoneStep.ENDED:
            text = _("%(worker)s has checked out", worker=worker)
            return Said(_capital(text), (_("the check is over"),))
    return Said(_capital(text), (over,) if message.minutes else (), urgent=True)


def _no_contact(message: NoContact, manner: Manner) -> Said:
    headline = _("No contact with %(tenant)s", tenant=manner.tenant(message.tenant))
    lines: tuple[str, ...] = ()
    if message.days is not None:
        lines += (_("%(days)s since the last contact", days=days_count(message.days)),)
    if message.missed:
        lines += (
            ngettext(
                "%(num)s visit in a row without contact",
                "%(num)s visits in a row without contact",
                message.missed,
            ),
        )
    return Said(headline, lines)


def _proposal(message: Proposal, manner: Manner) -> Said:
    headline = _(
        "%(worker)s proposes another time for %(tenant)s",
        worker=manner.colleague(message.worker),
        tenant=manner.tenant(message.tenant),
    )
    at = message.proposed_at
    return Said(_capital(headline), (day_time(at),) if at else ())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
