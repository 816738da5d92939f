"""Chance that repeats: a random generator for each topic, from the demonstration's seed."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def chance(seed: int, topic: str) -> Random:
    """A generator of its own for a topic, so that a change in one leaves the others alone."""
    return Random(f"thuisronde/{seed}/{topic}")  # noqa: S311 - invented people, no secrets


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """The items in a random order; the given sequence is left alone."""
    copy = list(items)
    rng.shuffle(copy)
    return copy


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts in proportion to the weights: largest remainders, first wins ties."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nothing to share out to: the weights sum to zero")
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def spelled_out(counts: Mapping[T, int]) -> list[T]:
    """Each key as often as its count says."""
    return [key for key, count in counts.items() for _ in range(count)]
