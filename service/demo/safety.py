"""Who must not meet whom, and who is visited by two: exclusions and safety flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from service.demo.caseload import Caseload
from service.demo.model import DemoExclusion, DemoFlag, DemoPlace, DemoStay
from service.demo.staff import ACT, ICM, TEAM_LEADS


@dataclass(frozen=True, slots=True)
class Safety:
    """Exclusions and flags, and the questions that history asks of them."""

    exclusions: tuple[DemoExclusion, ...]
    flags: tuple[DemoFlag, ...]

    def excluded(self, tenant: str, day: date) -> set[str]:
        """Workers who must not meet the tenant on a day."""
        return {
            row.worker
            for row in self.exclusions
            if row.tenant == tenant and row.worker is not None and row.starts_on <= day
        }

    def two_workers(self, tenant: str, day: date) -> bool:
        """Whether a flag is in force on a day."""
        return any(
            flag.tenant == tenant
            and flag.raised_on <= day
            and (flag.lifted_on is None or day < flag.lifted_on)
            for flag in self.flags
        )


def safety_of(
    rng: Random,
    present: Sequence[str],
    caseloads: Mapping[str, Caseload],
    *,
    stays: Sequence[DemoStay],
    places: Mapping[str, DemoPlace],
    today: date,
) -> Safety:
    """Exclusions of every kind and seven flags, two of them past their review, one lifted."""
    current = {
        stay.tenant: stay.place
        for stay in sorted(stays, key=lambda stay: stay.starts_on)
        if stay.starts_on <= today and (stay.ends_on is None or stay.ends_on > today)
    }
    act = [code for code in present if caseloads[code].team == ACT]
    icm = [code for code in present if caseloads[code].team == ICM]
    some_act, some_icm = rng.sample(act, 8), rng.sample(icm, 6)
    return Safety(
        exclusions=_exclusions(some_act[:3], some_icm[:3], current, places, caseloads, today),
        flags=_flags(some_act[3:], some_icm[3:], today),
    )


def _exclusions(
    act: Sequence[str],
    icm: Sequence[str],
    current: Mapping[str, str],
    places: Mapping[str, DemoPlace],
    caseloads: Mapping[str, Caseload],
    today: date,
) -> tuple[DemoExclusion, ...]:
    since = today - timedelta(days=210)
    other = next(code for code in ("W11", "W14", "W12") if code != caseloads[icm[0]].primary)
    home = places[current[icm[2]]].municipality
    avoided = next(refnis for refnis in ("21012", "21001", "21015") if refnis != home)
    return (
        DemoExclusion(
            worker="W04", tenant=act[0], starts_on=since, reason="Se connaissent d'une vie d'avant"
        ),
        DemoExclusion(
            worker=other, tenant=icm[0], starts_on=since, reason="Menaces, plainte déposée"
        ),
        DemoExclusion(
            worker="W08",
            place=current[act[1]],
            starts_on=today - timedelta(days=60),
            reason="Un voisin de l'immeuble l'a agressée",
        ),
        DemoExclusion(
            tenant=icm[2],
            municipality=avoided,
            starts_on=today - timedelta(days=400),
            reason="Interdiction de quartier, jugement",
        ),
        DemoExclusion(
            worker="W15",
            municipality="21005",
            starts_on=since,
            reason="Habite le quartier, ne souhaite pas y travailler",
        ),
    )


def _flags(act: Sequence[str], icm: Sequence[str], today: date) -> tuple[DemoFlag, ...]:
    """(days since raised, days until review): a review in the past leaves a flag in force."""
    days = ((200, -20), (120, 60), (45, 45), (310, -130), (20, 70), (75, 15))
    reasons = (
        "Agressivité sous influence",
        "Un tiers inconnu dans le logement",
        "Conjoint violent",
        "Chien non maîtrisé",
        "Première visite après une alerte",
        "Dettes, visites de créanciers",
    )
    tenants = [*act[:4], *icm[:2]]
    flags = [
        DemoFlag(
            tenant=tenant,
            raised_on=today - timedelta(days=raised),
            review_on=today + timedelta(days=review),
            reason=reason,
        )
        for tenant, (raised, review), reason in zip(tenants, days, reasons, strict=True)
    ]
    lifted = DemoFlag(
        tenant=act[4],
        raised_on=today - timedelta(days=300),
        review_on=today - timedelta(days=210),
        reason="Menaces au téléphone",
        lifted_on=today - timedelta(days=205),
        lifted_by=TEAM_LEADS[ACT],
        lift_reason="Trois visites calmes, situation discutée en équipe",
    )
    return (*flags, lifted)
