"""The demonstration as histories: nobody is met after death, or by somebody who is not at work."""

from tests.service.demo.conftest import Sql

LOCAL = "(encounters.starts_at at time zone 'Europe/Brussels')"
STAFFED = f"""
    staffed as (
        select encounters.*, encounter_workers.worker, {LOCAL}::date as day,
            (extract(hour from {LOCAL}) * 60 + extract(minute from {LOCAL}))::int as minute
        from encounters
        join encounter_workers on encounter_workers.encounter = encounters.id
    )
"""


def test_contacts_are_within_support_and_before_a_death(demo: Sql) -> None:
    outside = demo.value(
        f"""
        select count(*) from encounters join tenants on tenants.id = encounters.tenant
        where {LOCAL}::date < accepted_on
           or {LOCAL}::date >= ended_on - (end_reason = 'died')::int
        """
    )
    assert outside == 0


def test_every_contact_has_workers_who_were_at_work(demo: Sql) -> None:
    assert demo.value("select count(*) from encounters") == demo.value(
        "select count(distinct encounter) from encounter_workers"
    )
    off_duty = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed
        where not exists (
            select from working_patterns as pattern
            join working_hours as hours on hours.pattern = pattern.id
            where pattern.worker = staffed.worker
              and pattern.starts_on <= staffed.day
              and hours.weekday = extract(isodow from staffed.day)
              and hours.cycle_week
                  = (staffed.day - pattern.cycle_starts_on) / 7 %% pattern.cycle_weeks
              and hours.from_minute <= staffed.minute
              and staffed.minute + staffed.minutes <= hours.to_minute
        )
        """
    )
    assert off_duty == 0


def test_no_worker_was_met_while_absent_or_before_being_employed(demo: Sql) -> None:
    away = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed join absences on absences.worker = staffed.worker
        where absences.starts_at < staffed.starts_at + staffed.minutes * interval '1 minute'
          and absences.ends_at > staffed.starts_at
        """
    )
    early = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed join workers on workers.id = staffed.worker
        where staffed.day < workers.employed_from
        """
    )
    assert (away, early) == (0, 0)


def test_no_worker_was_at_two_places_at_once(demo: Sql) -> None:
    double = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed as a join staffed as b
          on a.worker = b.worker and a.day = b.day and a.id < b.id
        where a.starts_at < b.starts_at + b.minutes * interval '1 minute'
          and b.starts_at < a.starts_at + a.minutes * interval '1 minute'
        """
    )
    assert double == 0


def test_contacts_are_by_the_team_that_had_the_tenant_and_its_members(demo: Sql) -> None:
    strangers = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed
        where not exists (
            select from assignments
            where assignments.tenant = staffed.tenant and assignments.team = staffed.team
              and starts_on <= day and coalesce(ends_on, 'infinity') > day
        ) or not exists (
            select from team_memberships as membership
            where membership.worker = staffed.worker and membership.team = staffed.team
              and starts_on <= day and coalesce(ends_on, 'infinity') > day
        )
        """
    )
    assert strangers == 0


def test_contacts_are_on_working_days_before_today(demo: Sql) -> None:
    days = demo.rows(f"select distinct {LOCAL}::date from encounters")
    assert all(day.isoweekday() <= 5 for (day,) in days)
    assert max(days)[0] == demo.value("select %(today)s::date - 2")  # a Friday: today is Sunday
    holidays = ["2025-05-01", "2025-07-21", "2025-12-25", "2026-11-11"]
    assert not {day.isoformat() for (day,) in days} & set(holidays)


def test_flagged_tenants_are_visited_by_two(demo: Sql) -> None:
    alone = demo.value(
        f"""
        select count(*) from encounters join safety_flags using (tenant)
        where kind = 'home_visit' and {LOCAL}::date >= raised_on
          and {LOCAL}::date < coalesce(lifted_on, 'infinity')
          and (select count(*) from encounter_workers where encounter = encounters.id) < 2
        """
    )
    assert alone == 0


def test_who_must_not_meet_did_not(demo: Sql) -> None:
    met = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed join exclusions
          on exclusions.tenant = staffed.tenant and exclusions.worker = staffed.worker
        where staffed.day >= exclusions.starts_on
        """
    )
    assert met == 0


def test_nobody_who_may_not_go_alone_did(demo: Sql) -> None:
    alone = demo.value(
        f"""
        with {STAFFED}
        select count(*) from staffed join workers on workers.id = staffed.worker
        where not may_go_alone
          and (select count(*) from encounter_workers where encounter = staffed.id) = 1
        """
    )
    assert alone == 0


def test_from_home_to_home_the_tenancies_touch(demo: Sql) -> None:
    apart = demo.value(
        """
        select count(*) from moves
        join tenancies as old on old.id = from_tenancy
        join tenancies as new on new.id = to_tenancy
        where old.ends_on <> new.starts_on or new.starts_on <> happens_on
           or old.tenant <> new.tenant or old.end_reason <> 'moved'
        """
    )
    assert apart == 0


def test_every_tenancy_was_entered_and_left_by_a_move(demo: Sql) -> None:
    unmoved = demo.value(
        """
        select count(*) from tenancies
        where not exists (select from moves where to_tenancy = tenancies.id)
           or (ends_on is not null
               and not exists (select from moves where from_tenancy = tenancies.id))
        """
    )
    assert unmoved == 0


def test_everybody_in_support_can_be_found_each_day(demo: Sql) -> None:
    nowhere = demo.value(
        """
        select count(*) from tenants, generate_series(
            greatest(accepted_on, %(first)s), least(ended_on - 1, %(today)s), interval '1 day'
        ) as day
        where not exists (
            select from stays
            where tenant = tenants.id and starts_on <= day and coalesce(ends_on, 'infinity') > day
        )
        """
    )
    assert nowhere == 0


def test_home_stays_are_the_tenancies(demo: Sql) -> None:
    different = demo.value(
        """
        select count(*) from stays
        join tenancies on tenancies.id = stays.tenancy
        join dwellings on dwellings.id = tenancies.dwelling
        where stays.tenant <> tenancies.tenant or stays.place <> dwellings.place
           or (stays.starts_on, stays.ends_on)
               is distinct from (tenancies.starts_on, tenancies.ends_on)
        """
    )
    assert different == 0
    assert demo.value("select count(*) from stays where kind = 'home'") == demo.value(
        "select count(*) from tenancies"
    )


def test_a_lease_covers_its_tenancy(demo: Sql) -> None:
    uncovered = demo.value(
        """
        select count(*) from tenancies join leases on leases.id = tenancies.lease
        where leases.dwelling <> tenancies.dwelling or leases.starts_on > tenancies.starts_on
           or coalesce(leases.ends_on, 'infinity') < coalesce(tenancies.ends_on, 'infinity')
        """
    )
    assert uncovered == 0


def test_every_place_lies_in_its_municipality(demo: Sql) -> None:
    from service.places.municipalities import municipality_of

    for lat, lon, postcode, refnis in demo.rows(
        "select lat, lon, postcode, municipality from places"
    ):
        assert municipality_of(lat=lat, lon=lon, postcode=postcode) == refnis


def test_nobody_is_in_an_area_they_must_keep_out_of(demo: Sql) -> None:
    there = demo.value(
        """
        select count(*) from exclusions join stays using (tenant) join places
          on places.id = stays.place and places.municipality = exclusions.municipality
        where coalesce(stays.ends_on, 'infinity') > %(today)s
        """
    )
    assert there == 0
