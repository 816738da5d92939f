"""The tenants as people: names, ages, genders, languages, funders, incomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from service.demo import figures
from service.demo.careers import Career
from service.demo.chance import shuffled, spelled_out
from service.demo.model import DemoIncome, DemoTenant
from service.demo.names import phone_number
from service.people.states import IncomeKind
from service.teams.states import Gender

OLD = (65, 66, 68, 70, figures.OLDEST)
"""The ages of those who have a pension; everybody else is younger."""

_LANGUAGES = (
    ("fr",),
    ("fr", "nl"),
    ("nl", "fr"),
    ("fr", "en"),
    ("fr", "ar"),
    ("ar", "fr"),
    ("pl",),
    ("ro", "fr"),
    ("fr", "es"),
    ("tr", "nl"),
    ("en",),
    ("pt", "fr"),
)
_LANGUAGE_CHANCES = (34, 10, 9, 6, 6, 4, 2, 2, 2, 2, 2, 2)


@dataclass(frozen=True, slots=True)
class Person:
    """What is drawn for a tenant apart from names; ages are at the end of the last full year."""

    gender: Gender
    age: int
    funder: str
    incomes: tuple[IncomeKind, ...]


def persons(rng: Random, *, others: int) -> list[Person]:
    """The 87 of the last year, whose counts are the figures', and `others` who came later."""
    ages = _ages(rng)
    incomes = _incomes(rng, pensioners=[age in OLD for age in ages])
    genders = shuffled(rng, spelled_out(figures.GENDERS))
    funders = shuffled(rng, spelled_out(figures.FUNDERS))
    made = [Person(*facts) for facts in zip(genders, ages, funders, incomes, strict=True)]
    for i in range(others):
        gender = Gender.OTHER if i == 0 else rng.choice((Gender.MALE, Gender.MALE, Gender.FEMALE))
        made.append(Person(gender, rng.randrange(25, 60), "cocom", (IncomeKind.LIVING_WAGE,)))
    return made


def tenant_row(
    rng: Random, code: str, career: Career, person: Person, name: tuple[str, str], *, year: int
) -> DemoTenant:
    """The row of one tenant; the birthday is any day, so the age is reached by 31 December."""
    languages = rng.choices(_LANGUAGES, _LANGUAGE_CHANCES)[0]
    return DemoTenant(
        code=code,
        first_name=name[0],
        last_name=name[1],
        birth_date=date(year - person.age, 1, 1) + timedelta(days=rng.randrange(365)),
        gender=person.gender,
        languages=languages,
        interpreter=not {"fr", "nl", "en"} & set(languages),
        phone=phone_number(rng) if rng.random() < 0.8 else "",
        funder=person.funder,
        referred_on=career.accepted_on - timedelta(days=rng.randrange(7, 120)),
        accepted_on=career.accepted_on,
        ended_on=career.ended_on,
        end_reason=career.end_reason,
    )


def income_rows(tenant: DemoTenant, kinds: Sequence[IncomeKind]) -> list[DemoIncome]:
    """Incomes from before support began until its end."""
    return [
        DemoIncome(
            tenant=tenant.code,
            kind=kind,
            starts_on=tenant.referred_on,
            ends_on=tenant.ended_on,
        )
        for kind in kinds
    ]


def _ages(rng: Random) -> list[int]:
    """Ages of 87 people, whose sum makes the mean exact; five are of pension age."""
    younger = figures.PEOPLE - len(OLD) - 1
    ages = [min(64, max(25, round(rng.gauss(46.5, 9)))) for _ in range(younger)]
    wanted = figures.PEOPLE * figures.MEAN_AGE - sum(OLD) - figures.YOUNGEST
    while sum(ages) != wanted:
        i = rng.randrange(younger)
        step = 1 if sum(ages) < wanted else -1
        if 25 <= ages[i] + step <= 64:
            ages[i] += step
    return shuffled(rng, [figures.YOUNGEST, *OLD, *ages])


def _incomes(rng: Random, *, pensioners: Sequence[bool]) -> list[tuple[IncomeKind, ...]]:
    """Incomes per person: pensioners have theirs alone, six of the others have two."""
    kind = IncomeKind
    two = [(kind.REPLACEMENT_INCOME, kind.DISABILITY_ALLOWANCE)] * 4
    two += [(kind.LIVING_WAGE, kind.WAGE)] * 2
    left = dict(figures.INCOMES) | {kind.PENSION: 0}
    for pair in two:
        for each in pair:
            left[each] -= 1
    pool = shuffled(rng, [*two, *((each,) for each in spelled_out(left))])
    return [(kind.PENSION,) if old else pool.pop() for old in pensioners]
