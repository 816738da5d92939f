"""`once`: each visit of the problem is in the plan once, placed or left out."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence
from scheduling.rules.reading import Reading

NAME = "once"
FORGOTTEN = N_("Visit %(visit)s is neither placed nor left out.")
BOTH = N_("Visit %(visit)s is placed and also left out.")
REPEATED = N_("Visit %(visit)s is in the plan %(times)s times instead of once.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit that is not there exactly once."""
    for code in reading.visits:
        placed = reading.times_placed.get(code, 0)
        unplaced = reading.times_unplaced.get(code, 0)
        if placed + unplaced == 1:
            continue
        text = FORGOTTEN if placed + unplaced == 0 else REPEATED
        if placed == 1 and unplaced == 1:
            text = BOTH
        yield Breach(
            NAME, Sentence(text, {"visit": code, "times": placed + unplaced}), visits=(code,)
        )


RULE = HardRule(
    NAME,
    N_("Each visit once"),
    breaches,
    asks="Each visit of the problem is in the plan once: placed, or left out.",
    says=REPEATED,
)
