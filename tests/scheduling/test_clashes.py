"""Pairs of pins that cannot both be kept: each named once, with the reason and what to do."""

from dataclasses import replace
from typing import Any

import pytest

from scheduling import clashes
from scheduling.check import check
from scheduling.clashes import pin_clashes
from scheduling.contradictions import pairs_of_pins
from scheduling.errors import InvalidProblem
from scheduling.instances import validated
from scheduling.problem import After, Pin, Problem, Resource, Seat, Slot
from scheduling.validate import findings
from scheduling.weights import Weights
from tests.scheduling.factories import every_day, place, tenant, visit, worker
from tests.scheduling.plans import at, plan
from tests.scheduling.rules.small import same_tenant, team, two_visits

FAR = (*team().places, place("far", north=60))
FREE: dict[str, Any] = {"gap_days": 0}


def pinned(given: Problem, *pins: Pin, **more: Any) -> Problem:
    return replace(given, pins=pins, **more)


def pin(code: str, *workers: str, day: int | None = 0, start: int | None = 600) -> Pin:
    return Pin(visit=code, day=day, start=start, workers=workers or None)


def apart(**more: Any) -> Problem:
    """v1 at 'home', v2 35 minutes from there."""
    return two_visits(places=FAR, tenants=(tenant("t1"), tenant("t2", place="far")), **more)


def cars(count: int) -> Problem:
    return two_visits({"resources": ("car",)}, resources=(Resource(code="car", count=count),))


CLASHES = [
    (
        "one worker in two visits",
        pinned(two_visits(), pin("v1", "w1"), pin("v2", "w1", start=620)),
        (
            "Visits v1 and v2 both hold w1 on Monday at 10:20. "
            "Move one of them, or give it to somebody else."
        ),
    ),
    (
        "and only one reason is told",
        pinned(same_tenant({}, {}), pin("v1", "w1"), pin("v2", "w1", start=620)),
        (
            "Visits v1 and v2 both hold w1 on Monday at 10:20. "
            "Move one of them, or give it to somebody else."
        ),
    ),
    (
        "a way too long",
        pinned(apart(), pin("v1", "w1"), pin("v2", "w1", start=645)),
        (
            "w1 cannot get from visit v1, until 10:30 on Monday, to visit v2 at 10:45 (35 minutes "
            "on the way). Begin the second 20 minutes later, or give one to somebody else."
        ),
    ),
    (
        "from where the first ends",
        pinned(
            two_visits(places=FAR, visits=(visit("v1", end_place="far"), visit("v2", tenant="t2"))),
            pin("v2", "w1", start=660),
            pin("v1", "w1"),
        ),
        (
            "w1 cannot get from visit v1, until 10:30 on Monday, to visit v2 at 11:00 (35 minutes "
            "on the way). Begin the second 5 minutes later, or give one to somebody else."
        ),
    ),
    (
        "one tenant twice at once",
        pinned(same_tenant(FREE, FREE), pin("v1", "w1"), pin("v2", "w2", start=625)),
        (
            "Visits v1 and v2 of tenant t1 are held at the same time, Monday at 10:25. "
            "Move one of them."
        ),
    ),
    (
        "the second of a pair still comes",
        pinned(
            same_tenant({**FREE, "seats": (Seat(), Seat(after=After(60, 90)))}, FREE),
            pin("v1"),
            pin("v2", start=685),
        ),
        (
            "Visits v1 and v2 of tenant t1 are held at the same time, Monday at 11:25. "
            "Move one of them."
        ),
    ),
    (
        "too close",
        pinned(
            same_tenant({"gap_days": 2}, {}), pin("v1", start=None), pin("v2", day=1, start=None)
        ),
        (
            "Visits v1 on Monday and v2 on Tuesday are held too close (days between: 1, asked: 2). "
            "Hold one of them on another day, or let it go."
        ),
    ),
    (
        "a fixed day counts as held where the visit is pinned",
        pinned(
            same_tenant({"fixed": Slot(1, 600)}, {}),
            pin("v1", "w1", day=None, start=None),
            pin("v2", day=1, start=None),
        ),
        (
            "Visits v2 on Tuesday and v1 on Tuesday are held too close (days between: 0, asked: "
            "1). Hold one of them on another day, or let it go."
        ),
    ),
    (
        "one car",
        pinned(cars(1), pin("v1", "w1"), pin("v2", "w2", start=625)),
        (
            "Visits v1 and v2 both need car on Monday at 10:25, and there are not two. "
            "Move one of them."
        ),
    ),
]


@pytest.mark.parametrize(("given", "text"), [c[1:] for c in CLASHES], ids=[c[0] for c in CLASHES])
def test_each_pair_is_named_with_what_to_do(given: Problem, text: str) -> None:
    assert [str(clash) for clash in pin_clashes(given)] == [text]
    with pytest.raises(InvalidProblem) as caught:
        validated(given)
    [finding] = caught.value.findings
    assert finding.path == "$.pins[1]"
    assert finding.message == f"{text} The other is $.pins[0]."


