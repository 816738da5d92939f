"""The generator: the same everywhere, and not visibly unfair."""

from scheduling.engine.rng import EXPONENTIAL, Rng


def test_the_first_draws_are_frozen() -> None:
    rng = Rng(1)
    assert [rng.below(1000) for _ in range(6)] == [294, 843, 371, 231, 859, 2]


def test_draws_are_spread_evenly() -> None:
    rng, counts = Rng(7), [0] * 10
    for _ in range(10_000):
        counts[rng.below(10)] += 1
    assert all(900 < count < 1100 for count in counts)


def test_neighbouring_seeds_have_nothing_in_common() -> None:
    one, two = Rng(1), Rng(2)
    assert sum(one.below(100) == two.below(100) for _ in range(1000)) < 30


def test_exponential_draws_have_mean_one_thousand() -> None:
    assert abs(sum(EXPONENTIAL) // len(EXPONENTIAL) - 1000) <= 2
    assert Rng(3).exponential() in EXPONENTIAL


def test_shuffle_keeps_the_items() -> None:
    items = list(range(50))
    Rng(5).shuffle(items)
    assert items != list(range(50))
    assert sorted(items) == list(range(50))
