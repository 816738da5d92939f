"""`grid`: everybody starts on the grid of minutes."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading

NAME = "grid"
OFF = N_("Visit %(visit)s starts at %(time)s, not on the grid of %(grid)s minutes.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit with a start off the grid."""
    grid = reading.problem.grid
    for code, one in reading.placed.items():
        off = [start for start in (one.start, *(i.start for i in one.intervals)) if start % grid]
        if off:
            values: Values = {"visit": code, "time": clock(off[0]), "grid": grid}
            yield Breach(NAME, Sentence(OFF, values), visits=(code,), day=one.day)


RULE = HardRule(
    NAME,
    N_("Starts on the grid"),
    breaches,
    asks="The start of every seat is a multiple of `grid`.",
    says=OFF,
)
