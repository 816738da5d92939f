"""`alone`: nobody goes alone who may not, and in a pair learners do not count as the second."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Placed, Reading

NAME = "alone"
ALONE = N_("%(worker)s may not go alone to visit %(visit)s.")
NOBODY = N_("Nobody at visit %(visit)s may go alone.")
LEARNERS = N_(
    "Too many at visit %(visit)s do not count as second (there: %(present)s, allowed: %(allowed)s)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and condition broken."""
    for one in reading.placed.values():
        for text, values, workers in _faults(one):
            sentence = Sentence(text, {"visit": one.visit.code, **values})
            yield Breach(NAME, sentence, visits=(one.visit.code,), workers=workers, day=one.day)


def _faults(one: Placed) -> Iterator[tuple[str, Values, tuple[str, ...]]]:
    alone = len(one.visit.seats) == 1
    if one.workers and not any(worker.may_go_alone for worker in one.workers):
        text = ALONE if alone else NOBODY
        yield text, {"worker": one.workers[0].code}, one.codes
    learners = tuple(worker.code for worker in one.workers if not worker.counts_as_second)
    if not alone and len(learners) > one.visit.learners:
        yield LEARNERS, {"allowed": one.visit.learners, "present": len(learners)}, learners


RULE = HardRule(
    NAME,
    N_("Not alone"),
    breaches,
    asks=(
        "The worker of a visit of one seat `may_go_alone`. Of a visit of more seats at least "
        "one worker does, and at most `learners` do not `count_as_second`."
    ),
    says=ALONE,
)
