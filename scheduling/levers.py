"""Levers: which one rule, relaxed alone, would make room for a visit that is left out.

Each lever is tried by insertion into this plan, and what it would do is then judged: the sentences
of the rules that it breaks as they stand, and the points that it costs once that rule is relaxed.
A lever is a fact about this plan. Who is excluded stays excluded: no lever lifts that.
"""

from dataclasses import dataclass

from scheduling.asking import Asker, Found
from scheduling.check import Breach
from scheduling.desk import Answer, Desk
from scheduling.problem import Placement, Problem
from scheduling.relaxing import Attempt, Relaxed, attempts
from scheduling.relaxing_hours import overtime
from scheduling.sliding import Slider

__all__ = ["Lever", "Relaxed", "answer_of", "levers"]


@dataclass(frozen=True, slots=True)
class Lever:
    """One rule relaxed, and where the visit would then go.

    `breaks`: what the judge says of it as the rules stand. `answer`: costs by rule (what leaving
    out costs is saved), and which other visits slide. `minutes`: how much overtime, else 0.
    """

    relaxed: Relaxed
    placement: Placement
    breaks: tuple[Breach, ...]
    answer: Answer
    minutes: int = 0

    @property
    def cost(self) -> int:
        """Points more than the plan costs now; as a rule negative."""
        return self.answer.cost


def levers(desk: Desk, code: str, asker: Asker | None = None) -> tuple[Lever, ...]:
    """The levers that work for a visit that is left out, cheapest first."""
    asker = asker or Asker(desk.draft)
    found = []
    for attempt in attempts(desk, asker, code):
        place = asker.best(attempt.asked)
        lever = place and _lever(desk, attempt, place)
        if lever:
            found.append(lever)
    return tuple(sorted(found, key=lambda lever: lever.cost))


def _lever(desk: Desk, attempt: Attempt, place: Found) -> Lever | None:
    """The lever as judged, None if it breaks more than its own rule."""
    relaxed = attempt.judge(place.placement)
    slider = attempt.slider() if attempt.slider else desk.slider
    answer = answer_of(desk, place, slider=slider, relaxed=relaxed)
    if answer.breaks:
        return None
    after = {p.visit: p for p in answer.placements}
    told = desk.parts.difference(desk.placements, after).breaks
    minutes = 0
    if attempt.relaxed is Relaxed.OVERTIME:
        minutes = overtime(desk.week, relaxed, answer.placements, place.placement.visit)
    return Lever(attempt.relaxed, place.placement, told, answer, minutes)


def answer_of(
    desk: Desk, place: Found, *, slider: Slider | None = None, relaxed: Problem | None = None
) -> Answer:
    """What the plan becomes with the visit in its place."""
    code = place.placement.visit
    after = {**desk.placements, code: place.placement}
    settled = (slider or desk.slider).settled(after, frozenset({code}), place.orders)
    return desk.answer(settled, moved={code}, relaxed=relaxed)
