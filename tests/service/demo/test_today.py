"""The demonstration as of today: who is in support, what the teams are, what is coming."""

from tests.service.demo.conftest import Sql

NOW = "starts_on <= %(today)s and coalesce(ends_on, 'infinity') > %(today)s"
PRESENT = "tenants.accepted_on <= %(today)s and coalesce(tenants.ended_on, 'infinity') > %(today)s"


def test_about_78_people_are_in_support_and_most_have_a_home(demo: Sql) -> None:
    assert 74 <= demo.value(f"select count(*) from tenants where {PRESENT}") <= 84
    assert 64 <= demo.value(f"select count(*) from tenancies where {NOW}") <= 78


def test_each_of_them_has_one_team_and_one_agreement(demo: Sql) -> None:
    odd = demo.value(
        f"""
        select count(*) from tenants
        where {PRESENT} and (
            (select count(*) from assignments where tenant = tenants.id and {NOW}) <> 1
            or (select count(*) from agreements where tenant = tenants.id and {NOW}) <> 1
        )
        """
    )
    assert odd == 0


def test_stays_are_of_every_kind(demo: Sql) -> None:
    kinds = {kind for (kind,) in demo.rows(f"select distinct kind from stays where {NOW}")}
    assert kinds == {"home", "street", "shelter", "institution", "hospital", "prison"}


def test_a_score_of_workers_of_all_disciplines(demo: Sql) -> None:
    assert 18 <= demo.value("select count(*) from workers") <= 22
    assert {d for (d,) in demo.rows("select distinct discipline from workers")} == {
        "social_worker",
        "nurse",
        "psychologist",
        "psychiatrist",
        "peer_worker",
        "educator",
        "housing_officer",
        "coordinator",
        "intern",
    }
    assert {mode for (mode,) in demo.rows("select distinct travel_mode from workers")} == {
        "walk",
        "bike",
        "transit",
        "car",
    }


def test_hours_agree_with_contracts(demo: Sql) -> None:
    for code, percent, minutes in demo.rows(
        """
        select workers.code, contract_percent, sum(to_minute - from_minute) / cycle_weeks
        from workers
        join working_patterns on working_patterns.worker = workers.id
        join working_hours on working_hours.pattern = working_patterns.id
        group by workers.id, cycle_weeks
        """
    ):
        assert abs(minutes / 60 - 0.4 * percent) <= 4, code


def test_act_and_icm_are_planned_and_within_caseload_norms(demo: Sql) -> None:
    planned = demo.rows(
        "select code from teams where (policy ->> 'planned')::boolean order by code"
    )
    assert planned == [("ACT",), ("ICM",)]
    act = demo.value(
        f"""
        select count(*) from assignments join teams on teams.id = assignments.team
        where teams.code = 'ACT' and {NOW}
        """
    )
    assert 15 <= act <= 10 * 8
    loads = demo.rows(
        f"""
        select primary_worker, count(*) from assignments
        where primary_worker is not null and {NOW} group by primary_worker
        """
    )
    assert max(count for _, count in loads) <= 20
    backups = demo.value(
        f"""
        select count(*) from assignments join teams on teams.id = assignments.team
        where teams.code = 'ICM' and {NOW}
          and (primary_worker is null or backup_worker is null
               or primary_worker = backup_worker)
        """
    )
    assert backups == 0


def test_exclusions_are_of_every_kind(demo: Sql) -> None:
    kinds = demo.rows(
        """
        select distinct worker is not null, tenant is not null, place is not null,
            municipality is not null
        from exclusions
        """
    )
    assert set(kinds) == {
        (True, True, False, False),
        (True, False, True, False),
        (True, False, False, True),
        (False, True, False, True),
    }


