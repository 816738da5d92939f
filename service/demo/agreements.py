"""What contact each tenant chose: dated agreements, replaced and never overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from service.demo.careers import Career, Turn
from service.demo.caseload import Caseload
from service.demo.chance import shuffled
from service.demo.model import DemoAgreement
from service.demo.staff import ACT, ICM
from service.demo.wishes import wishes_of
from service.people.states import AgreementPreset

JUST_MOVED_IN_DAYS = 91
_PRESETS = {
    AgreementPreset.JUST_MOVED_IN: (2, 7, 4),
    AgreementPreset.ACT: (2, 7, 5),
    AgreementPreset.ICM: (1, 7, 10),
    AgreementPreset.STABLE: (1, 14, 21),
    AgreementPreset.CRISIS: (7, 7, 1),
    AgreementPreset.CUSTOM: (1, 28, 35),
}
"""Contacts, period and longest gap in days."""

_LEVELS = {
    ACT: (
        (AgreementPreset.ACT, 3),
        (AgreementPreset.ICM, 7),
        (AgreementPreset.STABLE, 11),
        (AgreementPreset.CUSTOM, 99),
    ),
    ICM: ((AgreementPreset.ICM, 6), (AgreementPreset.STABLE, 20), (AgreementPreset.CUSTOM, 99)),
}
"""Per team, how many of those present have which agreement; the last one takes the rest."""


def agreements_of(
    rng: Random,
    careers: Sequence[tuple[str, Career]],
    caseloads: Mapping[str, Caseload],
    *,
    today: date,
) -> list[DemoAgreement]:
    """The agreements of all tenants, the one in force today last."""
    levels = _levels(rng, careers, caseloads)
    wishes = wishes_of(rng, careers, caseloads)
    rows: list[DemoAgreement] = []
    for code, career in careers:
        mine = _sequence(rng, code, career, levels[code], today=today)
        rows += [replace(row, **wishes[code]) for row in mine]
    return _in_crisis(rows, careers, caseloads, today=today)


def _levels(
    rng: Random, careers: Sequence[tuple[str, Career]], caseloads: Mapping[str, Caseload]
) -> dict[str, AgreementPreset]:
    """The agreement each tenant has when nothing special is on."""
    levels = {code: AgreementPreset.ICM for code, _ in careers}
    for team, counts in _LEVELS.items():
        present = [
            code for code, career in careers if not career.ended and caseloads[code].team == team
        ]
        pool = [preset for preset, count in counts for _ in range(count)]
        levels |= dict(zip(shuffled(rng, present), pool, strict=False))
    return levels


def _sequence(
    rng: Random, code: str, career: Career, level: AgreementPreset, *, today: date
) -> list[DemoAgreement]:
    """Weekly at first, twice a week after moving in, later the tenant's level."""
    changes: list[tuple[date, AgreementPreset]] = [(career.accepted_on, AgreementPreset.ICM)]
    for day, turn in career.turns:
        if turn is Turn.MOVE_IN and day < today:
            changes += [
                (day, AgreementPreset.JUST_MOVED_IN),
                (day + timedelta(days=JUST_MOVED_IN_DAYS), level),
            ]
    settled = career.accepted_on + timedelta(days=rng.randrange(200, 900))
    moved = [day for day, preset in changes if preset is AgreementPreset.JUST_MOVED_IN]
    if not any(0 <= (settled - day).days < JUST_MOVED_IN_DAYS for day in moved):
        changes.append((settled, level))
    end = career.ended_on
    rows: list[DemoAgreement] = []
    changes = [change for change in sorted(changes) if change[0] < (end or today)]
    for i, (day, preset) in enumerate(changes):
        until = changes[i + 1][0] if i + 1 < len(changes) else end
        if rows and rows[-1].preset is preset and rows[-1].ends_on == day:
            rows[-1] = replace(rows[-1], ends_on=until)
        elif until is None or day < until:
            rows.append(agreement(code, preset, day, until))
    return rows


def agreement(
    code: str, preset: AgreementPreset, starts_on: date, ends_on: date | None
) -> DemoAgreement:
    """An agreement as its preset has it."""
    contacts, period, gap = _PRESETS[preset]
    return DemoAgreement(
        tenant=code,
        preset=preset,
        starts_on=starts_on,
        ends_on=ends_on,
        contacts=contacts,
        period_days=period,
        longest_gap_days=gap,
        minutes=45,
    )


def _in_crisis(
    rows: list[DemoAgreement],
    careers: Sequence[tuple[str, Career]],
    caseloads: Mapping[str, Caseload],
    *,
    today: date,
) -> list[DemoAgreement]:
    """One tenant of the ACT team in crisis for twelve days; two whose agreements pause."""
    since = today - timedelta(days=12)
    housed = {code for code, career in careers if career.housed}
    steady = [
        row
        for row in rows
        if row.ends_on is None
        and row.tenant in housed
        and row.starts_on < since - timedelta(days=100)
        and row.preset in {AgreementPreset.STABLE, AgreementPreset.CUSTOM}
    ]
    act = next(row for row in steady if caseloads[row.tenant].team == ACT)
    icm = [row for row in steady if caseloads[row.tenant].team == ICM][:2]
    changed = {act.tenant: [replace(act, ends_on=since)]}
    changed[act.tenant].append(
        replace(
            agreement(act.tenant, AgreementPreset.CRISIS, since, None),
            distinct_workers=act.distinct_workers,
        )
    )
    pause = (today - timedelta(days=4), today + timedelta(days=17))
    gone = (today - timedelta(days=90), today - timedelta(days=70))
    for row, pauses in zip(icm, ((pause,), (gone,)), strict=True):
        changed[row.tenant] = [replace(row, pauses=pauses)]
    made: list[DemoAgreement] = []
    for row in rows:
        is_current = row.ends_on is None and row.tenant in changed
        made += changed[row.tenant] if is_current else [row]
    return made
