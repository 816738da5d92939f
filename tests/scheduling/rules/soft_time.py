"""Cases of soft rules about whether and when."""

from collections.abc import Mapping
from dataclasses import replace

from scheduling.problem import (
    After,
    Busy,
    Matrix,
    Mode,
    ModeMinutes,
    Priority,
    Seat,
    Visit,
)
from scheduling.weights import Weights
from tests.scheduling.factories import LUNCH, every_day, place, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    V1_OTHER,
    V1_TUESDAY,
    SoftCase,
    soft,
    two_visits,
    with_visit,
    with_worker,
)


def unplaced_cases() -> list[SoftCase]:
    def left_out(priority: Priority, cost: int, overdue: int = 0) -> SoftCase:
        given = with_visit(priority=priority, overdue_days=overdue)
        nothing = replace(given, visits=())
        return soft(priority, given, good=(V1,), bad=(), cost=cost, lifted=nothing)

    return [
        left_out(Priority.MUST, 10_000),
        left_out(Priority.SHOULD, 2_000 + 3 * 20, overdue=3),
        left_out(Priority.WANT, 500),
    ]


def change_cases() -> list[SoftCase]:
    published = replace(PLAIN, published=(V1,))
    promised = replace(published, visits=(visit("v1", promised=True),))
    pair = replace(PAIR, published=(V1_BOTH,), workers=(*PAIR.workers, worker("w3"), worker("w4")))
    elsewhere = at("v1", "w2", day=2, start=900)
    return [
        soft("worker", published, good=(V1,), bad=(V1_OTHER,), cost=80),
        soft(
            "half the pair",
            pair,
            good=(at("v1", "w2", "w1"),),
            bad=(at("v1", "w1", "w3"),),
            cost=80,
            lifted=PAIR,
        ),
        soft("day", published, good=(V1,), bad=(V1_TUESDAY,), cost=60),
        soft(
            "time",
            published,
            good=(at("v1", "w1", start=630),),
            bad=(at("v1", "w1", start=635),),
            cost=20,
        ),
        soft("day and worker", published, good=(V1,), bad=(elsewhere,), cost=140),
        soft("soon", replace(published, now=0), good=(V1,), bad=(elsewhere,), cost=3 * 140),
        soft(
            "soon is a day",
            replace(published, published=(V1_TUESDAY,), now=600),
            good=(V1_TUESDAY,),
            bad=(elsewhere,),
            cost=140,
        ),
        soft(
            "later in the week is not soon",
            replace(PLAIN, published=(at("v1", "w1", day=3),), now=2040),
            good=(at("v1", "w1", day=3),),
            bad=(at("v1", "w1", day=3, start=900),),
            cost=20,
        ),
        soft(
            "to the minute",
            replace(PLAIN, published=(at("v1", "w1", start=599),)),
            good=(at("v1", "w1", start=625),),
            bad=(at("v1", "w1", start=630),),
            cost=20,
        ),
        soft("promised", promised, good=(V1,), bad=(elsewhere,), cost=4 * 140),
        soft(
            "promised and soon",
            replace(promised, now=0),
            good=(V1,),
            bad=(elsewhere,),
            cost=12 * 140,
        ),
        soft(
            "left out",
            replace(published, weights=Weights(change_cancelled=7)),
            good=(V1,),
            bad=(),
            cost=7,
        ),
        soft(
            "left out, promised and soon",
            replace(promised, now=0, weights=Weights(change_cancelled=7)),
            good=(V1,),
            bad=(),
            cost=12 * 7,
        ),
    ]


def preferred_slot_cases() -> list[SoftCase]:
    tuesday = ((), every_day((540, 720))[0], (), (), ())
    halves = with_visit(preferred=every_day((540, 615), (615, 720)))
    afternoon = at("v1", "w1", start=900)
    return [
        soft("another day", with_visit(preferred=tuesday), good=(V1_TUESDAY,), bad=(V1,), cost=20),
        soft("another hour", halves, good=(V1,), bad=(afternoon,), cost=20),
        soft(
            "the second may come later",
            replace(halves, visits=(_chain(halves.visits[0]),)),
            good=(at("v1", "w1", "w2", start=690, offsets=(0, 60)),),
            bad=(at("v1", "w1", "w2", start=695, offsets=(0, 60)),),
            cost=20,
            lifted=replace(PAIR, visits=(_chain(PAIR.visits[0]),)),
        ),
        soft(
            "empty windows ask nothing",
            halves,
            good=(V1,),
            bad=(afternoon,),
            cost=20,
            lifted=with_visit(preferred=((),) * 5),
        ),
    ]


def _chain(first: Visit) -> Visit:
    """The same by two, the second an hour later."""
    return replace(first, seats=(Seat(), Seat(after=After(60, 60))))


