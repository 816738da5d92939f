"""One tenant's page, as far as the reader may see it; access is decided here, at the fetch."""

from datetime import date, timedelta
from typing import Any

import msgspec

from service import clock
from service.access.policy import (
    OPENS_DAYS_AHEAD,
    TenantFacts,
    Viewer,
    may_add_tenants,
    may_assign,
    may_edit_person,
    may_edit_safety,
    may_edit_support,
    may_raise_flag,
    may_see_tenant,
    sees_housing,
    sees_safety_reasons,
    sees_support_reasons,
)
from service.database.sql import fetch_all, fetch_one
from service.encounters.queries import overdue_on
from service.errors import NotFound
from service.people.buildings import SAME_BUILDING
from service.people.facts import WeekdayWindow
from service.people.life import life_state
from service.people.states import StayKind
from service.people.tenant_types import (
    Address,
    AgreementAhead,
    AgreementShown,
    AppointmentShown,
    CurrentStay,
    EncounterShown,
    ExclusionShown,
    FlagShown,
    Home,
    IncomeShown,
    MayEdit,
    NextVisit,
    Observation,
    SeriesShown,
    StayLine,
    Support,
    TeamOf,
    TenantPage,
)

LAST_ENCOUNTERS = 10
NEXT_VISITS = 5


