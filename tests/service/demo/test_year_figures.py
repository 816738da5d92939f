"""The last full year, counted with plain SQL: every published figure, exactly.

The definitions are those of `service.demo.figures`: a day counts from the one on which a tenancy or
support begins to the last one of it, so `starts_on <= day < ends_on` with the exclusive ends of the
tables. A home is left on its last day: a tenancy that ends with the year is an exit of that year.
"""

import pytest

from tests.service.demo.conftest import Sql

SUPPORTED = """
    supported as (
        select * from tenants
        where accepted_on < %(after)s and coalesce(ended_on, 'infinity') > %(first)s
    )
"""
HELD = """
    held as (
        select distinct tenant from tenancies
        where starts_on < %(after)s and coalesce(ends_on, 'infinity') > %(first)s
    )
"""
IN_YEAR = "happens_on between %(first)s and %(last)s and state = 'done'"
MEETINGS = """
    meetings as (
        select * from encounters
        where (starts_at at time zone 'Europe/Brussels')::date between %(first)s and %(last)s
    )
"""


def test_87_people_were_supported(demo: Sql) -> None:
    assert demo.value(f"with {SUPPORTED} select count(*) from supported") == 87


def test_56_men_and_31_women(demo: Sql) -> None:
    counts = demo.counts(f"with {SUPPORTED} select gender, count(*) from supported group by gender")
    assert counts == {"m": 56, "f": 31}


def test_ages_from_24_to_72_with_a_mean_of_48(demo: Sql) -> None:
    (figures,) = demo.rows(
        f"""
        with {SUPPORTED},
        ages as (select extract(year from age(%(last)s, birth_date))::int as age from supported)
        select min(age), max(age), avg(age), sum(age) from ages
        """
    )
    assert figures == (24, 72, 48, 87 * 48)


def test_funders(demo: Sql) -> None:
    counts = demo.counts(f"with {SUPPORTED} select funder, count(*) from supported group by funder")
    assert counts == {"cocom": 83, "federal": 1, "internee_path": 3}


def test_incomes(demo: Sql) -> None:
    counts = demo.counts(
        f"""
        with {SUPPORTED}
        select incomes.kind, count(distinct incomes.tenant)
        from incomes join supported on supported.id = incomes.tenant
        where incomes.starts_on < %(after)s
          and coalesce(incomes.ends_on, 'infinity') > %(first)s
        group by incomes.kind
        """
    )
    assert counts == {
        "living_wage": 48,
        "replacement_income": 17,
        "disability_allowance": 16,
        "pension": 5,
        "unemployment": 3,
        "wage": 3,
        "none": 1,
    }
    assert sum(counts.values()) == 93


def test_everybody_supported_has_an_income_or_none_recorded(demo: Sql) -> None:
    without = demo.value(
        f"""
        with {SUPPORTED}
        select count(*) from supported
        where not exists (select from incomes where incomes.tenant = supported.id)
        """
    )
    assert without == 0


def test_kinds_of_meetings(demo: Sql) -> None:
    counts = demo.counts(f"with {MEETINGS} select kind, count(*) from meetings group by kind")
    assert counts == {"home_visit": 1859, "accompaniment": 627, "consultation": 56}
    assert sum(counts.values()) == 2542


def test_in_every_meeting_of_the_year_somebody_was_met(demo: Sql) -> None:
    outcomes = demo.counts(
        f"with {MEETINGS} select outcome, count(*) from meetings group by outcome"
    )
    assert set(outcomes) == {"done", "shortened", "met_elsewhere"}


def test_reasons(demo: Sql) -> None:
    counts = demo.counts(
        f"""
        with {MEETINGS}
        select reason, count(*) from meetings, unnest(reasons) as reason group by reason
        """
    )
    assert counts == {
        "administration": 1803,
        "daily_matters": 1653,
        "housing": 1651,
        "medical": 646,
        "network": 610,
        "substance_use": 274,
        "mental_health": 257,
        "crisis": 225,
        "case_conference": 90,
    }
    assert sum(counts.values()) == 7209


def test_a_meeting_has_a_reason_once_and_a_consultation_is_a_case_conference(demo: Sql) -> None:
    (odd,) = demo.rows(
        f"""
        with {MEETINGS}
        select
            count(*) filter (where cardinality(reasons) = 0),
            count(*) filter (where cardinality(reasons) <>
                (select count(distinct reason) from unnest(reasons) as reason)),
            count(*) filter (where kind = 'consultation'
                and not 'case_conference' = any(reasons))
        from meetings
        """
    )
    assert odd == (0, 0, 0)


