"""`pin`: a placed visit agrees with its pin in what the pin holds: day, start, workers."""

from collections.abc import Iterator

from scheduling.problem import Pin
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Value, clock
from scheduling.rules.reading import Placed, Reading

NAME = "pin"
DAY = N_("Visit %(visit)s is pinned to %(other_day)s and is on %(day)s.")
TIME = N_("Visit %(visit)s is pinned at %(time)s and is at %(from_time)s on %(day)s.")
WORKERS = N_("Visit %(visit)s on %(day)s is pinned to other workers: %(workers)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per pin and thing it holds."""
    for code, one in reading.placed.items():
        for pin in reading.pins.get(code, ()):
            for text, values in _differences(pin, one):
                sentence = Sentence(text, {"visit": code, "day": one.day, **values})
                yield Breach(NAME, sentence, visits=(code,), day=one.day)


def _differences(pin: Pin, one: Placed) -> Iterator[tuple[str, dict[str, Value]]]:
    if pin.day is not None and pin.day != one.day:
        yield DAY, {"other_day": pin.day}
    if pin.start is not None and pin.start != one.start:
        yield TIME, {"time": clock(pin.start), "from_time": clock(one.start)}
    if pin.workers is not None and set(pin.workers) != set(one.codes):
        yield WORKERS, {"workers": tuple(sorted(pin.workers))}


RULE = HardRule(
    NAME,
    N_("Pinned by a person"),
    breaches,
    asks=(
        "A placed visit that is pinned is on the pin's day, starts then, and has exactly those "
        "workers, as far as the pin says."
    ),
    says=DAY,
)
