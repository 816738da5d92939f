"""`shift`: each worker's part of a visit lies wholly inside one lane (hours less absences)."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading
from scheduling.windows import contains

NAME = "shift"
OFF = N_("%(worker)s does not work on %(day)s, the day of visit %(visit)s.")
OUTSIDE = N_(
    "Visit %(visit)s, %(time)s to %(until)s on %(day)s, is outside the working hours of %(worker)s."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and worker."""
    for code, one in reading.placed.items():
        for worker in one.workers:
            hours = reading.lanes(worker, one.day)
            when = one.when(worker)
            if contains(hours, when):
                continue
            values: Values = {
                "worker": worker.code,
                "visit": code,
                "day": one.day,
                "time": clock(when.start),
                "until": clock(when.end),
            }
            sentence = Sentence(OUTSIDE if hours else OFF, values)
            yield Breach(NAME, sentence, visits=(code,), workers=(worker.code,), day=one.day)


RULE = HardRule(
    NAME,
    N_("Working hours and absences"),
    breaches,
    asks=(
        "Each seat lies wholly inside one lane of its worker: `shifts` less `absences`, merged "
        "where they touch."
    ),
    says=OUTSIDE,
)
