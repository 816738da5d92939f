"""Where tenants can be visited, from day to day: homes, and every place outside them."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from service.demo.careers import Career, Turn
from service.demo.homes import Homes
from service.demo.model import DemoStay, DemoTenancy
from service.demo.places import OUTSIDE, VISITING
from service.people.states import StayKind

DAY = timedelta(days=1)
LONG_OUTSIDE = timedelta(days=180)
_NEXT = {StayKind.STREET: StayKind.SHELTER, StayKind.SHELTER: StayKind.STREET}
_NOTES = (
    "Sonnette {floor}, deuxième porte",
    "Code à la porte : demander à l'équipe",
    "Frapper, la sonnette ne marche pas",
    "Appeler en arrivant",
    "",
    "",
    "",
)


def stays_of(
    rng: Random, careers: Sequence[tuple[str, Career]], homes: Homes, *, year: int, today: date
) -> list[DemoStay]:
    """The stays of all tenants; some of those at home have been, or are, in hospital."""
    by_tenant: dict[str, list[DemoTenancy]] = {}
    for tenancy in homes.tenancies:
        by_tenant.setdefault(tenancy.tenant, []).append(tenancy)
    place = {dwelling.code: dwelling.place for dwelling in homes.dwellings}
    stays: list[DemoStay] = []
    for tenant, career in careers:
        stays += [_home(rng, t, place[t.dwelling]) for t in by_tenant.get(tenant, ())]
        stays += _outside(rng, tenant, career)
    stays += _admissions(rng, careers, year=year, today=today)
    return sorted(stays, key=lambda stay: (stay.tenant, stay.starts_on, stay.kind))


def _home(rng: Random, tenancy: DemoTenancy, place: str) -> DemoStay:
    note = rng.choice(_NOTES).format(floor=rng.randrange(1, 9))
    return DemoStay(
        tenant=tenancy.tenant,
        kind=StayKind.HOME,
        tenancy=tenancy.key,
        place=place,
        starts_on=tenancy.starts_on,
        ends_on=tenancy.ends_on,
        dogs=rng.random() < 0.08,
        access_note=note,
    )


def _outside(rng: Random, tenant: str, career: Career) -> list[DemoStay]:
    """The stays between homes. Who is long in the street finds a shelter, and the other way."""
    stays: list[DemoStay] = []
    losses = 0
    since: date | None = career.accepted_on
    for day, turn in (*career.turns, (None, None)):
        until = day + DAY if day is not None and turn is Turn.DIE else day
        if since is not None:
            stays += _period(rng, tenant, career.outside[losses], since, until)
        since = None
        if day is not None and turn is Turn.LOSE_HOME:
            losses += 1
            since = day + DAY
    return stays


def _period(
    rng: Random, tenant: str, kind: StayKind, since: date, until: date | None
) -> list[DemoStay]:
    half = since + LONG_OUTSIDE / 2
    if kind in _NEXT and until is not None and until - since > LONG_OUTSIDE:
        half = since + (until - since) / 2
        first = _stay(tenant, kind, since, half, rng)
        return [first, _stay(tenant, _NEXT[kind], half, until, rng)]
    return [_stay(tenant, kind, since, until, rng)]


def _stay(tenant: str, kind: StayKind, since: date, until: date | None, rng: Random) -> DemoStay:
    return DemoStay(
        tenant=tenant,
        kind=kind,
        place=rng.choice(OUTSIDE[kind]),
        starts_on=since,
        ends_on=until,
        visiting_windows=VISITING.get(kind, ()),
        permit_needed=kind is StayKind.PRISON,
    )


def _admissions(
    rng: Random, careers: Sequence[tuple[str, Career]], *, year: int, today: date
) -> list[DemoStay]:
    """Weeks in hospital of people who kept their home: ten last year, one that goes on now."""
    kept = [
        tenant
        for tenant, career in careers
        if career.housed and career.turns[-1][0] < date(year, 1, 1)
    ]
    chosen = rng.sample(kept, 11)
    stays = []
    for tenant in chosen[1:]:
        start = date(year, 1, 10) + timedelta(days=rng.randrange(0, 320))
        end = start + timedelta(days=rng.randrange(6, 26))
        stays.append(_stay(tenant, StayKind.HOSPITAL, start, end, rng))
    now = _stay(chosen[0], StayKind.HOSPITAL, today - timedelta(days=9), None, rng)
    return [*stays, now]
