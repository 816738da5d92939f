"""What visits, their states, the planner's rules and its phases are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from service.rounds.states import ChangeKind, Effort, Priority, RepairKind, StepKind, VisitKind
from service.web.i18n import N_, gettext

_KINDS = {
    VisitKind.HOME_VISIT: N_("Home visit"),
    VisitKind.ACCOMPANIMENT: N_("Accompaniment"),
    VisitKind.MEDICATION: N_("Medication"),
    VisitKind.DEPOT: N_("Depot injection"),
    VisitKind.GROUP: N_("Group"),
}
KIND_ICONS = {
    VisitKind.HOME_VISIT: "house",
    VisitKind.ACCOMPANIMENT: "route",
    VisitKind.MEDICATION: "pill",
    VisitKind.DEPOT: "syringe",
    VisitKind.GROUP: "users",
}
_PRIORITIES = {
    Priority.MUST: N_("Must take place this week"),
    Priority.SHOULD: N_("Due this week"),
    Priority.WANT: N_("Wished for, may wait"),
}
_CHANGES = {
    ChangeKind.NEW: N_("new"),
    ChangeKind.MOVED: N_("moved"),
    ChangeKind.CANCELLED: N_("cancelled"),
}
_BECAME = {
    RepairKind.GIVEN: N_("goes to somebody else"),
    RepairKind.MOVED: N_("moves"),
    RepairKind.DROPPED: N_("no longer fits in the week"),
    RepairKind.CALLED_OFF: N_("is called off"),
    RepairKind.NEW: N_("is new"),
}
_EFFORTS = {
    Effort.QUICK: N_("Quick"),
    Effort.NORMAL: N_("Normal"),
    Effort.THOROUGH: N_("Thorough"),
}
_EFFORT_HINTS = {
    Effort.QUICK: N_("a first good plan, in seconds"),
    Effort.NORMAL: N_("for most weeks, under a minute"),
    Effort.THOROUGH: N_("searches longest, a few minutes"),
}
_PHASES = {
    "reading": N_("Reading the week"),
    "construct": N_("Making a first plan"),
    "improve": N_("Making it better"),
    "recombine": N_("Putting the best rounds together"),
    "check": N_("Checking every rule"),
    "writing": N_("Writing the draft"),
}
_COSTS = {
    "unplaced": N_("Visits left out"),
    "change": N_("Changes of what was published"),
    "not_primary": N_("Not the own worker"),
    "not_backup": N_("Not the back-up either"),
    "introduction": N_("First meeting without a known face"),
    "language": N_("Language not shared"),
    "gender": N_("Wish for a woman or a man"),
    "wanted": N_("Not a worker wished for"),
    "unwanted": N_("A worker rather not seen"),
    "preferred_slot": N_("Outside the preferred hours"),
    "lateness": N_("Later than preferred"),
    "rotation": N_("Too few different workers"),
    "travel": N_("Travel"),
    "waiting": N_("Waiting between visits"),
    "overload": N_("More than a fair share"),
}


_STEPS = {
    StepKind.PIN: N_("pinned %(tenant)s (%(at)s)"),
    StepKind.UNPIN: N_("unpinned %(tenant)s (%(at)s)"),
    StepKind.PROMISE: N_("noted a promise to %(tenant)s (%(at)s)"),
    StepKind.UNPROMISE: N_("dropped the promise to %(tenant)s (%(at)s)"),
    StepKind.MOVE: N_("moved %(tenant)s (%(at)s)"),
    StepKind.TAKE_OFF: N_("took %(tenant)s off the week"),
    StepKind.CALL_OFF: N_("called %(tenant)s off"),
    StepKind.ADD: N_("added a visit to %(tenant)s (%(at)s)"),
    StepKind.SWAP: N_("let two visits change places, one to %(tenant)s (%(at)s)"),
    StepKind.UNDO: N_("took a change of %(tenant)s back (%(at)s)"),
}


def step(kind: StepKind, *, tenant: str, at: str) -> str:
    """'moved T-017 (Tue 1 Dec, 10:15)': what somebody did to a draft."""
    return gettext(_STEPS[kind], tenant=tenant, at=at)


def visit_kind(value: VisitKind) -> str:
    """'Home visit'."""
    return gettext(_KINDS[value])


def priority(value: Priority) -> str:
    """'Due this week'."""
    return gettext(_PRIORITIES[value])


def change(value: ChangeKind) -> str:
    """'moved'."""
    return gettext(_CHANGES[value])


def effort(value: Effort) -> str:
    """'Normal'."""
    return gettext(_EFFORTS[value])


def effort_hint(value: Effort) -> str:
    """What an effort is good for."""
    return gettext(_EFFORT_HINTS[value])


def phase(code: str) -> str:
    """What the planner is doing; a phase that has no words yet is just planning."""
    return _known(_PHASES, code, otherwise=N_("Planning"))


def cost_rule(code: str) -> str:
    """What a soft rule is called; one without words keeps its code."""
    return _known(_COSTS, code, otherwise=code)


def _known(words: Mapping[str, str], code: str | StrEnum, *, otherwise: str) -> str:
    return gettext(words.get(str(code), otherwise))


def became(kind: RepairKind) -> str:
    """What a repair makes of a visit."""
    return gettext(_BECAME[kind])
