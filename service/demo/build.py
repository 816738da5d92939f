"""The whole demonstration service from a seed and a day: pure, the same every time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from service.demo.addresses import AddressBook
from service.demo.agreements import agreements_of
from service.demo.calendar import WorkCalendar, absences
from service.demo.careers import Career, Turn
from service.demo.caseload import assignment_rows, caseloads
from service.demo.chance import chance
from service.demo.due import due_weeks
from service.demo.encounters import Staffing
from service.demo.figures import PEOPLE
from service.demo.history import Progress, history
from service.demo.homes import homes_of
from service.demo.landlords import landlords
from service.demo.last_year import careers_of_last_year
from service.demo.model import Demo, DemoIncome, DemoStay, DemoTenant
from service.demo.names import people_names
from service.demo.people import income_rows, persons, tenant_row
from service.demo.places import shared_places
from service.demo.running_year import continued
from service.demo.safety import safety_of
from service.demo.staff import teams, workers
from service.demo.stays import stays_of
from service.demo.week import appointments_of, series_of
from service.people.states import StayKind

FREE_TO_LEAVE = frozenset({StayKind.HOME, StayKind.STREET, StayKind.SHELTER})
PLANNED_MOVE_IN_DAYS = 18


def build(
    *,
    seed: int,
    now: datetime,
    today: date,
    first_agreement: int = 1,
    progress: Progress | None = None,
) -> Demo:
    """The demonstration as of `today` (`now` is this instant: nothing is recorded after it).

    `first_agreement`: the id that the first agreement will get, for the weeks in which contacts
    fall due.

    The last full year is the one before `today`'s; its figures are those of `figures`.
    """
    year = today.year - 1
    careers = _careers(seed, today=today)
    codes = [code for code, _ in careers]
    staff = workers(chance(seed, "workers"), year=year, today=today)
    away = absences(chance(seed, "absences"), staff, today=today)
    book = AddressBook(chance(seed, "addresses"))
    shared = shared_places(book)
    homes = homes_of(chance(seed, "homes"), careers, book=book, today=today)
    stays = stays_of(chance(seed, "stays"), careers, homes, year=year, today=today)
    load = caseloads(chance(seed, "caseloads"), careers, year=year)
    agreements = agreements_of(chance(seed, "agreements"), careers, load, today=today)
    tenants, incomes = _people(seed, careers, year=year)
    present = [code for code, career in careers if not career.ended]
    where = {code: stay for code in present if (stay := stay_on(stays, code, today))}
    places = [*shared, *homes.places]
    safety = safety_of(
        chance(seed, "safety"),
        present,
        load,
        stays=stays,
        places={place.key: place for place in places},
        today=today,
    )
    staffing = Staffing(
        rng=chance(seed, "staffing"),
        calendar=WorkCalendar(staff, away),
        workers={worker.code: worker for worker in staff},
        caseloads=load,
        safety=safety,
        stay_kind=_stay_kinds(stays),
    )
    silent = _silent(codes, careers, where, today=today)
    encounters = history(
        chance(seed, "history"),
        careers,
        agreements,
        staffing,
        silent=silent,
        due=due_weeks(
            agreements, first_id=first_agreement, first=date(today.year, 1, 1), end=today
        ),
        today=today,
        now=now,
        progress=progress or (lambda _done, _of: None),
    )
    free = [code for code, stay in where.items() if stay.kind in FREE_TO_LEAVE]
    housed = [code for code, stay in where.items() if stay.kind is StayKind.HOME]
    return Demo(
        places=tuple(places),
        teams=teams(),
        workers=staff,
        absences=tuple(away),
        tenants=tuple(tenants),
        landlords=landlords(),
        dwellings=tuple(homes.dwellings),
        leases=tuple(homes.leases),
        tenancies=tuple(homes.tenancies),
        moves=tuple(homes.moves),
        stays=tuple(stays),
        assignments=tuple(
            row for code, career in careers for row in assignment_rows(code, career, load[code])
        ),
        agreements=tuple(agreements),
        series=tuple(series_of(chance(seed, "series"), housed, load, today=today)),
        exclusions=safety.exclusions,
        flags=safety.flags,
        incomes=tuple(incomes),
        appointments=tuple(
            appointments_of(
                chance(seed, "appointments"),
                free,
                load,
                pick_up={code: where[code].place for code in free},
                today=today,
            )
        ),
        encounters=tuple(encounters),
    )


def stay_on(stays: Sequence[DemoStay], tenant: str, day: date) -> DemoStay | None:
    """Where a tenant can be visited on a day: the stay that began last."""
    held = [
        stay
        for stay in stays
        if stay.tenant == tenant
        and stay.starts_on <= day
        and (stay.ends_on is None or day < stay.ends_on)
    ]
    return max(held, key=lambda stay: stay.starts_on, default=None)


def _careers(seed: int, *, today: date) -> list[tuple[str, Career]]:
    """Careers with tenant codes in the order of acceptance; one move is planned."""
    last = careers_of_last_year(chance(seed, "last year"), year=today.year - 1)
    careers = continued(chance(seed, "running year"), last, today=today)
    settled = max(
        (i for i, career in enumerate(careers) if _settled(career, today)),
        key=lambda i: careers[i].accepted_on,
    )
    soon = today + timedelta(days=PLANNED_MOVE_IN_DAYS)
    careers[settled] = careers[settled].then(soon, Turn.HOME_TO_HOME)
    return [(f"T{i + 1:03d}", career) for i, career in enumerate(careers)]


def _settled(career: Career, today: date) -> bool:
    return career.housed and career.turns[-1][0] < today - timedelta(days=400)


def _people(
    seed: int, careers: Sequence[tuple[str, Career]], *, year: int
) -> tuple[list[DemoTenant], list[DemoIncome]]:
    drawn = persons(chance(seed, "persons"), others=len(careers) - PEOPLE)
    names = people_names(chance(seed, "names"), [person.gender for person in drawn])
    rng = chance(seed, "tenants")
    tenants: list[DemoTenant] = []
    incomes: list[DemoIncome] = []
    for (code, career), person, name in zip(careers, drawn, names, strict=True):
        tenant = tenant_row(rng, code, career, person, name, year=year)
        tenants.append(tenant)
        incomes += income_rows(tenant, person.incomes)
    return tenants, incomes


def _stay_kinds(stays: Sequence[DemoStay]) -> Callable[[str, date], StayKind]:
    """The kind of the stay in which a tenant is found on a day."""
    by_tenant: dict[str, list[DemoStay]] = {}
    for stay in stays:
        by_tenant.setdefault(stay.tenant, []).append(stay)

    def kind(tenant: str, day: date) -> StayKind:
        stay = stay_on(by_tenant[tenant], tenant, day)
        return StayKind.STREET if stay is None else stay.kind

    return kind


def _silent(
    codes: Sequence[str],
    careers: Sequence[tuple[str, Career]],
    where: Mapping[str, DemoStay],
    *,
    today: date,
) -> dict[str, date]:
    """Two tenants nobody has met for weeks: one in the street, one at home."""
    early = date(today.year - 1, 1, 1)
    known = {code for code, career in careers if career.accepted_on < early}
    silent = {}
    for kind, days in ((StayKind.STREET, 38), (StayKind.HOME, 47)):
        found = [c for c in codes if c in where and where[c].kind is kind and c in known]
        if found:
            silent[found[-1]] = today - timedelta(days=days)
    return silent
