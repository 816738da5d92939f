"""`travel`: from base, from stop to stop and back, everybody can be where they must in time."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading
from scheduling.rules.walk import Gap

NAME = "travel"
VISIT = N_(
    "%(worker)s is %(minutes)s minutes late for visit %(visit)s at %(time)s on %(day)s "
    "(%(travel)s minutes on the way)."
)
BUSY = N_(
    "%(worker)s is %(minutes)s minutes late for what begins at %(time)s on %(day)s "
    "(%(travel)s minutes on the way)."
)
BASE = N_(
    "%(worker)s is back %(minutes)s minutes after %(time)s on %(day)s, the end of the working "
    "hours (%(travel)s minutes on the way)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per gap that is too short, with the visits on both sides."""
    for walk in reading.walks:
        for gap in walk.gaps:
            if gap.late:
                values: Values = {
                    "worker": walk.worker.code,
                    "minutes": gap.late,
                    "visit": gap.after.visit,
                    "time": clock(gap.after.start),
                    "day": walk.day,
                    "travel": gap.leg,
                }
                yield Breach(
                    NAME,
                    Sentence(_text(gap, last=gap is walk.gaps[-1]), values),
                    visits=tuple(stop.visit for stop in (gap.before, gap.after) if stop.visit),
                    workers=(walk.worker.code,),
                    day=walk.day,
                )


def _text(gap: Gap, *, last: bool) -> str:
    if last:
        return BASE
    return VISIT if gap.after.visit else BUSY


RULE = HardRule(
    NAME,
    N_("Time to get there"),
    breaches,
    asks=(
        "In each lane with a visit: next start >= previous end + travel minutes, over visits "
        "and busy times, from the base at the lane's start back to the base by its end."
    ),
    says=VISIT,
)
