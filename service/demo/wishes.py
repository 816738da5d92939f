"""What tenants want of their visits: hours, a discipline, a gender, somebody, two people."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from service.demo.careers import Career
from service.demo.caseload import Caseload
from service.demo.chance import shuffled
from service.demo.model import Window
from service.demo.staff import ACT, ICM
from service.people.states import Wish
from service.teams.states import Discipline, Gender

_WEEK = range(1, 6)
_WISHED_HOURS: tuple[tuple[Window, ...], ...] = (
    tuple((day, 780, 1020) for day in _WEEK),
    tuple((day, 540, 750) for day in _WEEK),
    tuple((day, 630, 900) for day in _WEEK),
    ((2, 540, 1020), (4, 540, 1020)),
    ((1, 540, 1020), (3, 540, 1020), (5, 540, 1020)),
    ((4, 840, 1020),),
)


def wishes_of(
    rng: Random, careers: Sequence[tuple[str, Career]], caseloads: Mapping[str, Caseload]
) -> dict[str, dict[str, Any]]:
    """Per tenant the fields of an agreement beside its preset's numbers."""
    details: dict[str, dict[str, Any]] = {
        code: {
            "minutes": rng.choice((30, 45, 45, 45, 60, 60)),
            "distinct_workers": 3 if caseloads[code].team == ACT else 1,
        }
        for code, _ in careers
    }
    present = {
        team: shuffled(
            rng, [c for c, career in careers if not career.ended and caseloads[c].team == team]
        )
        for team in (ACT, ICM)
    }
    act, icm = present[ACT], present[ICM]
    for i, code in enumerate([*act[:8], *icm[:15]]):
        details[code]["windows"] = _WISHED_HOURS[i % len(_WISHED_HOURS)]
    wants: list[tuple[str, str, object]] = [
        (act[8], "disciplines", (Discipline.PSYCHOLOGIST,)),
        (act[9], "disciplines", (Discipline.PSYCHIATRIST, Discipline.PSYCHOLOGIST)),
        (act[10], "disciplines", (Discipline.NURSE,)),
        (icm[15], "disciplines", (Discipline.NURSE,)),
        (icm[16], "disciplines", (Discipline.PSYCHOLOGIST,)),
        (act[11], "gender_wish", Gender.FEMALE),
        (icm[17], "gender_wish", Gender.FEMALE),
        (icm[18], "gender_wish", Gender.MALE),
        (icm[19], "gender_wish", Gender.FEMALE),
        (icm[19], "gender_wish_hard", True),
        (act[12], "workers_needed", 2),
        (icm[20], "workers_needed", 2),
        (act[13], "most_workers", 3),
        (act[14], "most_workers", 4),
        (icm[21], "counts_phone", True),
        (act[15], "wishes", (("W07", Wish.WANTED),)),
        (act[16], "wishes", (("W04", Wish.UNWANTED), ("W02", Wish.WANTED))),
        (icm[22], "wishes", (("W15", Wish.WANTED),)),
        (icm[23], "wishes", (("W11", Wish.UNWANTED),)),
        (icm[24], "wishes", (("W13", Wish.WANTED),)),
    ]
    for code, wish, value in wants:
        details[code][wish] = value
    return details
