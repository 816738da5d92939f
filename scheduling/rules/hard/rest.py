"""`rest`: eleven hours between the end of work, duties included, and its next beginning."""

from collections.abc import Iterator

from scheduling.problem import Duty, Problem, Worker, lanes
from scheduling.rest import Piece, too_long, working_days
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading

NAME = "rest"
SHORT = N_(
    "With duty %(duty)s %(worker)s works from %(day)s %(from_time)s to %(other_day)s %(until)s "
    "without eleven hours of rest."
)
MIDNIGHT = 1440


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per working day that is too long, on the day of its first duty."""
    for code, duties in reading.duties_of.items():
        worker = reading.workers[code]
        for day in working_days(_work(worker, duties, reading.problem)):
            if too_long(day) and _ahead(day, reading.problem.now):
                yield _breach(worker, day)


def _work(worker: Worker, duties: tuple[Duty, ...], problem: Problem) -> Iterator[Piece]:
    """All that a worker does in the week, and at its edges."""
    for day in range(problem.days):
        for lane in lanes(worker, day):
            yield Piece(day * MIDNIGHT + lane.start, day * MIDNIGHT + lane.end)
    for busy in worker.outside:
        yield Piece(busy.day * MIDNIGHT + busy.start, busy.day * MIDNIGHT + busy.end)
    for duty in duties:
        midnight = duty.day * MIDNIGHT
        yield Piece(midnight + duty.start, midnight + duty.end, duty.code)


def _ahead(day: tuple[Piece, ...], now: int | None) -> bool:
    """Whether a duty of the working day has yet to begin."""
    return any(piece.duty and (now is None or piece.start >= now) for piece in day)


def _breach(worker: Worker, day: tuple[Piece, ...]) -> Breach:
    first, until = day[0].start, max(piece.end for piece in day)
    duty = next(piece for piece in day if piece.duty)
    last = (until - 1) // MIDNIGHT
    values: Values = {
        "worker": worker.code,
        "duty": duty.duty,
        "day": first // MIDNIGHT % 7,
        "from_time": clock(first % MIDNIGHT),
        "other_day": last % 7,
        "until": clock(until - last * MIDNIGHT),
    }
    return Breach(NAME, Sentence(SHORT, values), workers=(worker.code,), day=duty.start // MIDNIGHT)


RULE = HardRule(
    NAME,
    N_("Eleven hours of rest"),
    breaches,
    asks=(
        "No duty leaves its worker less than eleven hours of rest before or after it "
        "(`scheduling/rest.py`)."
    ),
    says=SHORT,
)
