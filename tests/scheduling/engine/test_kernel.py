"""The kernel's ground: the generator, the same everywhere, and arithmetic as in Python."""

import random
from collections.abc import Callable

import pytest

from scheduling.engine import kernel
from scheduling.engine import layout as at
from scheduling.engine.draft import Tools
from scheduling.engine.drafting import empty_draft
from scheduling.engine.gaps import dearer
from scheduling.engine.kernel import array, array_of, below, copy_of, seeded
from scheduling.engine.pool import mix
from scheduling.engine.ruin import shuffle
from scheduling.engine.tables import EXPONENTIAL
from scheduling.instances import canonical
from tests.scheduling.random_problems import random_week
from tests.scheduling.shuffling import shuffled


def draws(seed: int, n: int, count: int) -> list[int]:
    state = seeded(seed)
    return [below(state, n) for _ in range(count)]


def test_the_first_draws_are_frozen() -> None:
    assert draws(1, 1000, 6) == [189, 690, 880, 833, 681, 573]


def test_draws_are_spread_evenly() -> None:
    counts = [0] * 10
    for draw in draws(7, 10, 10_000):
        counts[draw] += 1
    assert all(900 < count < 1100 for count in counts)


@pytest.mark.parametrize("n", [1, 2, 3, 1 << 20, (1 << 31) - 1])
def test_draws_stay_below(n: int) -> None:
    found = draws(3, n, 2000)
    assert 0 <= min(found) <= max(found) < n
    assert n < 4 or max(found) > n // 2


def test_neighbouring_seeds_have_nothing_in_common() -> None:
    assert sum(a == b for a, b in zip(draws(1, 100, 1000), draws(2, 100, 1000), strict=True)) < 30


@pytest.mark.parametrize("seed", [0, -1, 1 << 63, (1 << 64) - 1, -(1 << 70)])
def test_any_integer_is_a_seed(seed: int) -> None:
    assert len(set(draws(seed, 1 << 20, 50))) > 40


def test_exponential_draws_have_mean_one_thousand() -> None:
    assert abs(sum(EXPONENTIAL) // len(EXPONENTIAL) - 1000) <= 2


def test_shuffling_keeps_the_items() -> None:
    items = array_of(range(50))
    shuffle(items, seeded(5), 10, 30)
    assert list(items[:10]) == list(range(10))
    assert list(items[40:]) == list(range(40, 50))
    assert list(items) != list(range(50))
    assert sorted(items) == list(range(50))


def test_arrays_are_independent_copies() -> None:
    one = array(3)
    two = copy_of(one)
    two[1] = -5
    assert (list(one), list(two)) == ([0, 0, 0], [0, -5, 0])


def test_compiled_functions_compute_what_their_source_says() -> None:
    """Each as Python and as it runs here, on numbers of either sign and near the largest."""
    wide = [0, 1, -1, 7, -7, 1439, (1 << 31) - 1, -(1 << 31), at.NO, (1 << 40) - 1]
    for a in wide:
        for b in wide:
            assert mix(abs(a) & kernel.MASK, b) == plain(mix)(abs(a) & kernel.MASK, b)
    for salt in range(1, 4000, 37):
        for noise in (0, 7, 31):
            assert dearer(salt % 90, salt, noise) == plain(dearer)(salt % 90, salt, noise)


def plain(function: Callable[..., int]) -> Callable[..., int]:
    """The function as it stands in its module."""
    return getattr(function, "__wrapped__", function)  # type: ignore[no-any-return]


def test_tables_do_not_depend_on_the_order_of_the_input() -> None:
    for seed in range(30):
        week = random_week(seed)
        other = shuffled(week, random.Random(seed))
        one, two = (empty_draft(canonical(given)).t for given in (week, other))
        assert list(one) == list(two)


def test_blocks_lie_apart_and_inside_their_arrays() -> None:
    """Every name of S and W begins where no other one does, before the array ends."""
    for seed in range(30):
        draft = empty_draft(canonical(random_week(seed)))
        t, tools = draft.t, Tools(draft.c)
        assert (len(draft.s), len(tools.w)) == (t[at.S_SIZE], t[at.W_SIZE])
        for prefix, size, first in (("S_", at.S_SIZE, at.S_HEADER), ("W_", at.W_SIZE, 0)):
            names = [name for name in vars(at) if name.startswith(prefix)]
            starts = [
                t[getattr(at, name)]
                for name in names
                if name not in ("S_SIZE", "S_HEADER", "W_SIZE")
            ]
            assert min(starts) == first
            assert max(starts) <= t[size]
