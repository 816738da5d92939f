"""The smallest problems a rule can be shown on, and what a case of a rule is."""

from dataclasses import dataclass
from typing import Any

from scheduling.plan import Plan
from scheduling.problem import Placement, Problem, Seat
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.plans import at, plan


@dataclass(frozen=True)
class HardCase:
    """`good` and `bad` are plans for `problem`; `lifted` is a problem in which `bad` is fine.

    `lifted` is None where no problem makes it so: nothing allows to place a visit twice,
    or to give one place two starts.
    """

    name: str
    problem: Problem
    good: Plan
    bad: Plan
    lifted: Problem | None


@dataclass(frozen=True)
class SoftCase:
    """By this rule `good` costs 0 and `bad` costs `cost`; in `lifted`, `bad` costs 0."""

    name: str
    problem: Problem
    good: Plan
    bad: Plan
    cost: int
    lifted: Problem


def hard(
    name: str,
    given: Problem,
    *,
    good: tuple[Placement, ...],
    bad: tuple[Placement, ...],
    lifted: Problem | None,
) -> HardCase:
    return HardCase(name, given, plan(given, *good), plan(given, *bad), lifted)


def soft(
    name: str,
    given: Problem,
    *,
    good: tuple[Placement, ...],
    bad: tuple[Placement, ...],
    cost: int,
    lifted: Problem | None = None,
) -> SoftCase:
    return SoftCase(name, given, plan(given, *good), plan(given, *bad), cost, lifted or PLAIN)


def team(**more: Any) -> Problem:
    """Two workers, one tenant, one visit; `more` replaces whole fields."""
    defaults: dict[str, Any] = {
        "workers": (worker("w1"), worker("w2")),
        "tenants": (tenant("t1"),),
        "visits": (visit("v1"),),
    }
    return problem(**(defaults | more))


def with_worker(**more: Any) -> Problem:
    return team(workers=(worker("w1", **more), worker("w2")))


def with_tenant(**more: Any) -> Problem:
    return team(tenants=(tenant("t1", **more),))


def with_visit(**more: Any) -> Problem:
    return team(visits=(visit("v1", **more),))


def two_visits(first: dict[str, Any] | None = None, **more: Any) -> Problem:
    """Visits v1 and v2 of two tenants in one house."""
    tenants = (tenant("t1"), tenant("t2"))
    visits = (visit("v1", **(first or {})), visit("v2", **({"tenant": "t2"} | (first or {}))))
    return team(**({"tenants": tenants, "visits": visits} | more))


def same_tenant(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Problem:
    """Visits v1 and v2 of one tenant."""
    return team(visits=(visit("v1", **first), visit("v2", **second)), **more)


def three() -> tuple[Any, ...]:
    return worker("w1"), worker("w2"), worker("w3")


PLAIN = team()
PAIR = with_visit(seats=(Seat(), Seat()))
V1, V1_TUESDAY = at("v1", "w1"), at("v1", "w1", day=1)
V1_OTHER, V1_BOTH = at("v1", "w2"), at("v1", "w1", "w2")
