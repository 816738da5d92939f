"""A tenant's state follows from dated facts."""

from datetime import date

import pytest

from service.people.life import LifeState, life_state
from service.people.states import EndReason

TODAY = date(2026, 11, 22)
BEFORE, AFTER = date(2026, 1, 1), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("accepted", "ended", "reason", "housed", "ever", "state"),
    [
        (None, None, None, False, False, LifeState.REFERRED),
        (AFTER, None, None, False, False, LifeState.REFERRED),
        (BEFORE, None, None, False, False, LifeState.ACCEPTED),
        (BEFORE, None, None, True, True, LifeState.HOUSED),
        (BEFORE, None, None, False, True, LifeState.WITHOUT_HOME),
        (BEFORE, AFTER, EndReason.ENDED, True, True, LifeState.HOUSED),
        (BEFORE, TODAY, EndReason.DIED, False, True, LifeState.DIED),
        (BEFORE, TODAY, EndReason.PASSED_ON, True, True, LifeState.PASSED_ON),
        (BEFORE, TODAY, EndReason.ENDED, True, True, LifeState.ENDED),
    ],
)
def test_the_state_of_a_day(
    accepted: date | None,
    ended: date | None,
    reason: EndReason | None,
    housed: bool,
    ever: bool,
    state: LifeState,
) -> None:
    found = life_state(
        on=TODAY,
        accepted_on=accepted,
        ended_on=ended,
        end_reason=reason,
        housed=housed,
        ever_housed=ever,
    )
    assert found is state
