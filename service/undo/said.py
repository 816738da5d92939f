"""What a page says after a change: one of a few sentences, with the way back."""

from dataclasses import dataclass
from typing import Any

from litestar import Request

from service.web.i18n import N_, gettext

_SENTENCES = {
    "saved": N_("Saved."),
    "added": N_("Added."),
    "ended": N_("Ended."),
    "removed": N_("Removed."),
    "same": N_("Nothing was changed."),
    "undone": N_("Undone: it is as it was before."),
    "undo_stale": N_("It cannot be undone: it was changed again meanwhile."),
    "undo_needed": N_("It cannot be undone: something else needs it by now."),
}
_ALARMS = frozenset({"undo_stale", "undo_needed"})


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit left: the version of whose data it was, and the step that takes it back."""

    version: int
    undo: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for a page, and the undo step behind its button."""

    text: str
    undo: int | None
    alarm: bool


def after(path: str, *, said: str, edited: Edited | None = None) -> str:
    """The address to go on with after a change: `path`, and what to say there."""
    if edited is not None and edited.undo is None:
        said = "same"
    step = f"&undo={edited.undo}" if edited is not None and edited.undo else ""
    return f"{path}?said={said}{step}"


def said(request: Request[Any, Any, Any]) -> Said | None:
    """What the address says was done just now."""
    known = request.query_params.get("said", "")
    if known not in _SENTENCES:
        return None
    step = request.query_params.get("undo", "")
    return Said(
        text=gettext(_SENTENCES[known]),
        undo=int(step) if step.isdecimal() and len(step) < 10 else None,
        alarm=known in _ALARMS,
    )
