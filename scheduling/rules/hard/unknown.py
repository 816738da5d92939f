"""`unknown`: a plan speaks only of the problem's visits, workers and days."""

import re
from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence
from scheduling.rules.reading import Fault, FaultKind, Reading

NAME = "unknown"
TEXTS = {
    FaultKind.VISIT: N_("The plan places visit %(visit)s, which the problem does not have."),
    FaultKind.UNPLACED: N_("The plan leaves out visit %(visit)s, which the problem does not have."),
    FaultKind.WORKER: N_(
        "Visit %(visit)s is given to %(worker)s, who is not a worker of the problem."
    ),
    FaultKind.DAY: N_(
        "Visit %(visit)s is on day number %(number)s; the days are 0 to %(last_number)s."
    ),
    FaultKind.START: N_("Visit %(visit)s starts at %(number)s, which is no number of minutes."),
}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per entry that cannot be read."""
    for fault in reading.faults:
        yield Breach(NAME, _sentence(fault, reading), visits=(shown(fault.visit),))


def shown(value: object) -> str:
    """A code or number as it may stand in a message; '?' for anything else, which may be a name."""
    text = str(value) if isinstance(value, str | int) else ""
    return text if CODE.fullmatch(text.removeprefix("-")) else "?"


def _sentence(fault: Fault, reading: Reading) -> Sentence:
    visit, value = shown(fault.visit), shown(fault.value)
    if fault.kind is FaultKind.WORKER:
        return Sentence(TEXTS[fault.kind], {"visit": visit, "worker": value})
    last = reading.problem.days - 1
    return Sentence(TEXTS[fault.kind], {"visit": visit, "number": value, "last_number": last})


RULE = HardRule(
    NAME,
    N_("Known visits, workers and days"),
    breaches,
    asks=(
        "Every visit, worker and day of the plan is one of the problem; starts are whole minutes."
    ),
    says=TEXTS[FaultKind.WORKER],
)
