"""Pairs of pinned visits that cannot both stand as they are pinned, and what to do about each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from scheduling.problem import After, Pin, Problem, Seat, Visit, Worker, lanes, minutes_of, shortest
from scheduling.rules.base import N_, Sentence, Values, clock
from scheduling.travel import ProblemTravel
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, contains, overlaps

WORKER = N_("Visits %(other_visit)s and %(visit)s both hold %(worker)s on %(day)s at %(time)s.")
WAY = N_(
    "%(worker)s cannot get from visit %(other_visit)s, until %(from_time)s on %(day)s, to visit "
    "%(visit)s at %(time)s (%(travel)s minutes on the way)."
)
TENANT = N_(
    "Visits %(other_visit)s and %(visit)s of tenant %(tenant)s are held at the same time, %(day)s "
    "at %(time)s."
)
SPACING = N_(
    "Visits %(other_visit)s on %(other_day)s and %(visit)s on %(day)s are held too close (days "
    "between: %(days)s, asked: %(needed)s)."
)
RESOURCE = N_(
    "Visits %(other_visit)s and %(visit)s both need %(resource)s on %(day)s at %(time)s, and there "
    "are not two."
)
MOVE_OR_GIVE = N_("Move one of them, or give it to somebody else.")
LATER_OR_GIVE = N_("Begin the second %(minutes)s minutes later, or give one to somebody else.")
MOVE = N_("Move one of them.")
OTHER_DAY = N_("Hold one of them on another day, or let it go.")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two pinned visits (codes, the earlier first): why they clash, and what to do."""

    visits: tuple[str, str]
    sentence: Sentence
    advice: Sentence

    def __str__(self) -> str:
        """Both sentences in English."""
        return f"{self.sentence} {self.advice}"


@dataclass(frozen=True, slots=True)
class Held:
    """A pinned visit: its day, its first start (None: open), and who is held to go."""

    visit: Visit
    day: int
    start: int | None
    workers: tuple[str, ...]

    @property
    def moment(self) -> int:
        """Minutes since Monday 0:00 of its start, or of its day."""
        return self.day * DAY_MINUTES + (self.start or 0)

    @property
    def hull(self) -> Interval:
        """The shortest it can last, in minutes since Monday 0:00; empty where the start is open."""
        length = 0 if self.start is None else shortest(self.visit)
        return Interval(self.moment, self.moment + length)


def pin_clashes(problem: Problem) -> Iterator[Clash]:
    """Clashes of a problem that is valid otherwise; a pair is named once, for its first reason.

    Nothing is said of two visits that have both begun (`Problem.now`): what has been stands.
    """
    held = sorted(_held(problem), key=lambda one: (one.moment, one.visit.code))
    told: set[tuple[str, str]] = set()
    for find in (_workers, _tenants, _ways, _resources, _spacing):
        for clash in find(problem, held):
            if clash.visits not in told:
                told.add(clash.visits)
                yield clash


def slot_of(pin: Pin | None, visit: Visit) -> tuple[int | None, int | None]:
    """Day and start that a pin, `fixed` and `fixed_day` ask of a visit; None is open."""
    day = visit.fixed.day if visit.fixed else visit.fixed_day
    start = visit.fixed.start if visit.fixed else None
    if pin is not None:
        day = pin.day if pin.day is not None else day
        start = pin.start if pin.start is not None else start
    return day, start


def _held(problem: Problem) -> Iterator[Held]:
    visits = {visit.code: visit for visit in problem.visits}
    for pin in problem.pins:
        visit = visits[pin.visit]
        day, start = slot_of(pin, visit)
        if day is not None:
            yield Held(visit, day, start, tuple(sorted(set(pin.workers or ()))))


def _pairs(problem: Problem, held: list[Held]) -> Iterator[tuple[Held, Held]]:
    """All pairs, the earlier first, unless both have begun."""
    for one, two in combinations(held, 2):
        if problem.now is None or two.moment >= problem.now:
            yield one, two


def _workers(problem: Problem, held: list[Held]) -> Iterator[Clash]:
    workers = {worker.code: worker for worker in problem.workers}
    for one, two in _pairs(problem, held):
        for code in sorted(set(one.workers) & set(two.workers)):
            if _always(one, two, workers[code], overlaps):
                values: Values = {"worker": code, **_both(one, two)}
                yield _clash(one, two, Sentence(WORKER, values), Sentence(MOVE_OR_GIVE, {}))


