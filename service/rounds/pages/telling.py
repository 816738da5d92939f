"""What happened to a draft, in words: what slid, what was refused, what others did."""

import json
from collections.abc import Sequence

from service.rounds import sentences, words
from service.rounds.errors import MoveRefused
from service.rounds.overview import worker_names
from service.rounds.pages.ago import ago
from service.rounds.pages.compose import Notice
from service.rounds.rule_words import rule_in_words
from service.rounds.trail import StepSeen
from service.rounds.types import Slid
from service.web.dates import clock_time, day_time
from service.web.i18n import gettext as _
from service.web.i18n import ngettext

MOST_SLIDES = 3


def slides(found: Sequence[Slid]) -> tuple[str, ...]:
    """'T-002 begins at 11:30 instead of 11:00', the first few."""
    told = [
        _(
            "%(tenant)s begins at %(after)s instead of %(before)s.",
            tenant=one.tenant,
            after=clock_time(one.after),
            before=clock_time(one.before),
        )
        for one in found[:MOST_SLIDES]
    ]
    more = len(found) - MOST_SLIDES
    if more > 0:
        told.append(ngettext("%(num)s more moves.", "%(num)s more move.", more))
    return tuple(told)


async def refusal(refused: MoveRefused) -> tuple[str, ...]:
    """Every rule that speaks against a move."""
    if refused.drafted:
        return tuple(sentences.breach(one) for one in refused.drafted)
    codes = {code for breach in refused.breaks for code in breach.workers}
    names = await worker_names(codes)
    said = (
        rule_in_words(breach.sentence, week=refused.week, tenants=refused.tenants, workers=names)
        for breach in refused.breaks
    )
    return tuple(dict.fromkeys(said))


def step_in_words(step: StepSeen) -> str:
    """'Fatima moved T-017 (Tue 1 Dec 10:15), 2 minutes ago.'"""
    return _(
        "%(who)s, %(when)s: %(what)s.",
        who=step.who or _("Somebody"),
        when=ago(step.made_at),
        what=words.step(step.kind, tenant=step.tenant, at=_at(step)),
    )


def said_by_hand(notice: Notice, visit: int) -> str:
    """What the page's script says after a move by hand: ASCII, for a header."""
    lines = (notice.text, *notice.lines, *(sentences.breach(one) for one in notice.breaches))
    told = {
        "text": " ".join(lines),
        "alarm": notice.alarm,
        "undo": dict(notice.undo.fields) if notice.undo else None,
        "label": _("Undo"),
        "visit": visit,
    }
    return json.dumps({"moved": told})


def _at(step: StepSeen) -> str:
    return day_time(step.starts_at) if step.starts_at else _("no longer placed")
