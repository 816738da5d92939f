"""The state of a tenant, which follows from dated facts and is stored nowhere."""

from datetime import date
from enum import StrEnum

from service.people.states import EndReason


class LifeState(StrEnum):
    REFERRED = "referred"
    ACCEPTED = "accepted"
    HOUSED = "housed"
    WITHOUT_HOME = "without_home"
    PASSED_ON = "passed_on"
    ENDED = "ended"
    DIED = "died"


_ENDS = {
    EndReason.ENDED: LifeState.ENDED,
    EndReason.PASSED_ON: LifeState.PASSED_ON,
    EndReason.DIED: LifeState.DIED,
}


def life_state(
    *,
    on: date,
    accepted_on: date | None,
    ended_on: date | None,
    end_reason: EndReason | None,
    housed: bool,
    ever_housed: bool,
) -> LifeState:
    """Name a tenant's state on a day; `housed`: a main tenancy is in force that day."""
    if ended_on is not None and ended_on <= on:
        return _ENDS[end_reason or EndReason.ENDED]
    if accepted_on is None or accepted_on > on:
        return LifeState.REFERRED
    if housed:
        return LifeState.HOUSED
    return LifeState.WITHOUT_HOME if ever_housed else LifeState.ACCEPTED
