"""Weights for kinds of team: what each way of working finds dear, what it may bend, and why.

A point is worth a minute on the way. A rule that bends (a number where `Weights` says None) costs
its price where a plan goes beyond it; all others forbid. The limit of different workers for a
tenant bends for no team: it is there for people who cannot bear more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduling.weights import Weights


class PresetName(StrEnum):
    """Ways of working that have weights of their own."""

    ACT = "act"
    ICM = "icm"
    OUTREACH = "outreach"
    CRISIS = "crisis"
    OUTPOST = "outpost"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """`reasons` has a sentence for every weight that is not the general default."""

    weights: Weights
    reasons: Mapping[tuple[str, ...], str]


NO_OWN_WORKER = ("not_primary", "not_backup")
BY_WHOEVER_IS_THERE = "Whoever is on the round goes: nobody has tenants of their own."

PRESETS: Mapping[PresetName, Preset] = {
    PresetName.ACT: Preset(
        weights=Weights(not_primary=0, not_backup=0, introduction=30, change_time=10),
        reasons={
            NO_OWN_WORKER: "The caseload is shared: every tenant is everybody's.",
            ("introduction",): (
                "Rotation brings new faces; each is introduced by one that the tenant knows."
            ),
            ("change_time",): (
                "The team goes through its day every morning: another hour is daily practice."
            ),
        },
    ),
    PresetName.ICM: Preset(
        weights=Weights(
            rotation=0, not_primary=40, not_backup=20, change_worker=100, change_cancelled=160
        ),
        reasons={
            ("rotation",): "A tenant's own worker comes; others are no gain.",
            ("not_primary", "not_backup", "change_worker"): (
                "The bond with one worker, and a back-up by name, carries the support."
            ),
            ("change_cancelled",): "Never cheaper than another worker on another day.",
        },
    ),
    PresetName.OUTREACH: Preset(
        weights=Weights(
            not_primary=0,
            not_backup=0,
            rotation=0,
            wanted=10,
            preferred_slot=10,
            limit=120,
            reserve=2,
            spacing=150,
        ),
        reasons={
            NO_OWN_WORKER: BY_WHOEVER_IS_THERE,
            ("rotation", "wanted", "preferred_slot"): (
                "People are met where they stay that day; being there counts more than by whom "
                "and at what hour."
            ),
            ("limit",): "Several people at one place make one stop: a busy evening may hold more.",
            ("reserve",): "What comes unasked is the work itself: the reserve may be used.",
            ("spacing",): "Who was found yesterday may be looked for again today, at a price.",
        },
    ),
    PresetName.CRISIS: Preset(
        weights=Weights(
            unplaced_must=20_000,
            unplaced_should=5_000,
            overdue_day=100,
            not_primary=15,
            not_backup=10,
            rotation=0,
            wanted=30,
            change_time=5,
            change_day=40,
            limit=60,
            visiting=2,
            reserve=1,
            spacing=30,
        ),
        reasons={
            ("unplaced_must", "unplaced_should", "overdue_day"): (
                "A day without contact in a crisis is the harm that the team is there to prevent."
            ),
            ("not_primary", "not_backup"): "A known face helps, but somebody comes in any case.",
            ("rotation", "wanted"): "Few faces, and those whom the person asks for.",
            ("change_time", "change_day"): "Crises move the week; people are told by phone.",
            ("limit", "visiting", "reserve"): (
                "Days and weeks go beyond their measure in a crisis: dear, not forbidden."
            ),
            ("spacing",): "Daily visits are the rule, twice a day is possible.",
        },
    ),
    PresetName.OUTPOST: Preset(
        weights=Weights(
            not_primary=0,
            not_backup=0,
            rotation=0,
            introduction=0,
            change_day=200,
            change_cancelled=300,
            travel=2,
        ),
        reasons={
            NO_OWN_WORKER: BY_WHOEVER_IS_THERE,
            ("rotation", "introduction"): "People come to the counter, not to a worker.",
            ("change_day", "change_cancelled"): (
                "Its hours are on the door: a closed outpost is a closed door."
            ),
            ("travel",): "Two outposts on one day are reached by who drives on, not by two cars.",
        },
    ),
    PresetName.SUPPORT: Preset(
        weights=Weights(
            not_primary=60,
            not_backup=30,
            rotation=0,
            introduction=0,
            language=60,
            change_time=60,
            change_day=120,
            change_worker=60,
            change_cancelled=200,
        ),
        reasons={
            ("not_primary", "not_backup"): "A supervision is a series with one supervisor.",
            ("rotation", "introduction"): "A partner's team is no tenant: nobody rotates.",
            ("language",): "A training is given in the language of those who follow it.",
            ("change_time", "change_day", "change_worker", "change_cancelled"): (
                "A date with a whole team was agreed months ago; the hour is part of it."
            ),
        },
    ),
}