def lateness_cases() -> list[SoftCase]:
    until = with_visit(preferred_until=600)
    chain = visit("v1", preferred_until=610, seats=(Seat(), Seat(after=After(0, 60))))
    pair = replace(PAIR, visits=(replace(PAIR.visits[0], preferred_until=600),))
    return [
        soft("minutes", until, good=(V1,), bad=(at("v1", "w1", start=645),), cost=45),
        soft(
            "each of two who come together",
            pair,
            good=(V1_BOTH,),
            bad=(at("v1", "w1", "w2", start=620),),
            cost=40,
            lifted=PAIR,
        ),
        soft(
            "the second alone",
            replace(PAIR, visits=(chain,)),
            good=(at("v1", "w1", "w2", offsets=(0, 10)),),
            bad=(at("v1", "w1", "w2", offsets=(0, 45)),),
            cost=35,
            lifted=replace(PAIR, visits=(replace(chain, preferred_until=None),)),
        ),
    ]


def travel_cases() -> list[SoftCase]:
    at_base = replace(PLAIN, places=(place("base"), place("home")))
    meeting = (worker("w1", busy=(Busy(day=0, start=600, end=660, place="office"),)),)
    here = (*at_base.places, place("office"))
    minutes = ((0, 60, 5), (20, 0, 60), (60, 15, 0))
    table = ModeMinutes(mode=Mode.BIKE, minutes=minutes)
    matrix = Matrix(places=("base", "home", "office"), tables=(table,))
    elsewhere = replace(PLAIN, places=(*PLAIN.places, place("office")), matrix=matrix)
    return [
        # ten minutes to 'home' and ten back
        soft("there and back", PLAIN, good=(), bad=(V1,), cost=20, lifted=at_base),
        soft(
            "two in one house, two days",
            two_visits(),
            good=(),
            bad=(V1, at("v2", "w1", day=1)),
            cost=40,
            lifted=replace(two_visits(), places=at_base.places),
        ),
        soft(
            "two in one house, one day",
            two_visits(),
            good=(),
            bad=(V1, at("v2", "w1", start=700)),
            cost=20,
            lifted=replace(two_visits(), places=at_base.places),
        ),
        soft(
            "a meeting elsewhere, on days with visits only",
            replace(elsewhere, workers=meeting),
            good=(),
            bad=(at("v1", "w1", start=700),),
            cost=5 + 15 + 20,
            lifted=replace(at_base, workers=meeting, places=here),
        ),
    ]


def waiting_cases() -> list[SoftCase]:
    dear = two_visits(weights=Weights(waiting=2))
    over_noon = replace(dear, lunch=LUNCH)
    return [
        soft(
            "an hour",
            dear,
            good=(V1, at("v2", "w1", start=630)),
            bad=(V1, at("v2", "w1", start=690)),
            cost=120,
            lifted=two_visits(),
        ),
        soft(
            "lunch is no waiting",
            over_noon,
            good=(at("v1", "w1", start=660), at("v2", "w1", start=720)),
            bad=(at("v1", "w1", start=660), at("v2", "w1", start=725)),
            cost=10,
            lifted=two_visits(),
        ),
        soft(
            "nor is what comes before the first and after the last",
            dear,
            good=(V1,),
            bad=(V1, at("v2", "w1", start=645)),
            cost=30,
            lifted=two_visits(),
        ),
        soft(
            "between a visit and a meeting",
            replace(dear, workers=(worker("w1", busy=(Busy(day=0, start=700, end=730),)),)),
            good=(at("v1", "w1", start=660),),
            bad=(at("v1", "w1", start=640),),
            cost=40,
            lifted=dear,
        ),
    ]


def overload_cases() -> list[SoftCase]:
    share = with_worker(overload_after=15)
    return [
        soft("three steps of five", share, good=(V1_OTHER,), bad=(V1,), cost=3),
        soft(
            "carried over",
            with_worker(overload_after=15, carried=9),
            good=(V1_OTHER,),
            bad=(V1,),
            cost=4,  # 9 + 30 - 15 = 24 minutes, the remainder is dropped
            lifted=with_worker(overload_after=15, carried=-15),
        ),
        soft(
            "weight before the division",
            replace(with_worker(overload_after=16), weights=Weights(overload=2)),
            good=(V1_OTHER,),
            bad=(V1,),
            cost=5,  # 14 minutes, twice, by five
        ),
        soft(
            "by the minutes of the seat",
            replace(share, visits=(visit("v1", seats=(Seat(), Seat(minutes=20))),)),
            good=(),
            bad=(at("v1", "w2", "w1"),),
            cost=1,
            lifted=PAIR,
        ),
    ]


SOFT_TIME: Mapping[str, list[SoftCase]] = {
    "unplaced": unplaced_cases(),
    "change": change_cases(),
    "preferred_slot": preferred_slot_cases(),
    "lateness": lateness_cases(),
    "travel": travel_cases(),
    "waiting": waiting_cases(),
    "overload": overload_cases(),
}
