"""A tenant's way: which turns can follow each other, and what they come to."""

from datetime import date

import pytest

from service.demo.addresses import AddressBook
from service.demo.careers import Career, Turn
from service.demo.chance import chance, shared_out
from service.demo.homes import homes_of
from service.housing.states import MoveKind, TenancyEnd
from service.people.states import EndReason, StayKind

IN = (date(2024, 2, 1), Turn.MOVE_IN)


def test_a_home_cannot_be_lost_before_it_is_entered() -> None:
    with pytest.raises(ValueError, match="lose_home on 2024-03-01 cannot be"):
        Career(accepted_on=date(2024, 1, 1)).then(date(2024, 3, 1), Turn.LOSE_HOME)


def test_turns_come_in_order_of_time() -> None:
    with pytest.raises(ValueError, match="not in order"):
        Career(accepted_on=date(2024, 1, 1), turns=(IN,)).then(date(2024, 1, 15), Turn.DIE)


def test_support_lasts_through_the_day_of_a_death() -> None:
    career = Career(accepted_on=date(2024, 1, 1), turns=(IN,)).then(date(2024, 5, 3), Turn.DIE)
    assert career.ended_on == date(2024, 5, 4)
    assert career.end_reason is EndReason.DIED


def test_what_is_to_come_is_not_known_yet() -> None:
    career = Career(accepted_on=date(2024, 1, 1), turns=(IN, (date(2024, 5, 3), Turn.DIE)))
    assert career.until(date(2024, 5, 3)).turns == (IN,)


def test_a_loss_ends_the_tenancy_after_its_day_and_a_move_on_it() -> None:
    career = (
        Career(accepted_on=date(2024, 1, 1), turns=(IN,))
        .then(date(2024, 6, 1), Turn.HOME_TO_HOME)
        .then(date(2024, 12, 31), Turn.LOSE_HOME, outside=StayKind.PRISON)
    )
    homes = homes_of(
        chance(1, "homes"),
        # Each of the fifteen municipalities wants a home that lasts.
        [("T1", career), *((f"S{i}", Career(accepted_on=IN[0].replace(month=1), turns=(IN,)))
                           for i in range(15))],
        book=AddressBook(chance(1, "book")),
        today=date(2025, 6, 1),
    )  # fmt: skip
    mine = [t for t in homes.tenancies if t.tenant == "T1"]
    assert [(t.starts_on, t.ends_on, t.end_reason) for t in mine] == [
        (date(2024, 2, 1), date(2024, 6, 1), TenancyEnd.MOVED),
        (date(2024, 6, 1), date(2025, 1, 1), TenancyEnd.LOST),
    ]
    moves = [(m.kind, m.happens_on) for m in homes.moves if m.tenant == "T1"]
    assert moves == [
        (MoveKind.FIRST_MOVE_IN, date(2024, 2, 1)),
        (MoveKind.HOME_TO_HOME, date(2024, 6, 1)),
        (MoveKind.TO_INSTITUTION, date(2024, 12, 31)),
    ]


def test_sharing_out_meets_the_total_and_favours_the_largest_rests() -> None:
    assert shared_out(10, [1, 1, 1]) == [4, 3, 3]
    assert shared_out(7, [5, 3, 2]) == [4, 2, 1]
    assert shared_out(0, [1, 2]) == [0, 0]
    with pytest.raises(ValueError, match="sum to zero"):
        shared_out(3, [0, 0])
