"""Rules of lone-worker checks, no-contact alerts and the morning meeting; 0013 makes them."""

from migrations.rules import Rule, check, index, known, unique

_LADDER = "'due', 'buddy', 'lead', 'on_call'"

INDEXES: tuple[Rule, ...] = (
    index("lone_check_steps", "lone_check"),
    index("contact_alert_steps", "alert"),
    index("risk_events", "tenant"),
)

RULES: tuple[Rule, ...] = (
    known("safety_settings", "lone_visits", "every", "homes", "chosen"),
    check(
        "safety_settings",
        "safety_settings_ladder_in_order",
        "0 <= due_minutes and due_minutes <= buddy_minutes and buddy_minutes <= lead_minutes"
        " and lead_minutes <= on_call_minutes and on_call_minutes <= 240",
    ),
    check(
        "safety_settings",
        "safety_settings_within_reason",
        "extend_minutes between 5 and 120 and no_signal_minutes between 1 and 60"
        " and keep_days between 1 and 365 and missed_visits between 1 and 20"
        " and gap_days between 0 and 90 and sooner_days between 0 and gap_days"
        " and sooner_for_days between 0 and 365",
    ),
    check("lone_checks", "lone_checks_others_told", "worker not in (buddy, lead, on_call)"),
    check("lone_checks", "lone_checks_buddy_is_not_lead", "buddy <> lead"),
    check(
        "lone_checks",
        "lone_checks_ended_with_its_kind",
        "(ended_at is null) = (end_kind is null) and (ended_at is not null or ended_by is null)",
    ),
    check("lone_checks", "lone_checks_end_after_start", "ended_at >= started_at"),
    known("lone_checks", "end_kind", "safe", "outcome", "by_call", "by_text", "cancelled"),
    unique("lone_checks", "worker", where="ended_at is null"),
    known(
        "lone_check_steps",
        "kind",
        "started",
        "extended",
        "due",
        "buddy",
        "lead",
        "on_call",
        "safe",
        "outcome",
        "by_call",
        "by_text",
        "cancelled",
    ),
    check(
        "lone_check_steps",
        "lone_check_steps_ladder_counts",
        f"(kind in ({_LADDER})) = (counted_from is not null)",
    ),
    unique(
        "lone_check_steps",
        "lone_check",
        "kind",
        "counted_from",
        where="counted_from is not null",
    ),
    known("contact_alerts", "cause", "missed", "gap", "gap_sooner"),
    known(
        "contact_alerts",
        "end_kind",
        "contact",
        "sign_of_life",
        "heard_from",
        "in_hospital",
        "in_prison",
        "away",
        "support_ended",
        "mistake",
    ),
    check(
        "contact_alerts",
        "contact_alerts_closed_with_its_reason",
        "(closed_at is null) = (end_kind is null)",
    ),
    check("contact_alerts", "contact_alerts_counts_not_negative", "days >= 0 and missed >= 0"),
    unique("contact_alerts", "tenant", where="closed_at is null"),
    known(
        "contact_alert_steps",
        "kind",
        "opened",
        "looked",
        "hospitals",
        "prisons",
        "network",
        "welfare_check",
        "no_welfare_check",
        "closed",
    ),
    known("risk_events", "kind", "overdose"),
    unique("risk_events", "tenant", "kind", "happened_on"),
    known("day_wishes", "kind", "go", "not"),
    known("day_wishes", "part", "any", "morning", "afternoon"),
    unique("day_wishes", "team", "tenant", "day"),
    *INDEXES,
)