def _tenants(problem: Problem, held: list[Held]) -> Iterator[Clash]:
    for one, two in _pairs(problem, held):
        if one.visit.tenant == two.visit.tenant and overlaps(one.hull, two.hull):
            values: Values = {"tenant": one.visit.tenant, **_both(one, two)}
            yield _clash(one, two, Sentence(TENANT, values), Sentence(MOVE, {}))


def _ways(problem: Problem, held: list[Held]) -> Iterator[Clash]:
    """Stops of a worker held one after the other in one lane, with too little time between."""
    travel = ProblemTravel(problem)
    homes = {tenant.code: tenant.place for tenant in problem.tenants}
    timed = [one for one in held if one.start is not None]
    for worker in sorted(problem.workers, key=lambda w: w.code):
        mine = [one for one in timed if worker.code in one.workers]
        for one, two in pairwise(mine):
            begun = problem.now is not None and two.moment < problem.now
            if begun or not _one_lane(one, two, worker):
                continue
            home = homes[one.visit.tenant], homes[two.visit.tenant]
            leg = travel.minutes(
                one.visit.end_place or one.visit.place or home[0],
                two.visit.pick_up or two.visit.place or home[1],
                worker.mode,
            )
            missing = min(
                leg - (late.start - early.end)
                for early, late in product(_spans(one, worker), _spans(two, worker))
            )
            if missing > 0:
                end = min(span.end for span in _spans(one, worker))
                values: Values = {
                    **_both(one, two),
                    "worker": worker.code,
                    "from_time": clock(end),
                    "travel": leg,
                }
                advice = Sentence(LATER_OR_GIVE, {"minutes": missing})
                yield _clash(one, two, Sentence(WAY, values), advice)


def _resources(problem: Problem, held: list[Held]) -> Iterator[Clash]:
    for resource in sorted(problem.resources, key=lambda r: r.code):
        users = [one for one in held if resource.code in one.visit.resources]
        for one, two in _pairs(problem, users):
            if resource.count < 2 and overlaps(one.hull, two.hull):
                values: Values = {"resource": resource.code, **_both(one, two)}
                yield _clash(one, two, Sentence(RESOURCE, values), Sentence(MOVE, {}))


def _spacing(problem: Problem, held: list[Held]) -> Iterator[Clash]:
    if problem.weights.spacing is not None:
        return
    spaced = [one for one in held if not one.visit.exempt_from_spacing]
    for one, two in _pairs(problem, spaced):
        days, needed = two.day - one.day, max(one.visit.gap_days, two.visit.gap_days)
        if one.visit.tenant == two.visit.tenant and days < needed:
            values: Values = {**_both(one, two), "days": days, "needed": needed}
            yield _clash(one, two, Sentence(SPACING, values), Sentence(OTHER_DAY, {}))


def _both(one: Held, two: Held) -> Values:
    return {
        "other_visit": one.visit.code,
        "visit": two.visit.code,
        "other_day": one.day,
        "day": two.day,
        "time": clock(two.start or 0),
    }


def _clash(one: Held, two: Held, sentence: Sentence, advice: Sentence) -> Clash:
    return Clash((one.visit.code, two.visit.code), sentence, advice)


def _spans(one: Held, worker: Worker) -> list[Interval]:
    """For each seat the worker may have: the minutes of the day they are there in any case."""
    start = one.start or 0
    seats = [i for i, seat in enumerate(one.visit.seats) if _fits(seat, worker)]
    found = []
    for i in seats or range(len(one.visit.seats)):
        least, most = one.visit.seats[i].after or After(0, 0)
        found.append(Interval(start + most, start + least + minutes_of(one.visit, i)))
    return found


def _fits(seat: Seat, worker: Worker) -> bool:
    skilled = set(seat.skills) <= set(worker.skills)
    return skilled and (not seat.disciplines or worker.discipline in seat.disciplines)


def _always(
    one: Held, two: Held, worker: Worker, clash: Callable[[Interval, Interval], bool]
) -> bool:
    """Whether it is so in whichever seats the worker has."""
    if one.day != two.day or one.start is None or two.start is None:
        return False
    return all(clash(*spans) for spans in product(_spans(one, worker), _spans(two, worker)))


def _one_lane(one: Held, two: Held, worker: Worker) -> bool:
    if one.day != two.day:
        return False
    spans = [span for held in (one, two) for span in _spans(held, worker)]
    return any(all(contains([lane], span) for span in spans) for lane in lanes(worker, one.day))