async def tenant_page(viewer: Viewer, code: str) -> TenantPage:
    """All that a tenant's page shows to this reader; raises `NotFound` for a stranger's tenant."""
    today = clock.today()
    opens = today + timedelta(days=OPENS_DAYS_AHEAD)
    row = await fetch_one(_TENANT, code, today, opens)
    if row is None:
        raise NotFound
    facts = TenantFacts(frozenset(row["team_ids"]))
    if not may_see_tenant(viewer, facts):
        raise NotFound
    tenant = row["id"]
    reasons = sees_safety_reasons(viewer, facts)
    stay = await fetch_one(_STAY, tenant, today)
    home = await fetch_one(_HOME, tenant, today) if sees_housing(viewer, facts) else None
    supports = sees_support_reasons(viewer, facts)
    away = bool(stay and stay["kind"] != StayKind.HOME and row["housed"])
    return TenantPage(
        id=tenant,
        code=row["code"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        birth_date=row["birth_date"],
        gender=row["gender"],
        languages=tuple(row["languages"]),
        interpreter=row["interpreter"],
        phone=row["phone"],
        state=life_state(
            on=today,
            accepted_on=row["accepted_on"],
            ended_on=row["ended_on"],
            end_reason=row["end_reason"],
            housed=row["housed"],
            ever_housed=row["ever_housed"],
        ),
        teams=tuple(await fetch_all(_TEAMS, tenant, today, opens, into=TeamOf)),
        home=_home(home) if home else None,
        away=away,
        away_until=stay["until"] if away and stay else None,
        flag=await _flag(tenant, today, reasons=reasons),
        exclusions=await _exclusions(tenant, today, reasons=reasons),
        reasons_shown=reasons,
        may=_may(viewer, facts),
        support=await _support(row, today, stay) if supports else None,
    )


def _may(viewer: Viewer, facts: TenantFacts) -> MayEdit:
    teams = facts.teams
    return MayEdit(
        person=may_edit_person(viewer, facts),
        support=may_edit_support(viewer, facts),
        raise_flag=may_raise_flag(viewer, facts),
        safety=may_edit_safety(viewer, facts),
        assign=any(may_assign(viewer, team) for team in teams) or may_add_tenants(viewer),
    )


async def _support(row: dict[str, Any], today: date, stay: dict[str, Any] | None) -> Support:
    now, tenant = clock.now(), row["id"]
    overdue = (await overdue_on([tenant], on=today)).get(tenant)
    agreement = await fetch_one(_AGREEMENT, tenant, today)
    return Support(
        overdue=overdue.days if overdue else None,
        last_on=overdue.last_contact if overdue else None,
        funder=row["funder"],
        stay=_stay(stay) if stay else None,
        other_stays=tuple(
            await fetch_all(_OTHER_STAYS, tenant, today, stay["id"] if stay else 0, into=StayLine)
        ),
        ethos=tuple(await fetch_all(_ETHOS, tenant, into=Observation)),
        incomes=tuple(await fetch_all(_INCOMES, tenant, today, into=IncomeShown)),
        agreement_ahead=await fetch_one(_AGREEMENT_AHEAD, tenant, today, into=AgreementAhead),
        agreement=_agreement(agreement) if agreement else None,
        series=tuple(await fetch_all(_SERIES, tenant, today, into=SeriesShown)),
        appointments=tuple(
            msgspec.convert({**one, "address": _address(one)}, AppointmentShown)
            for one in await fetch_all(_APPOINTMENTS, tenant, now)
        ),
        encounters=tuple(
            await fetch_all(_ENCOUNTERS, tenant, now, LAST_ENCOUNTERS, into=EncounterShown)
        ),
        next_visits=tuple(await fetch_all(_NEXT_VISITS, tenant, now, NEXT_VISITS, into=NextVisit)),
    )


async def _flag(tenant: int, today: date, *, reasons: bool) -> FlagShown | None:
    row = await fetch_one(_FLAG, tenant)
    if row is None:
        return None
    return FlagShown(
        raised_on=row["raised_on"],
        review_on=row["review_on"],
        review_due=row["review_on"] <= today,
        reason=row["reason"] if reasons else None,
    )


async def _exclusions(tenant: int, today: date, *, reasons: bool) -> tuple[ExclusionShown, ...]:
    return tuple(
        ExclusionShown(
            id=row["id"],
            worker=row["worker"],
            refnis=row["refnis"],
            where=row["where_not"],
            until=row["until"],
            review_on=row["review_on"],
            review_due=row["review_on"] is not None and row["review_on"] <= today,
            reason=row["reason"] if reasons and row["where_not"] is None else None,
        )
        for row in await fetch_all(_EXCLUSIONS, tenant, today)
    )


def _home(row: dict[str, Any]) -> Home:
    return msgspec.convert({**row, "address": _address(row)}, Home)


def _stay(row: dict[str, Any]) -> CurrentStay:
    windows = read_windows(row["visiting_windows"])
    return msgspec.convert({**row, "address": _address(row), "windows": windows}, CurrentStay)


def _agreement(row: dict[str, Any]) -> AgreementShown:
    values = {**row, "windows": read_windows(row["windows"])}
    values["wishes"] = tuple(zip(row["wish_workers"], row["wish_kinds"], strict=True))
    del values["wish_workers"], values["wish_kinds"]
    return msgspec.convert(values, AgreementShown)


def _address(row: dict[str, Any]) -> Address:
    return Address(**{name: row[name] for name in _ADDRESS_NAMES})


def read_windows(text: str) -> tuple[WeekdayWindow, ...]:
    return msgspec.json.decode(text, type=tuple[WeekdayWindow, ...])


_ADDRESS_NAMES = (
    "name_fr", "name_nl", "street_fr", "street_nl", "house_number", "box", "postcode", "refnis",
)  # fmt: skip
_ADDRESS = """
    p.name_fr, p.name_nl, p.street_fr, p.street_nl, p.house_number, p.box, p.postcode,
    p.municipality as refnis
"""

_TENANT = """
select t.*,
    array(select a.team from assignments a
          where a.tenant = t.id and a.starts_on <= $3
              and coalesce(a.ends_on > $2, true)) as team_ids,
    exists (select from tenancies h where h.tenant = t.id and h.main and h.starts_on <= $2
            and coalesce(h.ends_on > $2, true)) as housed,
    exists (select from tenancies h where h.tenant = t.id and h.starts_on <= $2) as ever_housed
from tenants t where t.code = $1
"""

_TEAMS = """
select m.id, a.id as row, nullif(greatest(a.starts_on, $2), $2) as begins, m.code, m.name,
    p.code as primary, p.first_name as primary_name,
    b.code as backup, b.first_name as backup_name
from assignments a join teams m on m.id = a.team
left join workers p on p.id = a.primary_worker
left join workers b on b.id = a.backup_worker
where a.tenant = $1 and a.starts_on <= $3 and coalesce(a.ends_on > $2, true)
order by m.code, a.starts_on
"""

_STAY = f"""
select s.id, s.kind, s.starts_on as since, s.ends_on as until, s.visiting_windows, s.dogs,
    s.permit_needed, s.access_note, s.unsafe_persons, {_ADDRESS}
from stays s join places p on p.id = s.place
where s.tenant = $1 and s.starts_on <= $2 and coalesce(s.ends_on > $2, true)
order by s.starts_on desc, s.id desc limit 1
"""  # noqa: S608 built of constants

_HOME = f"""
select d.code as dwelling, d.floor, d.lift, h.starts_on as since, h.ends_on as until,
    l.kind as landlord_kind, e.kind as lease_kind, e.rent_cents, e.charges_cents, {_ADDRESS}
from tenancies h join dwellings d on d.id = h.dwelling join places p on p.id = d.place
join landlords l on l.id = d.landlord
left join leases e on e.id = h.lease
where h.tenant = $1 and h.main and h.starts_on <= $2 and coalesce(h.ends_on > $2, true)
"""  # noqa: S608 built of constants

_FLAG = """
select raised_on, review_on, reason from safety_flags where tenant = $1 and lifted_on is null
"""

_EXCLUSIONS = f"""
select x.id, w.code as worker, x.municipality as refnis, null as where_not, x.ends_on as until,
    x.review_on, x.reason
from exclusions x left join workers w on w.id = x.worker
where x.tenant = $1 and x.starts_on <= $2 and coalesce(x.ends_on > $2, true)
union all
select x.id, w.code, null, case when x.place is null then 'area' else 'building' end, x.ends_on,
    null, ''
from exclusions x join workers w on w.id = x.worker left join places a on a.id = x.place
join (
    select place from stays where tenant = $1 and starts_on <= $2 and coalesce(ends_on > $2, true)
    order by starts_on desc, id desc limit 1
) s on true
join places b on b.id = s.place
where x.tenant is null and x.starts_on <= $2 and coalesce(x.ends_on > $2, true)
    and (x.municipality = b.municipality or {SAME_BUILDING})
    and exists (
        select from team_memberships m join assignments g on g.team = m.team
        where m.worker = w.id and g.tenant = $1 and m.starts_on <= $2 and g.starts_on <= $2
            and coalesce(m.ends_on > $2, true) and coalesce(g.ends_on > $2, true))
order by 2, 3
"""  # noqa: S608 built of constants

_AGREEMENT = """
select a.preset, a.starts_on as since, a.contacts, a.period_days, a.longest_gap_days, a.minutes,
    a.workers_needed, a.disciplines, a.windows, a.gender_wish, a.gender_wish_hard, a.counts_phone,
    s.id is not null as paused, s.id as pause, s.ends_on as paused_until,
    array(select w.code from worker_wishes x join workers w on w.id = x.worker
          where x.agreement = a.id order by w.code) as wish_workers,
    array(select x.wish from worker_wishes x join workers w on w.id = x.worker
          where x.agreement = a.id order by w.code) as wish_kinds
from agreements a
left join agreement_pauses s on s.agreement = a.id and s.starts_on <= $2
    and coalesce(s.ends_on > $2, true)
where a.tenant = $1 and a.starts_on <= $2 and coalesce(a.ends_on > $2, true)
limit 1
"""

_AGREEMENT_AHEAD = """
select starts_on, contacts, period_days from agreements where tenant = $1 and starts_on > $2
order by starts_on limit 1
"""

_OTHER_STAYS = """
select id, kind, starts_on as since, ends_on as until from stays
where tenant = $1 and coalesce(ends_on > $2, true) and id <> $3 order by starts_on
"""

_ETHOS = """
select id, observed_on, category, occasion from ethos_observations where tenant = $1
order by observed_on desc, id desc limit 3
"""

_INCOMES = """
select id, kind, starts_on as since from incomes where tenant = $1 and starts_on <= $2
    and coalesce(ends_on > $2, true) order by kind
"""

_SERIES = """
select id, kind, weekdays, interval_days, tolerance_days, minutes, discipline, from_minute,
    to_minute
from series where tenant = $1 and starts_on <= $2 and coalesce(ends_on > $2, true)
order by kind, id
"""

_APPOINTMENTS = f"""
select a.id, a.kind, a.starts_at, a.minutes, {_ADDRESS},
    array(select r.kind from appointment_resources n join resources r on r.id = n.resource
          where n.appointment = a.id order by r.kind) as needs
from appointments a join places p on p.id = a.place
where a.tenant = $1 and a.state = 'planned' and a.starts_at > $2
order by a.starts_at, a.id
"""  # noqa: S608 built of constants

_ENCOUNTERS = """
select e.kind, e.outcome, e.starts_at, e.minutes, e.reasons,
    array(select w.code from encounter_workers x join workers w on w.id = x.worker
          where x.encounter = e.id order by w.code) as workers
from encounters e where e.tenant = $1 and e.starts_at <= $2
order by e.starts_at desc, e.id desc limit $3
"""

_NEXT_VISITS = """
select v.kind, p.starts_at, p.ends_at,
    array(select w.code from published_stops s join workers w on w.id = s.worker
          where s.published_visit = p.id and s.state = 'confirmed' order by s.seat) as workers
from published_visits p join visits v on v.id = p.visit
where v.tenant = $1 and p.state = 'confirmed' and p.ends_at > $2
order by p.starts_at limit $3
"""
