"""Rules of tenants and of what is agreed with them."""

from migrations.first_rules.teams import DISCIPLINES, GENDERS
from migrations.rules import all_known, check, in_order, known, no_overlap, unique

TENANTS = (
    known("tenants", "gender", *GENDERS),
    known("tenants", "end_reason", "ended", "passed_on", "died"),
    check(
        "tenants",
        "tenants_dates_in_order",
        "referred_on <= coalesce(accepted_on, referred_on)"
        " and coalesce(accepted_on, referred_on) <= coalesce(ended_on, 'infinity')",
    ),
    check(
        "tenants",
        "tenants_end_reason_with_end",
        "(end_reason is null) = (ended_on is null)",
    ),
    in_order("assignments"),
    no_overlap("assignments", "tenant", "team"),
    known(
        "incomes",
        "kind",
        "living_wage",
        "replacement_income",
        "disability_allowance",
        "pension",
        "unemployment",
        "wage",
        "none",
    ),
    in_order("incomes"),
    no_overlap("incomes", "tenant", "kind"),
)

STAYS = (
    known(
        "stays",
        "kind",
        "home",
        "street",
        "shelter",
        "institution",
        "hospital",
        "prison",
    ),
    check("stays", "stays_home_by_tenancy", "(kind = 'home') = (tenancy is not null)"),
    in_order("stays"),
    no_overlap("stays", "tenant", "kind"),
)

AGREEMENTS = (
    known("agreements", "preset", "just_moved_in", "act", "icm", "stable", "crisis", "custom"),
    known("agreements", "gender_wish", *GENDERS),
    all_known("agreements", "disciplines", *DISCIPLINES),
    check(
        "agreements",
        "agreements_positive",
        "contacts > 0 and period_days > 0 and longest_gap_days > 0 and minutes > 0"
        " and distinct_workers > 0 and coalesce(most_workers, 1) > 0",
    ),
    check("agreements", "agreements_one_or_two_workers", "workers_needed in (1, 2)"),
    in_order("agreements"),
    no_overlap("agreements", "tenant"),
    in_order("agreement_pauses"),
    known("worker_wishes", "wish", "wanted", "unwanted"),
    unique("worker_wishes", "agreement", "worker"),
)

SERIES = (
    known("series", "kind", "medication", "depot", "group"),
    known("series", "discipline", *DISCIPLINES),
    check(
        "series",
        "series_weekdays_or_interval",
        "(cardinality(weekdays) > 0) <> (interval_days is not null)",
    ),
    check(
        "series",
        "series_interval_with_anchor",
        "interval_days is null or (interval_days > 0 and anchor_on is not null)",
    ),
    check("series", "series_weekdays", "weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]"),
    check("series", "series_positive", "minutes > 0 and tolerance_days >= 0"),
    check("series", "series_one_or_two_workers", "workers_needed in (1, 2)"),
    check(
        "series",
        "series_window_within_the_day",
        "(from_minute is null) = (to_minute is null)"
        " and 0 <= from_minute and from_minute < to_minute and to_minute <= 1440",
    ),
    in_order("series"),
)

EXCLUSIONS = (
    check(
        "exclusions",
        "exclusions_of_two",
        "num_nonnulls(worker, tenant, place, municipality) = 2"
        " and (worker is not null or (tenant is not null and municipality is not null))",
    ),
    in_order("exclusions"),
    check("safety_flags", "safety_flags_review_after_raising", "raised_on <= review_on"),
    check(
        "safety_flags",
        "safety_flags_lifted_with_reason",
        "num_nonnulls(lifted_on, lifted_by) = case when lift_reason = '' then 0 else 2 end"
        " and raised_on <= coalesce(lifted_on, raised_on)",
    ),
    unique("safety_flags", "tenant", where="lifted_on is null"),
)

APPOINTMENTS = (
    known("appointments", "kind", "welfare_office", "hospital", "court", "office", "other"),
    known("appointments", "discipline", *DISCIPLINES),
    known("appointments", "state", "planned", "cancelled"),
    check("appointments", "appointments_positive", "minutes > 0"),
    check("appointments", "appointments_one_or_two_workers", "workers_needed in (1, 2)"),
)

RULES = (*TENANTS, *STAYS, *AGREEMENTS, *SERIES, *EXCLUSIONS, *APPOINTMENTS)
