"""`duty`: who is on duty may be, is not away or at work elsewhere, and has one duty at a time."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from scheduling.problem import Duty, Problem, Worker, lanes
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Value, Values, clock
from scheduling.rules.hard.unknown import shown
from scheduling.rules.reading import Reading

NAME = "duty"
MIDNIGHT = 1440
NO_DUTY = N_("The plan staffs %(duty)s, which is no duty of this week.")
NO_WORKER = N_("Duty %(duty)s on %(day)s is given to somebody who is not in this week.")
TWICE = N_("Duty %(duty)s on %(day)s is given to %(count)s workers; it is for one.")
ROLE = N_("%(worker)s has not what duty %(duty)s on %(day)s asks for.")
EXCLUDED = N_("%(worker)s may not go to %(place)s, where duty %(duty)s is on %(day)s.")
AWAY = N_("%(worker)s is away during duty %(duty)s on %(day)s, from %(from_time)s.")
ELSEWHERE = N_(
    "%(worker)s is at work elsewhere during duty %(duty)s on %(day)s, %(from_time)s to %(until)s."
)
AT_ONCE = N_("%(worker)s has two duties at once on %(day)s: %(duty)s and %(other_duty)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """By duty, then by worker for duties at once; what has begun is as it is."""
    problem = reading.problem
    given = {worker.code: worker for worker in problem.workers}
    for code, count in sorted(Counter(one.duty for one in reading.on_duty).items()):
        duty = reading.duties.get(code)
        if duty is None:
            yield Breach(NAME, Sentence(NO_DUTY, {"duty": shown(code)}))
        elif count > 1:
            yield _breach(TWICE, duty, None, {"count": count})
    for one in reading.on_duty:
        duty, worker = reading.duties.get(one.duty), given.get(one.worker)
        if duty is not None and worker is None:
            yield _breach(NO_WORKER, duty, None, {})
        elif duty is not None and worker is not None and not _begun(duty, problem):
            yield from _of_one(duty, worker, problem)
    for code, mine in reading.duties_of.items():
        for first, second in combinations(mine, 2):
            if _begun(first, problem) and _begun(second, problem):
                continue
            if _start(first) < _end(second) and _start(second) < _end(first):
                yield _breach(AT_ONCE, first, given[code], {"other_duty": second.code})


def _of_one(duty: Duty, worker: Worker, problem: Problem) -> Iterator[Breach]:
    role = not duty.disciplines or worker.discipline in duty.disciplines
    if not (role and set(duty.skills).issubset(worker.skills)):
        yield _breach(ROLE, duty, worker, {})
    for place in problem.places:
        if place.code == duty.place and worker.code in place.excluded:
            yield _breach(EXCLUDED, duty, worker, {"place": place.code})
    for day, absences in enumerate(worker.absences or ()):
        for away in absences:
            if _meets(duty, day, away.start, away.end):
                yield _breach(AWAY, duty, worker, {"from_time": clock(away.start)})
    for day, start, end in _elsewhere(duty, worker, problem):
        if _meets(duty, day, start, end):
            times: Values = {"from_time": clock(start), "until": clock(end)}
            yield _breach(ELSEWHERE, duty, worker, times)


def _elsewhere(duty: Duty, worker: Worker, problem: Problem) -> Iterator[tuple[int, int, int]]:
    """Other work by day; hours that hold the whole duty are where it is done."""
    yield from ((busy.day, busy.start, busy.end) for busy in worker.outside)
    if duty.visits:
        return
    yield from ((busy.day, busy.start, busy.end) for busy in worker.busy)
    for day in range(problem.days):
        for lane in lanes(worker, day):
            first, last = day * MIDNIGHT + lane.start, day * MIDNIGHT + lane.end
            if first > _start(duty) or _end(duty) > last:
                yield day, lane.start, lane.end


def _meets(duty: Duty, day: int, start: int, end: int) -> bool:
    return _start(duty) < day * MIDNIGHT + end and day * MIDNIGHT + start < _end(duty)


def _start(duty: Duty) -> int:
    return duty.day * MIDNIGHT + duty.start


def _end(duty: Duty) -> int:
    return duty.day * MIDNIGHT + duty.end


def _begun(duty: Duty, problem: Problem) -> bool:
    return problem.now is not None and _start(duty) < problem.now


def _breach(msgid: str, duty: Duty, worker: Worker | None, values: Values) -> Breach:
    given: dict[str, Value] = {"duty": duty.code, "day": duty.day, **values}
    if worker is None:
        return Breach(NAME, Sentence(msgid, given), day=duty.day)
    given["worker"] = worker.code
    return Breach(NAME, Sentence(msgid, given), workers=(worker.code,), day=duty.day)


RULE = HardRule(
    NAME,
    N_("Who is on duty"),
    breaches,
    asks=(
        "A duty is staffed by one worker who has what it asks, may go to its place, is not "
        "away, and is wholly at work or wholly off it; nobody has two at once."
    ),
    says=TWICE,
)
