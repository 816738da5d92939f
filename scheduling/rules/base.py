"""What a rule of the judge is made of: a name, a title, a sentence for people, and what it finds.

A sentence is an English template with named placeholders and their values, so that whoever shows it
can translate it. By name of the placeholder: `visit`, `other_visit`, `tenant`, `worker`, `place`,
`resource`, `duty`, `other_duty` are codes, `workers` a tuple of codes, `day` and `other_day` are
day indexes, `time`, `from_time`, `until`, `latest` are clock times as text ("10:15"); all others
are plain numbers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduling.rules.reading import Reading

Value = int | str | tuple[str, ...]
Values = Mapping[str, Value]
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def N_(text: str) -> str:  # noqa: N802 - the name translation catalogues look for
    """Mark a template for translation; returns it as it is."""
    return text


def clock(minute: int) -> str:
    """Minutes after midnight as people write them: 615 is '10:15', 1500 is '01:00 (+1)'."""
    days, of_day = divmod(minute, 1440) if minute > 1440 else (0, minute)
    text = f"{of_day // 60:02d}:{of_day % 60:02d}"
    return f"{text} (+{days})" if days else text


@dataclass(frozen=True, slots=True)
class Sentence:
    """`msgid` with its `values`; `str()` fills it in English."""

    msgid: str
    values: Values

    def __str__(self) -> str:
        """The sentence in English, codes as they are."""
        return self.msgid % {name: _english(name, value) for name, value in self.values.items()}


def _english(name: str, value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if name in {"day", "other_day"} and isinstance(value, int) and 0 <= value < len(DAY_NAMES):
        return DAY_NAMES[value]
    return str(value)


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule broken, in words, and where: all `visits` and `workers` that have a part in it.

    `tenants` where the rule is theirs. Codes; `day` is an index; what does not apply is left out.
    """

    rule: str
    sentence: Sentence
    visits: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What a soft rule costs in one place: `amount` points; where: as in `Breach`."""

    rule: str
    amount: int
    sentence: Sentence
    visits: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    day: int | None = None


def priced(breach: Breach, amount: int) -> Charge:
    """What a soft rule charges for what would be this breach of its hard form."""
    return Charge(
        breach.rule,
        amount,
        breach.sentence,
        visits=breach.visits,
        workers=breach.workers,
        tenants=breach.tenants,
        day=breach.day,
    )


@dataclass(frozen=True, slots=True)
class HardRule:
    """A rule no plan may break. `title` is a template for translation, a few words.

    `asks` is its formula for those who read `docs/rules.md`; `says` one of its sentences. Fields in
    `asks` are those of `scheduling.problem`.
    `softened_by`: the weight that makes it soft where a number is given; then it breaches nothing.
    """

    name: str
    title: str
    breaches: Callable[["Reading"], Iterator[Breach]]
    asks: str
    says: str
    softened_by: str | None = None
    hard: bool = True


@dataclass(frozen=True, slots=True)
class SoftRule:
    """A rule that costs. `weights`: the fields of `Weights` it is priced by.

    `asks` is what it costs, as a formula in those weights; `says` one of its sentences.
    `charges` may yield amounts of zero where a weight is zero; `score` leaves them out.
    """

    name: str
    title: str
    weights: tuple[str, ...]
    charges: Callable[["Reading"], Iterator[Charge]]
    asks: str
    says: str
    hard: bool = False