def test_two_flags_are_past_their_review_and_in_force(demo: Sql) -> None:
    (flags,) = demo.rows(
        """
        select count(*) filter (where lifted_on is null and review_on < %(today)s),
            count(*) filter (where lifted_on is null and review_on >= %(today)s),
            count(*) filter (where lifted_on is not null)
        from safety_flags
        """
    )
    assert flags == (2, 4, 1)


def test_next_week_has_absences_and_appointments_outside(demo: Sql) -> None:
    next_week = "'2026-11-23 00:00+01'::timestamptz and '2026-11-29 23:59+01'::timestamptz"
    kinds = demo.counts(
        f"select kind, count(*) from appointments where starts_at between {next_week} group by 1"
    )
    assert set(kinds) == {"court", "hospital", "welfare_office", "office"}
    assert sum(kinds.values()) == 9
    away = demo.value(
        f"select count(distinct worker) from absences where starts_at between {next_week}"
    )
    assert away >= 5


def test_series_are_of_every_kind_and_one_injection_of_each_team_is_due(demo: Sql) -> None:
    kinds = {kind for (kind,) in demo.rows("select distinct kind from series")}
    assert kinds == {"medication", "depot", "group"}
    due = demo.counts(
        """
        select teams.code, count(*) from series
        join assignments using (tenant) join teams on teams.id = assignments.team
        cross join generate_series(0, 6) as day
        where series.kind = 'depot' and assignments.ends_on is null
          and (date '2026-11-23' + day - anchor_on) %% interval_days = 0
          and series.starts_on <= %(today)s
        group by teams.code
        """
    )
    assert set(due) == {"ACT", "ICM"}


def test_some_are_overdue_and_most_are_not(demo: Sql) -> None:
    (counts,) = demo.rows(
        f"""
        with last as (
            select tenant, max((starts_at at time zone 'Europe/Brussels')::date) as seen
            from encounters
            where outcome in ('done', 'shortened', 'met_elsewhere') and kind <> 'phone'
            group by tenant
        )
        select count(*) filter (where %(today)s - seen > longest_gap_days), count(*)
        from agreements left join last using (tenant)
        where {NOW}
        """
    )
    overdue, everybody = counts
    assert 3 <= overdue <= everybody // 4


def test_this_year_s_rate_is_about_last_year_s(demo: Sql) -> None:
    met = "outcome in ('done', 'shortened', 'met_elsewhere') and kind <> 'phone'"
    before, since, days = demo.rows(
        f"""
        select count(*) filter (where starts_at < %(after)s and {met}) / 365.0,
            count(*) filter (where starts_at >= %(after)s and {met})
                / (%(today)s - %(after)s)::numeric,
            %(today)s - %(after)s
        from encounters
        """
    )[0]
    assert days > 300
    assert 0.85 <= since / before <= 1.15


def test_this_year_also_holds_visits_in_vain_and_calls(demo: Sql) -> None:
    kinds = demo.rows("select distinct outcome from encounters where starts_at >= %(after)s")
    assert {"not_home", "refused", "cancelled_by_tenant"} <= {outcome for (outcome,) in kinds}
    assert demo.value(
        "select count(*) from encounters where kind = 'phone' and starts_at >= %(after)s"
    )


def test_there_have_been_moves_this_year_and_one_is_planned(demo: Sql) -> None:
    states = demo.counts(
        "select state, count(*) from moves where happens_on >= %(after)s group by state"
    )
    assert states["planned"] == 1
    assert states["done"] >= 15


def test_nothing_is_recorded_in_the_future(demo: Sql) -> None:
    latest = demo.value("select max(recorded_at) from encounters")
    assert latest.isoformat() <= "2026-11-22T09:00:00+00:00"


def test_people_are_all_different(demo: Sql) -> None:
    people = demo.rows(
        "select first_name, last_name from tenants"
        " union all select first_name, last_name from workers"
    )
    assert len(set(people)) == len(people)
    keys = [key for (key,) in demo.rows("select name_key from tenants order by name_key")]
    assert all(key == key.casefold() and key.isascii() for key in keys)
