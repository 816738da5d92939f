"""`change`: another worker, day or time than published costs; more when soon or promised."""

from collections.abc import Iterator

from scheduling.problem import Placement, Visit
from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Value, clock
from scheduling.rules.reading import Placed, Reading
from scheduling.weeks import DAY_MINUTES

NAME = "change"
TOLERANCE = 30
"""Minutes by which a start may differ from the published one at no cost."""

WORKERS = N_("Visit %(visit)s loses %(workers)s (published).")
DAY = N_("Visit %(visit)s moves from %(other_day)s (published) to %(day)s.")
TIME = N_("Visit %(visit)s on %(day)s moves from %(from_time)s (published) to %(time)s.")
CANCELLED = N_("Visit %(visit)s was published and is left out.")


def charges(reading: Reading) -> Iterator[Charge]:
    """Per published visit: a charge for workers, one for day or time, or one for leaving it out."""
    weights = reading.problem.weights
    for before in sorted(reading.problem.published or (), key=lambda p: p.visit):
        code = before.visit
        now = reading.placed.get(code)
        if now is not None:
            factor = _factor(now.visit, min(_instant(before), _instant(now)), reading)
            for amount, text, values in _moves(before, now, reading):
                sentence = Sentence(text, {"visit": code, **values})
                yield Charge(NAME, factor * amount, sentence, visits=(code,), day=now.day)
        elif code in reading.visits:
            factor = _factor(reading.visits[code], _instant(before), reading)
            sentence = Sentence(CANCELLED, {"visit": code})
            yield Charge(NAME, factor * weights.change_cancelled, sentence, visits=(code,))


def _moves(
    before: Placement, now: Placed, reading: Reading
) -> Iterator[tuple[int, str, dict[str, Value]]]:
    weights = reading.problem.weights
    gone = tuple(sorted(set(before.workers) - set(now.codes)))
    if gone:
        yield weights.change_worker * len(gone), WORKERS, {"workers": gone}
    if before.day != now.day:
        yield weights.change_day, DAY, {"other_day": before.day, "day": now.day}
    elif abs(before.start - now.start) > TOLERANCE:
        times: dict[str, Value] = {
            "day": now.day,
            "from_time": clock(before.start),
            "time": clock(now.start),
        }
        yield weights.change_time, TIME, times


def _instant(where: Placement | Placed) -> int:
    """Minutes since Monday 0:00."""
    return where.day * DAY_MINUTES + where.start


def _factor(visit: Visit, first: int, reading: Reading) -> int:
    """What a change is multiplied by: promised, and soon (`first`: the earlier of its starts)."""
    moment, weights = reading.problem.now, reading.problem.weights
    factor = weights.promised_factor if visit.promised else 1
    soon = moment is not None and first < moment + DAY_MINUTES
    return factor * weights.soon_factor if soon else factor


WEIGHTS = (
    "change_worker",
    "change_day",
    "change_time",
    "change_cancelled",
    "soon_factor",
    "promised_factor",
)
RULE = SoftRule(
    NAME,
    N_("Changes to what is published"),
    WEIGHTS,
    charges,
    asks=(
        "For each published visit: factor x (`change_worker` x workers it loses + `change_day` "
        "if its day differs, else `change_time` if its first start differs by more than 30 "
        "minutes); factor x `change_cancelled` if it is left out. The factor is 1, times "
        "`soon_factor` if the earlier of both starts is within a day of `now`, times "
        "`promised_factor` if it is `promised`."
    ),
    says=TIME,
)
