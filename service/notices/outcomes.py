"""How handing something over ended, for every way out alike."""

from dataclasses import dataclass

from service.notices.states import DeliveryProblem


@dataclass(frozen=True, slots=True)
class Handed:
    """It was taken."""


@dataclass(frozen=True, slots=True)
class NotHanded:
    """It was not; `again` says whether trying later can help. Holds no answer of the other side:
    that may quote an address."""

    problem: DeliveryProblem
    again: bool


Outcome = Handed | NotHanded