def _as_pinned(given: Problem) -> list[str]:
    """Rules broken by a plan that keeps all pins."""
    moments = {
        one.visit: (
            one.day if one.day is not None else 1,
            one.start if one.start is not None else 600 + 100 * i,
            one.workers,
        )
        for i, one in enumerate(given.pins)
    }
    placed = []
    for i, one in enumerate(given.visits):
        day, start, workers = moments[one.code]
        offsets = tuple((seat.after or After(0, 0)).least for seat in one.seats)
        crew = workers or ("w1", "w2")[: len(one.seats)] if i == 0 else workers or ("w2",)
        placed.append(at(one.code, *crew, day=day, start=start, offsets=offsets))
    return sorted({breach.rule for breach in check(replace(given, pins=()), plan(given, *placed))})


@pytest.mark.parametrize("given", [c[1] for c in CLASHES], ids=[c[0] for c in CLASHES])
def test_the_judge_agrees_that_both_cannot_be(given: Problem) -> None:
    assert _as_pinned(given)


HARMLESS = {
    "they abut": pinned(two_visits(), pin("v1", "w1"), pin("v2", "w1", start=630)),
    "time enough": pinned(apart(), pin("v1", "w1"), pin("v2", "w1", start=665)),
    "two workers": pinned(apart(), pin("v1", "w1"), pin("v2", "w2")),
    "workers are open": pinned(apart(), pin("v1"), pin("v2")),
    "starts are open": pinned(same_tenant(FREE, FREE), pin("v1", start=None), pin("v2")),
    "two days": pinned(two_visits(), pin("v1", "w1"), pin("v2", "w1", day=1)),
    "days enough": pinned(same_tenant({"gap_days": 2}, {}), pin("v1"), pin("v2", day=2)),
    "exempt": pinned(
        same_tenant({"exempt_from_spacing": True, "gap_days": 3}, {}), pin("v1"), pin("v2", day=1)
    ),
    "spacing is soft": pinned(
        same_tenant({}, {}, weights=Weights(spacing=1)), pin("v1"), pin("v2", start=700)
    ),
    "two cars": pinned(cars(2), pin("v1"), pin("v2")),
    "home between two lanes": pinned(
        apart(workers=(worker("w1", shifts=every_day((540, 640), (655, 1020))), worker("w2"))),
        pin("v1", "w1"),
        pin("v2", "w1", start=660),
    ),
    "both have begun": pinned(
        same_tenant({}, {}, now=660), pin("v1", "w1"), pin("v2", "w1", start=620)
    ),
    "one may come after the other": pinned(
        two_visits(
            visits=(visit("v1", seats=(Seat(), Seat(after=After(60, 60)))),) * 1
            + (visit("v2", tenant="t2"),)
        ),
        pin("v1", "w1", "w2"),
        pin("v2", "w1", start=630),
    ),
}


@pytest.mark.parametrize("given", HARMLESS.values(), ids=HARMLESS)
def test_pins_that_can_both_be_kept_are(given: Problem) -> None:
    assert findings(given) == []


def test_of_two_pins_only_what_is_ahead_is_refused() -> None:
    given = pinned(same_tenant(FREE, FREE, now=610), pin("v1", "w1"), pin("v2", "w2", start=620))
    assert len(list(pin_clashes(given))) == 1


def test_three_pins_make_three_pairs() -> None:
    given = pinned(
        team(
            tenants=(tenant("t1"), tenant("t2"), tenant("t3")),
            visits=tuple(visit(f"v{i}", tenant=f"t{i}") for i in (1, 2, 3)),
        ),
        *(pin(f"v{i}", "w1") for i in (3, 1, 2)),
    )
    assert [one.visits for one in pin_clashes(given)] == [("v1", "v2"), ("v1", "v3"), ("v2", "v3")]
    assert [one.path for one in pairs_of_pins(given)] == ["$.pins[2]", "$.pins[1]", "$.pins[2]"]


def test_other_faults_come_first() -> None:
    given = pinned(two_visits(), pin("v1", "w1"), pin("v2", "w1"), visits=two_visits().visits[:1])
    assert [finding.path for finding in findings(given)] == ["$.pins[1]"]
    assert "not among the visits" in findings(given)[0].message


def test_every_sentence_is_told() -> None:
    texts = {text for name, text in vars(clashes).items() if name.isupper() and "%(" in str(text)}
    said = {clash.sentence.msgid for _, given, _ in CLASHES for clash in pin_clashes(given)}
    advice = {clash.advice.msgid for _, given, _ in CLASHES for clash in pin_clashes(given)}
    assert texts <= said | advice
