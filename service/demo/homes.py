"""From careers to dwellings, leases, tenancies, moves and stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from service.demo import figures
from service.demo.addresses import AddressBook
from service.demo.careers import Career, Turn
from service.demo.chance import shared_out, shuffled, spelled_out
from service.demo.landlords import GLISSANT_FROM, LEASES, some_landlord
from service.demo.model import DemoDwelling, DemoLease, DemoMove, DemoPlace, DemoTenancy
from service.housing.states import LeaseLevel, MoveKind, MoveState, TenancyEnd
from service.people.states import StayKind
from service.places.states import PlaceKind

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Homes:
    """What the careers come to in housing."""

    places: list[DemoPlace] = field(default_factory=list)
    dwellings: list[DemoDwelling] = field(default_factory=list)
    leases: list[DemoLease] = field(default_factory=list)
    tenancies: list[DemoTenancy] = field(default_factory=list)
    moves: list[DemoMove] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    key: str
    starts_on: date


def homes_of(
    rng: Random, careers: Sequence[tuple[str, Career]], *, book: AddressBook, today: date
) -> Homes:
    """Housing rows for (tenant code, career); turns from `today` on are planned moves."""
    homes = Homes()
    for tenant, career in careers:
        _tenancies(homes, tenant, career, today=today)
    where = _municipalities(rng, homes.tenancies)
    for tenancy in homes.tenancies:
        _dwelling(rng, homes, tenancy, refnis=where[tenancy.key], book=book)
    return homes


def _tenancies(homes: Homes, tenant: str, career: Career, *, today: date) -> None:
    """The tenancies and moves of one career. A loss's or a death's day is the last one lived in."""
    current: _Open | None = None
    number = 0
    for day, turn in career.turns:
        before, end = current, None
        if before is not None:
            end = day if turn is Turn.HOME_TO_HOME else day + DAY
            _close(homes, tenant, before, end, turn)
        current = None
        if turn in {Turn.MOVE_IN, Turn.HOME_TO_HOME}:
            number += 1
            current = _Open(key=f"{tenant}/{number}", starts_on=day)
        if before is not None or current is not None:
            homes.moves.append(
                DemoMove(
                    tenant=tenant,
                    kind=_move_kind(career, turn, day, first=number == 1),
                    state=MoveState.DONE if day < today else MoveState.PLANNED,
                    happens_on=day,
                    from_tenancy=before.key if before else None,
                    to_tenancy=current.key if current else None,
                )
            )
    if current is not None:
        _close(homes, tenant, current, None, None)


def _move_kind(career: Career, turn: Turn, day: date, *, first: bool) -> MoveKind:
    if turn is Turn.MOVE_IN:
        return MoveKind.FIRST_MOVE_IN if first else MoveKind.BACK_INTO_HOME
    if turn is Turn.LOSE_HOME:
        losses = [d for d, t in career.turns if t is Turn.LOSE_HOME]
        to = career.outside[1 + losses.index(day)]
        rough = to in {StayKind.STREET, StayKind.SHELTER}
        return MoveKind.TO_STREET if rough else MoveKind.TO_INSTITUTION
    return MoveKind.HOME_TO_HOME if turn is Turn.HOME_TO_HOME else MoveKind.BY_DEATH


def _close(homes: Homes, tenant: str, home: _Open, end: date | None, turn: Turn | None) -> None:
    reasons = {
        Turn.HOME_TO_HOME: TenancyEnd.MOVED,
        Turn.LOSE_HOME: TenancyEnd.LOST,
        Turn.DIE: TenancyEnd.DEATH,
    }
    homes.tenancies.append(
        DemoTenancy(
            key=home.key,
            tenant=tenant,
            dwelling=f"D{len(homes.tenancies) + 1:03d}",
            lease=f"lease/{home.key}",
            starts_on=home.starts_on,
            ends_on=end,
            end_reason=reasons[turn] if turn else None,
        )
    )


def _municipalities(rng: Random, tenancies: Sequence[DemoTenancy]) -> dict[str, str]:
    """REFNIS per tenancy: the shares of the figures, each of the 15 with a home that lasts."""
    lasting = [t for t in tenancies if t.ends_on is None]
    lasting.sort(key=lambda t: (t.starts_on, t.key))
    shares = figures.HOME_SHARES
    more = shared_out(len(lasting) - len(shares), [count - 1 for count in shares.values()])
    pool = shuffled(rng, list(shares))
    pool += shuffled(rng, spelled_out(dict(zip(shares, more, strict=True))))
    where = {t.key: refnis for t, refnis in zip(lasting, pool, strict=True)}
    for tenancy in tenancies:
        if tenancy.key not in where:
            where[tenancy.key] = rng.choices(list(shares), list(shares.values()))[0]
    return where


def _dwelling(
    rng: Random, homes: Homes, tenancy: DemoTenancy, *, refnis: str, book: AddressBook
) -> None:
    place = book.address(key=f"home/{tenancy.dwelling}", kind=PlaceKind.HOME, refnis=refnis)
    landlord, kind = some_landlord(rng)
    floor = rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 7))
    homes.places.append(place)
    homes.dwellings.append(
        DemoDwelling(
            code=tenancy.dwelling,
            place=place.key,
            landlord=landlord,
            floor=floor,
            lift=floor > 3 or rng.random() < 0.3,
        )
    )
    lease_kind, low, high = LEASES[kind]
    starts_on = tenancy.starts_on - timedelta(days=rng.choice((0, 0, 0, 5, 10)))
    ends_on, notice_on = _lease_end(rng, tenancy)
    lease = DemoLease(
        key=tenancy.lease,
        dwelling=tenancy.dwelling,
        kind=lease_kind,
        level=LeaseLevel.HEAD,
        head_lease=None,
        starts_on=starts_on,
        ends_on=ends_on,
        notice_on=notice_on,
        rent_cents=rng.randrange(low, high, 500),
        charges_cents=rng.randrange(2500, 9000, 500),
    )
    if landlord in GLISSANT_FROM:
        head = replace(lease, key=f"{tenancy.lease}/head", charges_cents=0)
        homes.leases.append(head)
        lease = replace(lease, level=LeaseLevel.SUB, head_lease=head.key)
    homes.leases.append(lease)


def _lease_end(rng: Random, tenancy: DemoTenancy) -> tuple[date | None, date | None]:
    """(end, notice): double rent after a move, no end by a death alone but one by notice."""
    if tenancy.ends_on is None:
        return None, None
    if tenancy.end_reason is TenancyEnd.LOST:
        return tenancy.ends_on, tenancy.ends_on - timedelta(days=30)
    if tenancy.end_reason is TenancyEnd.DEATH:
        return tenancy.ends_on + timedelta(days=75), tenancy.ends_on + timedelta(days=12)
    overlap = rng.choice((0, 5, 12, 27))
    return tenancy.ends_on + timedelta(days=overlap), tenancy.ends_on - timedelta(days=60)
