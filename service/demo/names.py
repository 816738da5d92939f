"""Invented people's names: first names as heard in Brussels, last names that nobody bears."""

import csv
from functools import cache
from importlib.resources import files
from random import Random

from service.teams.states import Gender


def people_names(rng: Random, genders: list[Gender]) -> list[tuple[str, str]]:
    """(first, last) for each gender given; no last name comes twice.

    Raises:
        ValueError: more people than there are last names.
    """
    women, men, lasts = _names("women"), _names("men"), _names("last")
    if len(genders) > len(lasts):
        raise ValueError(f"{len(genders)} people, but only {len(lasts)} invented last names")
    last = rng.sample(lasts, len(genders))
    pools = {Gender.FEMALE: women, Gender.MALE: men, Gender.OTHER: [*women, *men]}
    return [(rng.choice(pools[gender]), name) for gender, name in zip(genders, last, strict=True)]


def phone_number(rng: Random) -> str:
    """A number in a range that no Belgian operator gives out."""
    return f"+32 400 00 {rng.randrange(100):02d} {rng.randrange(100):02d}"


@cache
def _names(of: str) -> tuple[str, ...]:
    text = (files("service.demo") / "data" / "names.csv").read_text(encoding="utf-8")
    return tuple(row["name"] for row in csv.DictReader(text.splitlines()) if row["list"] == of)
