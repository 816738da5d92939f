"""Rules of duty slots, and of what exists a few times only; 0005 makes them."""

from migrations.first_rules.teams import DISCIPLINES
from migrations.rules import Rule, all_known, check, deferred, in_order, known, no_overlap, unique

RULES: tuple[Rule, ...] = (
    known("duty_slots", "kind", "standby", "evening", "weekend", "phone", "on_call"),
    known("duty_slots", "state", "open", "called_off"),
    all_known("duty_slots", "disciplines", *DISCIPLINES),
    in_order("duty_slots", start="starts_at", end="ends_at"),
    check(
        "duty_slots", "duty_slots_two_days_at_most", "ends_at - starts_at <= interval '48 hours'"
    ),
    check("duty_slots", "duty_slots_held_by_somebody", "not held or worker is not null"),
    check("duty_slots", "duty_slots_called_off_without_worker", "state = 'open' or worker is null"),
    check(
        "duty_slots",
        "duty_slots_published_at",
        "changed_at is not null or published_worker is null",
    ),
    unique("duty_slots", "team", "key"),
    # At the commit, so that two workers can change places.
    deferred(
        no_overlap(
            "duty_slots",
            "worker",
            period="tstzrange(starts_at, ends_at)",
            where="worker is not null",
        )
    ),
    known("resources", "kind", "car", "interpreter", "room", "other"),
    check("resources", "resources_code_plain", "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'"),
    check("resources", "resources_available_not_negative", "available >= 0"),
    in_order("resources"),
    no_overlap("resources", "team", "code"),
    unique("appointment_resources", "appointment", "resource"),
)
