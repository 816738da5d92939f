"""`alone`: nobody goes alone who may not, and in a pair learners do not count as the second."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence
from scheduling.rules.reading import Placed, Reading

NAME = "alone"
ALONE = N_("%(worker)s may not go alone to visit %(visit)s.")
NOBODY = N_("None of the workers of visit %(visit)s may go alone.")
LEARNERS = N_(
    "Visit %(visit)s has %(present)s workers who do not count as second; allowed: %(allowed)s."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and condition broken."""
    for one in reading.placed.values():
        for text, values, worker in _faults(one):
            sentence = Sentence(text, {"visit": one.visit.code, **values})
            yield Breach(NAME, sentence, visit=one.visit.code, worker=worker, day=one.day)


def _faults(one: Placed) -> Iterator[tuple[str, dict[str, int | str], str | None]]:
    alone = len(one.visit.seats) == 1
    if one.workers and not any(worker.may_go_alone for worker in one.workers):
        first = one.workers[0].code
        yield (ALONE, {"worker": first}, first) if alone else (NOBODY, {}, None)
    learners = sum(not worker.counts_as_second for worker in one.workers)
    if not alone and learners > one.visit.learners:
        yield LEARNERS, {"allowed": one.visit.learners, "present": learners}, None


RULE = HardRule(NAME, N_("Not alone"), breaches)
