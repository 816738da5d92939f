"""Rules of places, teams, workers and their hours."""

from migrations.rules import check, in_order, known, no_overlap

DISCIPLINES = (
    "social_worker",
    "nurse",
    "psychologist",
    "psychiatrist",
    "peer_worker",
    "educator",
    "housing_officer",
    "coordinator",
    "intern",
)
GENDERS = ("f", "m", "x")

RULES = (
    known(
        "places",
        "kind",
        "home",
        "base",
        "spot",
        "shelter",
        "institution",
        "hospital",
        "prison",
        "welfare_office",
        "court",
        "pharmacy",
        "office",
    ),
    known("teams", "kind", "act", "icm", "mobile", "housing", "support", "management"),
    known("workers", "discipline", *DISCIPLINES),
    known("workers", "gender", *GENDERS),
    known("workers", "travel_mode", "walk", "bike", "transit", "car"),
    check("workers", "workers_contract_in_percent", "contract_percent between 1 and 100"),
    check(
        "workers",
        "workers_visiting_share_in_percent",
        "visiting_share_percent between 0 and 100",
    ),
    check("workers", "workers_visit_once_a_day", "max_visits_per_day >= 1"),
    in_order("workers", start="employed_from", end="employed_to"),
    in_order("team_memberships"),
    no_overlap("team_memberships", "worker", "team"),
    in_order("working_patterns"),
    no_overlap("working_patterns", "worker"),
    check("working_patterns", "working_patterns_cycle_weeks", "cycle_weeks between 1 and 8"),
    check(
        "working_patterns",
        "working_patterns_cycle_starts_on_monday",
        "extract(isodow from cycle_starts_on) = 1",
    ),
    check("working_hours", "working_hours_weekday", "weekday between 1 and 7"),
    check("working_hours", "working_hours_cycle_week", "cycle_week >= 0"),
    check(
        "working_hours",
        "working_hours_within_the_day",
        "0 <= from_minute and from_minute < to_minute and to_minute <= 1440",
    ),
    no_overlap(
        "working_hours",
        "pattern",
        "cycle_week",
        "weekday",
        period="int4range(from_minute, to_minute)",
    ),
    known("absences", "kind", "planned", "unplanned", "training"),
    in_order("absences", start="starts_at", end="ends_at"),
)
