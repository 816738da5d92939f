"""`seats`: one worker for each seat, all different, each of the discipline and skills asked."""

from collections.abc import Iterator

from scheduling.problem import Seat, Worker
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Placed, Reading

NAME = "seats"
COUNT = N_(
    "Visit %(visit)s has another number of workers than it needs (there: %(present)s, "
    "needed: %(needed)s)."
)
DISCIPLINE = N_("Visit %(visit)s asks another discipline than that of %(worker)s.")
SKILL = N_("Visit %(visit)s asks skills that %(worker)s does not have.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit with a wrong number, else one per worker in the wrong seat."""
    for one in reading.placed.values():
        if len(one.codes) != len(one.visit.seats) or len(one.workers) != len(one.codes):
            values: Values = {
                "visit": one.visit.code,
                "needed": len(one.visit.seats),
                "present": len(one.workers),
            }
            yield Breach(NAME, Sentence(COUNT, values), visits=(one.visit.code,), day=one.day)
        else:
            yield from _misfits(one)


def _misfits(one: Placed) -> Iterator[Breach]:
    for seat, worker in zip(one.visit.seats, one.workers, strict=True):
        text = _lacks(seat, worker)
        if text:
            sentence = Sentence(text, {"visit": one.visit.code, "worker": worker.code})
            yield Breach(
                NAME, sentence, visits=(one.visit.code,), workers=(worker.code,), day=one.day
            )


def _lacks(seat: Seat, worker: Worker) -> str | None:
    if seat.disciplines and worker.discipline not in seat.disciplines:
        return DISCIPLINE
    return None if set(seat.skills) <= set(worker.skills) else SKILL


RULE = HardRule(
    NAME,
    N_("Workers, disciplines and skills"),
    breaches,
    asks=(
        "As many workers as `seats`, all different; the worker at each position has one of the "
        "seat's `disciplines` (none: any) and all of its `skills`."
    ),
    says=COUNT,
)
