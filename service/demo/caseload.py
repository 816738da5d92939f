"""Who supports whom: the team, the worker responsible and the named back-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from service.demo.careers import Career
from service.demo.model import DemoAssignment
from service.demo.staff import ACT, ICM

ACT_TENANTS = 24
"""Of those in support today, in the ACT team; the others are with ICM."""

_PRIMARIES = ("W11", "W12", "W13", "W14", "W11", "W12", "W14", "W13", "W10", "W16")
_ACT_PRIMARIES = ("W01", "W02", "W03", "W04", "W08")


@dataclass(frozen=True, slots=True)
class Caseload:
    """A tenant's team and workers; `before` is the team until `changed_on`, if it changed."""

    team: str
    primary: str | None
    backup: str | None
    before: str | None = None
    changed_on: date | None = None

    def team_on(self, day: date) -> str:
        """The team responsible on a day of support."""
        if self.before is not None and self.changed_on is not None and day < self.changed_on:
            return self.before
        return self.team


def caseloads(
    rng: Random, careers: Sequence[tuple[str, Career]], *, year: int
) -> dict[str, Caseload]:
    """Caseloads by tenant code: people without a home and the newly housed first in ACT.

    Four who had been in the ACT team went on with ICM in the last year.
    """
    present = [(code, career) for code, career in careers if not career.ended]
    weight = {code: rng.random() + _needs_act(career) for code, career in present}
    in_act = set(sorted(weight, key=lambda code: -weight[code])[:ACT_TENANTS])
    in_act |= {code for code, career in careers if career.ended and rng.random() < 0.35}
    made: dict[str, Caseload] = {}
    for number, (code, _) in enumerate(careers):
        primaries = _ACT_PRIMARIES if code in in_act else _PRIMARIES
        primary = primaries[number % len(primaries)]
        backup = rng.choice([other for other in set_in_order(primaries) if other != primary])
        made[code] = Caseload(ACT if code in in_act else ICM, primary, backup)
    early = date(year, 1, 1) - timedelta(days=200)
    long_known = [
        code for code, career in present if code not in in_act and career.accepted_on < early
    ]
    for code in rng.sample(long_known, 4):
        changed_on = date(year, 2, 1) + timedelta(days=rng.randrange(0, 300))
        was = made[code]
        made[code] = Caseload(ICM, was.primary, was.backup, before=ACT, changed_on=changed_on)
    return made


def assignment_rows(code: str, career: Career, caseload: Caseload) -> list[DemoAssignment]:
    """One row per team the tenant has been with; the ACT team shares its tenants."""
    rows = []
    start = career.accepted_on
    if caseload.before is not None and caseload.changed_on is not None:
        rows.append(
            DemoAssignment(
                tenant=code,
                team=caseload.before,
                primary_worker=None,
                backup_worker=None,
                starts_on=start,
                ends_on=caseload.changed_on,
            )
        )
        start = caseload.changed_on
    shared = caseload.team == ACT
    rows.append(
        DemoAssignment(
            tenant=code,
            team=caseload.team,
            primary_worker=None if shared else caseload.primary,
            backup_worker=None if shared else caseload.backup,
            starts_on=start,
            ends_on=career.ended_on,
        )
    )
    return rows


def set_in_order(items: Sequence[str]) -> list[str]:
    """The items without repetitions, first come first."""
    return list(dict.fromkeys(items))


def _needs_act(career: Career) -> float:
    return 0.0 if career.housed else 0.45
