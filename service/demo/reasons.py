"""Why meetings took place: several reasons each, with totals that are met exactly."""

from collections.abc import Mapping, Sequence
from random import Random

from service.demo import figures
from service.encounters.states import EncounterKind, Reason

_AFFINITY: Mapping[EncounterKind, Mapping[Reason, float]] = {
    EncounterKind.ACCOMPANIMENT: {
        Reason.ADMINISTRATION: 2.2,
        Reason.MEDICAL: 2.5,
        Reason.DAILY_MATTERS: 0.5,
        Reason.CRISIS: 0.6,
    },
    EncounterKind.CONSULTATION: {
        Reason.NETWORK: 3.0,
        Reason.MENTAL_HEALTH: 3.0,
        Reason.DAILY_MATTERS: 0.2,
    },
}
"""How much likelier than on a home visit."""


def reasons_for(
    rng: Random, kinds: Sequence[EncounterKind], *, counts: Mapping[Reason, int]
) -> list[tuple[Reason, ...]]:
    """Reasons per meeting, each at most once, at least one each, `counts` met exactly.

    Every consultation is a case conference.

    Raises:
        ValueError: the counts cannot be met with these meetings.
    """
    if sum(counts.values()) < len(kinds) or max(counts.values()) > len(kinds):
        raise ValueError(f"{len(kinds)} meetings cannot have the reasons {dict(counts)}")
    chosen: list[set[Reason]] = [set() for _ in kinds]
    for reason, count in counts.items():
        for i in _drawn(rng, kinds, reason, count):
            chosen[i].add(reason)
    _leave_none_empty(rng, chosen)
    return [tuple(reason for reason in Reason if reason in reasons) for reasons in chosen]


def counts_for(meetings: int, consultations: int) -> dict[Reason, int]:
    """The published year's counts scaled to a number of meetings."""
    whole = sum(figures.MEETINGS.values())
    counts = {reason: round(count * meetings / whole) for reason, count in figures.REASONS.items()}
    counts[Reason.CASE_CONFERENCE] = max(counts[Reason.CASE_CONFERENCE], consultations)
    short = meetings - sum(counts.values())
    if short > 0:
        counts[Reason.DAILY_MATTERS] += short
    return {reason: min(count, meetings) for reason, count in counts.items()}


def _drawn(rng: Random, kinds: Sequence[EncounterKind], reason: Reason, count: int) -> list[int]:
    """`count` meetings, drawn without putting back, likelier where the kind suits the reason."""
    must = [
        i
        for i, kind in enumerate(kinds)
        if kind is EncounterKind.CONSULTATION and reason is Reason.CASE_CONFERENCE
    ]
    others = sorted(set(range(len(kinds))) - set(must))
    keys = {i: rng.random() ** (1 / _AFFINITY.get(kinds[i], {}).get(reason, 1.0)) for i in others}
    others.sort(key=lambda i: -keys[i])
    return [*must, *others][: max(count, len(must))]


def _leave_none_empty(rng: Random, chosen: list[set[Reason]]) -> None:
    """Give each meeting without a reason one of a meeting that has three or more."""
    rich = [i for i, reasons in enumerate(chosen) if len(reasons) > 2]
    rng.shuffle(rich)
    for reasons in chosen:
        if not reasons:
            giver = chosen[rich.pop()]
            given = min(giver - {Reason.CASE_CONFERENCE})
            giver.discard(given)
            reasons.add(given)
