"""For each soft rule: a plan that costs nothing by it, one that costs a sum worked out by hand, and
the same plan where nothing is wished."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduling.plan import Plan
from scheduling.problem import Placement, Priority, Problem
from scheduling.weights import Weights
from tests.scheduling.factories import LUNCH, every_day, place, tenant, visit, worker
from tests.scheduling.plans import at, plan
from tests.scheduling.rules.hard_cases import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    V1_OTHER,
    V1_TUESDAY,
    two_visits,
    with_tenant,
    with_visit,
    with_worker,
)


@dataclass(frozen=True)
class SoftCase:
    """By this rule `good` costs 0 and `bad` costs `cost`; in `lifted`, `bad` costs 0."""

    name: str
    problem: Problem
    good: Plan
    bad: Plan
    cost: int
    lifted: Problem


def case(
    name: str,
    given: Problem,
    *,
    good: tuple[Placement, ...],
    bad: tuple[Placement, ...],
    cost: int,
    lifted: Problem = PLAIN,
) -> SoftCase:
    return SoftCase(name, given, plan(given, *good), plan(given, *bad), cost, lifted)


def unplaced_cases() -> list[SoftCase]:
    def left_out(priority: Priority, cost: int, overdue: int = 0) -> SoftCase:
        given = with_visit(priority=priority, overdue_days=overdue)
        nothing = replace(given, visits=())
        return case(priority, given, good=(V1,), bad=(), cost=cost, lifted=nothing)

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
        case("worker", published, good=(V1,), bad=(V1_OTHER,), cost=80),
        case(
            "half the pair",
            pair,
            good=(at("v1", "w2", "w1"),),
            bad=(at("v1", "w1", "w3"),),
            cost=80,
            lifted=PAIR,
        ),
        case("day", published, good=(V1,), bad=(V1_TUESDAY,), cost=60),
        case(
            "time",
            published,
            good=(at("v1", "w1", start=630),),
            bad=(at("v1", "w1", start=635),),
            cost=20,
        ),
        case("day and worker", published, good=(V1,), bad=(elsewhere,), cost=140),
        case("soon", replace(published, now=0), good=(V1,), bad=(elsewhere,), cost=3 * 140),
        case(
            "soon is a day",
            replace(published, published=(V1_TUESDAY,), now=600),
            good=(V1_TUESDAY,),
            bad=(elsewhere,),
            cost=140,
        ),
        case("promised", promised, good=(V1,), bad=(elsewhere,), cost=4 * 140),
        case(
            "promised and soon",
            replace(promised, now=0),
            good=(V1,),
            bad=(elsewhere,),
            cost=12 * 140,
        ),
        case(
            "left out",
            replace(published, weights=Weights(change_cancelled=7)),
            good=(V1,),
            bad=(),
            cost=7,
        ),
    ]


def not_primary_cases() -> list[SoftCase]:
    own = with_tenant(primary="w1")
    pair = replace(own, visits=PAIR.visits)
    return [
        case("other", own, good=(V1,), bad=(V1_OTHER,), cost=30),
        case(
            "second of a pair",
            replace(pair, workers=(*pair.workers, worker("w3"))),
            good=(at("v1", "w2", "w1"),),
            bad=(at("v1", "w2", "w3"),),
            cost=30,
            lifted=PAIR,
        ),
    ]


def not_backup_cases() -> list[SoftCase]:
    backed = replace(with_tenant(primary="w1", backup=("w2",)), workers=three())
    stranger = at("v1", "w3")
    own_only = replace(with_tenant(primary="w1"), workers=three())
    return [
        case("own", backed, good=(V1,), bad=(stranger,), cost=15, lifted=own_only),
        case("back-up", backed, good=(V1_OTHER,), bad=(stranger,), cost=15, lifted=own_only),
    ]


def three() -> tuple[Any, ...]:
    return worker("w1"), worker("w2"), worker("w3")


def introduction_cases() -> list[SoftCase]:
    known = with_tenant(known=("w1",))
    pair = replace(known, visits=PAIR.visits, workers=three())
    return [
        case("stranger", known, good=(V1,), bad=(V1_OTHER,), cost=20),
        case(
            "introduced",
            pair,
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=20,
            lifted=replace(pair, tenants=PLAIN.tenants),
        ),
    ]


def language_cases() -> list[SoftCase]:
    workers = worker("w1", languages=("fr", "ar")), worker("w2", languages=("nl",))
    arabic = replace(with_tenant(languages=("ar", "en")), workers=workers)
    return [
        case(
            "nobody",
            arabic,
            good=(V1,),
            bad=(V1_OTHER,),
            cost=30,
            lifted=replace(arabic, tenants=PLAIN.tenants),
        ),
        case(
            "one of two",
            replace(arabic, visits=PAIR.visits, workers=(*workers, worker("w3"))),
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=30,
            lifted=replace(PAIR, workers=(*workers, worker("w3"))),
        ),
    ]


def gender_cases() -> list[SoftCase]:
    workers = worker("w1", gender="f"), worker("w2", gender="m")
    wish = replace(with_tenant(gender="f"), workers=workers)
    hard = replace(wish, tenants=(tenant("t1", gender="f", gender_hard=True),))
    return [
        case("nobody", wish, good=(V1,), bad=(V1_OTHER,), cost=15),
        case("hard wishes cost nothing", wish, good=(V1,), bad=(V1_OTHER,), cost=15, lifted=hard),
        case(
            "one of two",
            replace(wish, visits=PAIR.visits, workers=(*workers, worker("w3"))),
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=15,
            lifted=replace(PAIR, workers=(*workers, worker("w3"))),
        ),
    ]


def wanted_cases() -> list[SoftCase]:
    either = replace(with_tenant(wanted=("w1", "w3")), workers=three())
    return [case("none of them", either, good=(V1,), bad=(V1_OTHER,), cost=20)]


def unwanted_cases() -> list[SoftCase]:
    both = with_tenant(unwanted=("w1", "w2"))
    pair = replace(both, visits=PAIR.visits, workers=(*three(), worker("w4")))
    return [
        case("one", with_tenant(unwanted=("w2",)), good=(V1,), bad=(V1_OTHER,), cost=60),
        case("two", pair, good=(at("v1", "w3", "w4"),), bad=(V1_BOTH,), cost=120, lifted=PAIR),
    ]


def preferred_slot_cases() -> list[SoftCase]:
    tuesday = ((), every_day((540, 720))[0], (), (), ())
    halves = with_visit(preferred=every_day((540, 615), (615, 720)))
    afternoon = at("v1", "w1", start=900)
    return [
        case("another day", with_visit(preferred=tuesday), good=(V1_TUESDAY,), bad=(V1,), cost=20),
        case("another hour", halves, good=(V1,), bad=(afternoon,), cost=20),
        case(
            "empty windows ask nothing",
            halves,
            good=(V1,),
            bad=(afternoon,),
            cost=20,
            lifted=with_visit(preferred=((),) * 5),
        ),
    ]


def lateness_cases() -> list[SoftCase]:
    until = with_visit(preferred_until=600)
    return [case("minutes", until, good=(V1,), bad=(at("v1", "w1", start=645),), cost=45)]


def rotation_cases() -> list[SoftCase]:
    turns = two_visits(
        tenants=(tenant("t1", distinct=3, seen=("w1", "w7")),),
        visits=(visit("v1"), visit("v2")),
        workers=three(),
    )
    again, alone = at("v2", "w1", day=1), two_visits(tenants=(tenant("t1"),), visits=turns.visits)
    return [
        case(
            "one missing",
            turns,
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, again),
            cost=40,
            lifted=alone,
        ),
        case(
            "two missing, nothing placed",
            replace(turns, tenants=(tenant("t1", distinct=2, seen=()),)),
            good=(V1, at("v2", "w2", day=1)),
            bad=(),
            cost=80,
            lifted=alone,
        ),
        case(
            "a tenant without visits",
            replace(turns, tenants=(tenant("t1", distinct=2), tenant("t9", distinct=3))),
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, again),
            cost=40,
            lifted=replace(alone, tenants=(tenant("t1"), tenant("t9", distinct=3))),
        ),
    ]


def travel_cases() -> list[SoftCase]:
    at_base = replace(PLAIN, places=(place("base"), place("home")))
    return [
        # ten minutes to 'home' and ten back
        case("there and back", PLAIN, good=(), bad=(V1,), cost=20, lifted=at_base),
        case(
            "two in one house, two days",
            two_visits(),
            good=(),
            bad=(V1, at("v2", "w1", day=1)),
            cost=40,
            lifted=replace(two_visits(), places=at_base.places),
        ),
        case(
            "two in one house, one day",
            two_visits(),
            good=(),
            bad=(V1, at("v2", "w1", start=700)),
            cost=20,
            lifted=replace(two_visits(), places=at_base.places),
        ),
    ]


def waiting_cases() -> list[SoftCase]:
    dear = two_visits(weights=Weights(waiting=2))
    over_noon = replace(dear, lunch=LUNCH)
    return [
        case(
            "an hour",
            dear,
            good=(V1, at("v2", "w1", start=630)),
            bad=(V1, at("v2", "w1", start=690)),
            cost=120,
            lifted=two_visits(),
        ),
        case(
            "lunch is no waiting",
            over_noon,
            good=(at("v1", "w1", start=660), at("v2", "w1", start=720)),
            bad=(at("v1", "w1", start=660), at("v2", "w1", start=725)),
            cost=10,
            lifted=two_visits(),
        ),
        case(
            "nor is what comes before the first and after the last",
            dear,
            good=(V1,),
            bad=(V1, at("v2", "w1", start=645)),
            cost=30,
            lifted=two_visits(),
        ),
    ]


def overload_cases() -> list[SoftCase]:
    share = with_worker(overload_after=15)
    return [
        case("three steps of five", share, good=(V1_OTHER,), bad=(V1,), cost=3),
        case(
            "carried over",
            with_worker(overload_after=15, carried=9),
            good=(V1_OTHER,),
            bad=(V1,),
            cost=4,  # 9 + 30 - 15 = 24 minutes, the remainder is dropped
            lifted=with_worker(overload_after=15, carried=-15),
        ),
        case(
            "weight before the division",
            replace(with_worker(overload_after=16), weights=Weights(overload=2)),
            good=(V1_OTHER,),
            bad=(V1,),
            cost=5,  # 14 minutes, twice, by five
        ),
    ]


SOFT_CASES: Mapping[str, list[SoftCase]] = {
    "unplaced": unplaced_cases(),
    "change": change_cases(),
    "not_primary": not_primary_cases(),
    "not_backup": not_backup_cases(),
    "introduction": introduction_cases(),
    "language": language_cases(),
    "gender": gender_cases(),
    "wanted": wanted_cases(),
    "unwanted": unwanted_cases(),
    "preferred_slot": preferred_slot_cases(),
    "lateness": lateness_cases(),
    "rotation": rotation_cases(),
    "travel": travel_cases(),
    "waiting": waiting_cases(),
    "overload": overload_cases(),
}