def test_moves(demo: Sql) -> None:
    counts = demo.counts(f"select kind, count(*) from moves where {IN_YEAR} group by kind")
    departures = counts.pop("to_street") + counts.pop("to_institution")
    assert departures == 8
    assert counts == {
        "home_to_home": 12,
        "back_into_home": 6,
        "first_move_in": 9,
        "by_death": 2,
    }


def test_27_homes_entered_and_22_left(demo: Sql) -> None:
    by_move = demo.rows(f"select count(to_tenancy), count(from_tenancy) from moves where {IN_YEAR}")
    by_tenancy = demo.rows(
        """
        select
            count(*) filter (where starts_on between %(first)s and %(last)s),
            count(*) filter (where ends_on > %(first)s and ends_on <= %(after)s)
        from tenancies
        """
    )
    # A mover leaves on the day the new home is entered; others live in theirs on the last day.
    assert by_move == by_tenancy == [(27, 22)]


def test_67_homes_on_the_first_day_and_72_on_the_last(demo: Sql) -> None:
    on_day = """
        select count(distinct tenant) from tenancies
        where starts_on <= %(day)s and coalesce(ends_on, 'infinity') > %(day)s
    """
    assert demo.value(on_day.replace("%(day)s", "%(first)s")) == 67
    assert demo.value(on_day.replace("%(day)s", "%(last)s")) == 72


@pytest.mark.parametrize("day", ["first", "last"])
def test_78_in_support_on_both_days(demo: Sql, day: str) -> None:
    count = demo.value(
        f"""
        select count(*) from tenants
        where accepted_on <= %({day})s and coalesce(ended_on, 'infinity') > %({day})s
        """
    )
    assert count == 78


def test_80_held_a_home_and_72_kept_theirs(demo: Sql) -> None:
    assert demo.value(f"with {HELD} select count(*) from held") == 80
    lost = demo.value(
        f"""
        select count(distinct lost.tenant)
        from moves as lost
        where lost.kind in ('to_street', 'to_institution') and {IN_YEAR}
          and not exists (
              select from tenancies
              where tenancies.tenant = lost.tenant
                and tenancies.starts_on > lost.happens_on and tenancies.starts_on < %(after)s
          )
        """
    )
    assert lost == 8
    assert (80 - lost) / 80 == 0.9


def test_how_nine_left(demo: Sql) -> None:
    counts = demo.counts(
        """
        select end_reason, count(*) from tenants
        where ended_on > %(first)s and ended_on <= %(after)s group by end_reason
        """
    )
    assert counts == {"died": 7, "ended": 1, "passed_on": 1}


def test_five_of_the_dead_had_no_home(demo: Sql) -> None:
    with_home = demo.value(
        """
        select count(*) from tenants
        where end_reason = 'died' and ended_on > %(first)s and ended_on <= %(after)s
          and exists (
              select from tenancies
              where tenant = tenants.id and tenancies.ends_on = tenants.ended_on
                and tenancies.end_reason = 'death'
          )
        """
    )
    assert with_home == 2


def test_homes_in_fifteen_municipalities(demo: Sql) -> None:
    expected = {
        "Anderlecht",
        "Sint-Agatha-Berchem",
        "Brussel",
        "Etterbeek",
        "Evere",
        "Vorst",
        "Ganshoren",
        "Elsene",
        "Jette",
        "Sint-Jans-Molenbeek",
        "Sint-Gillis",
        "Sint-Joost-ten-Node",
        "Schaarbeek",
        "Ukkel",
        "Sint-Lambrechts-Woluwe",
    }
    query = """
        select distinct municipalities.name_nl
        from tenancies
        join dwellings on dwellings.id = tenancies.dwelling
        join places on places.id = dwellings.place
        join municipalities on municipalities.refnis = places.municipality
        where tenancies.starts_on <= %(to)s and coalesce(ends_on, 'infinity') > %(from)s
    """
    in_year = query.replace("%(to)s", "%(last)s").replace("%(from)s", "%(first)s")
    on_last_day = query.replace("%(to)s", "%(last)s").replace("%(from)s", "%(last)s")
    assert {name for (name,) in demo.rows(in_year)} == expected
    assert {name for (name,) in demo.rows(on_last_day)} == expected


def test_two_who_lost_their_home_got_one_early_the_next_year(demo: Sql) -> None:
    back = demo.value(
        f"""
        select count(*) from moves as back
        where kind = 'back_into_home' and state = 'done'
          and happens_on between %(after)s and %(after)s::date + 90
          and exists (
              select from moves
              where moves.tenant = back.tenant
                and kind in ('to_street', 'to_institution') and {IN_YEAR}
          )
        """
    )
    assert back == 2
