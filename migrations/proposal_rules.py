"""Rules of what plan runs may change and what became of them; 0019 makes them."""

from migrations.rules import Rule, check, unique

RULES: tuple[Rule, ...] = (
    check("plan_runs", "plan_runs_one_scope", "num_nonnulls(only_day, only_worker) <= 1"),
    check(
        "plan_runs",
        "plan_runs_day_in_week",
        "only_day is null or (only_day >= week and only_day < week + 7)",
    ),
    check(
        "plan_runs",
        "plan_runs_repair_whole_weeks",
        "kind = 'plan' or num_nonnulls(only_day, only_worker) = 0",
    ),
    check(
        "plan_runs",
        "plan_runs_applied_or_discarded",
        "num_nonnulls(applied_at, discarded_at) <= 1",
    ),
    check(
        "plan_runs",
        "plan_runs_version_when_applied",
        "applied_version is null or applied_at is not null",
    ),
    check(
        "visits", "visits_one_worker_where_one_is_needed", "not one_worker or workers_needed = 1"
    ),
    check("roster_views", "roster_views_week_monday", "extract(isodow from week) = 1"),
    unique("roster_views", "worker", "week"),
)
