"""What is sent to a tenant whose visit changes: neutral, since somebody else may read the screen.

No name of the service, no word about health, no address: a time, and that it changes.
"""

from dataclasses import dataclass

from service.access.states import Language
from service.clock import BRUSSELS
from service.rounds.run_types import RepairStanding
from service.rounds.types import Standing
from service.web.dates import clock_time, spoken_day
from service.web.i18n import gettext, speaking

Stand = Standing | RepairStanding


@dataclass(frozen=True, slots=True)
class TextToSend:
    """A text for one tenant (a code), in the tenant's language."""

    tenant: str
    language: Language
    text: str


def text_to_send(
    tenant: str,
    language: Language,
    *,
    before: Stand | None,
    after: Stand | None,
    names: tuple[str, ...] = (),
) -> TextToSend:
    """The text for one changed visit; `names`: first names of who comes, where others come."""
    with speaking(language):
        return TextToSend(tenant=tenant, language=language, text=_text(before, after, names))


def _text(before: Stand | None, after: Stand | None, names: tuple[str, ...]) -> str:
    if before is None and after is not None:
        return gettext("Hello, can we meet on %(new)s? If not, please let us know.", new=_at(after))
    assert before is not None, "a change has a side"
    if after is None:
        return gettext(
            "Hello, our appointment on %(old)s cannot take place."
            " We will call you to find another moment.",
            old=_at(before),
        )
    if after.starts_at == before.starts_at:
        return gettext(
            "Hello, our appointment on %(old)s stays as it is, but somebody else comes: %(names)s.",
            old=_at(before),
            names=", ".join(names),
        )
    return gettext(
        "Hello, our appointment on %(old)s moves to %(new)s."
        " If that does not suit you, please let us know.",
        old=_at(before),
        new=_at(after),
    )


def _at(standing: Stand) -> str:
    """'Tuesday 1 December, 10:00'."""
    day = standing.starts_at.astimezone(BRUSSELS).date()
    return f"{spoken_day(day)}, {clock_time(standing.starts_at)}"
