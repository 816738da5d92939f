"""Cases of hard rules that a team has made soft, and of the largest lateness."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduling.problem import After, Problem, Seat
from scheduling.weights import Weights
from tests.scheduling.factories import tenant, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_OTHER,
    V1_TUESDAY,
    SoftCase,
    same_tenant,
    soft,
    three,
    two_visits,
    with_tenant,
)


def hardened(given: Problem) -> Problem:
    """The same where every rule is hard."""
    return replace(given, weights=Weights())


def limit_cases() -> list[SoftCase]:
    given = two_visits(workers=(worker("w1", max_visits=0), worker("w2")), weights=Weights(limit=7))
    return [
        soft(
            "two above the limit on one day",
            given,
            good=(V1_OTHER,),
            bad=(V1, at("v2", "w1", start=630)),
            cost=14,
            lifted=hardened(given),
        ),
        soft(
            "one on each of two days",
            given,
            good=(V1_OTHER,),
            bad=(V1, at("v2", "w1", day=1)),
            cost=14,
            lifted=replace(given, workers=(worker("w1", max_visits=1), worker("w2"))),
        ),
    ]


def visiting_cases() -> list[SoftCase]:
    given = two_visits(
        workers=(worker("w1", visiting_limit=35), worker("w2")), weights=Weights(visiting=2)
    )
    return [
        soft(
            "25 minutes",
            given,
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, at("v2", "w1", day=1)),
            cost=50,
            lifted=hardened(given),
        )
    ]


def reserve_cases() -> list[SoftCase]:
    # as among the hard cases: 910 minutes are left beside one visit
    given = replace(PLAIN, reserve=(920, 0, 950, 0, 0), weights=Weights(reserve=3))
    return [
        soft("ten minutes", given, good=(V1_TUESDAY,), bad=(V1,), cost=30, lifted=hardened(given)),
        soft(
            "by day",
            given,
            good=(),
            bad=(at("v1", "w1", day=2),),
            cost=120,
            lifted=replace(given, reserve=()),
        ),
    ]


def distinct_cases() -> list[SoftCase]:
    visits = (visit("v1"), visit("v2"))
    shy = two_visits(
        tenants=(tenant("t1", max_distinct=1, seen=("w1",)),),
        visits=visits,
        workers=three(),
        weights=Weights(distinct=11),
    )
    return [
        soft(
            "two too many",
            shy,
            good=(V1, at("v2", "w1", day=1)),
            bad=(V1_OTHER, at("v2", "w3", day=1)),
            cost=22,
            lifted=hardened(shy),
        ),
        soft(
            "too many were seen lately, and one more",
            replace(shy, tenants=(tenant("t1", max_distinct=1, seen=("w1", "w7")),)),
            good=(V1,),
            bad=(V1_OTHER,),
            cost=22,
            lifted=replace(with_tenant(max_distinct=3, seen=("w1", "w7")), visits=visits),
        ),
    ]


def spacing_cases() -> list[SoftCase]:
    def apart(**more: Any) -> Problem:
        given = same_tenant({"gap_days": 3}, {"gap_days": 2}, weights=Weights(spacing=5))
        return replace(given, **more)

    seen_sunday = replace(
        with_tenant(last_contact=-1), visits=(visit("v1", gap_days=4),), weights=Weights(spacing=5)
    )
    thrice = apart(visits=tuple(visit(code, gap_days=2) for code in ("v1", "v2", "v3")))
    return [
        soft(
            "two days missing",
            apart(),
            good=(V1, at("v2", "w1", day=3)),
            bad=(V1, at("v2", "w1", day=1)),
            cost=10,
            lifted=hardened(apart()),
        ),
        soft(
            "since the last contact",
            seen_sunday,
            good=(at("v1", "w1", day=3),),
            bad=(V1_TUESDAY,),
            cost=10,
            lifted=hardened(seen_sunday),
        ),
        soft(
            "each pair of three",
            thrice,
            good=(V1, at("v2", "w1", day=2), at("v3", "w1", day=4)),
            bad=(V1, at("v2", "w1", day=1), at("v3", "w1", start=900)),
            cost=5 + 10 + 5,
            lifted=hardened(thrice),
        ),
    ]


def largest_lateness_cases() -> list[SoftCase]:
    given = two_visits({"preferred_until": 600}, weights=Weights(largest_lateness=2))
    late = (at("v1", "w1", start=645), at("v2", "w2", start=660))
    chain = visit("v1", preferred_until=640, seats=(Seat(), Seat(after=After(30, 60))))
    return [
        soft(
            "the largest of two",
            given,
            good=(V1, at("v2", "w2", start=600)),
            bad=late,
            cost=120,
            lifted=hardened(given),
        ),
        soft(
            "of any seat",
            replace(PAIR, visits=(chain,), weights=Weights(largest_lateness=2)),
            good=(at("v1", "w1", "w2", offsets=(0, 40)),),
            bad=(at("v1", "w1", "w2", offsets=(0, 45)),),
            cost=10,
            lifted=replace(PAIR, visits=(replace(chain, preferred_until=None),)),
        ),
    ]


SOFT_LIMITS: Mapping[str, list[SoftCase]] = {
    "largest_lateness": largest_lateness_cases(),
    "limit": limit_cases(),
    "visiting": visiting_cases(),
    "reserve": reserve_cases(),
    "distinct": distinct_cases(),
    "spacing": spacing_cases(),
}
