"""`after`: the seats of a visit begin together, or one so many minutes after the first."""

from collections.abc import Iterator

from scheduling.problem import After
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Placed, Reading

NAME = "after"
TOGETHER = N_(
    "At visit %(visit)s all start together, but seat %(seat)s does not (minutes off: %(minutes)s)."
)
BETWEEN = N_(
    "At visit %(visit)s seat %(seat)s starts too soon or too late (minutes after the first: "
    "%(minutes)s, asked: %(least)s to %(most)s)."
)
COUNT = N_("Visit %(visit)s has other starts than seats (starts: %(count)s, seats: %(needed)s).")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit whose offsets cannot be read, else one per seat that is too soon or
    late.
    """
    for code, one in reading.placed.items():
        needed = len(one.visit.seats)
        if one.offsets and len(one.offsets) != needed:
            values: Values = {"visit": code, "count": len(one.offsets), "needed": needed}
            yield Breach(NAME, Sentence(COUNT, values), visits=(code,), day=one.day)
        else:
            yield from _seats(one)


def _seats(one: Placed) -> Iterator[Breach]:
    code = one.visit.code
    for i, seat in enumerate(one.visit.seats):
        least, most = seat.after or After(0, 0)
        minutes = one.offset(i)
        if least <= minutes <= most:
            continue
        values: Values = {
            "visit": code,
            "seat": i + 1,
            "minutes": minutes,
            "least": least,
            "most": most,
        }
        text = BETWEEN if seat.after else TOGETHER
        yield Breach(NAME, Sentence(text, values), visits=(code,), day=one.day)


RULE = HardRule(
    NAME,
    N_("Together or one after the other"),
    breaches,
    asks=(
        "Each seat begins `after.least` to `after.most` minutes, both included, after the first "
        "one; a seat without `after` begins with it. One offset for each seat, or none."
    ),
    says=BETWEEN,
)
