"""Indexes for the reading that happens all the time; they refuse nothing."""

from migrations.rules import index

RULES = (
    index("sessions", "account"),
    index("sign_in_failures", "failed_at"),
    index("audit_entries", "at"),
    index("audit_entries", "object_kind", "object_id"),
    index("assignments", "team"),
    index("team_memberships", "team"),
    index("absences", "worker", "starts_at"),
    index("safety_flags", "tenant"),
    index("exclusions", "tenant"),
    index("exclusions", "worker"),
    index("series", "tenant"),
    index("appointments", "tenant", "starts_at"),
    index("tenancies", "tenant"),
    index("tenancies", "dwelling"),
    index("moves", "tenant"),
    index("encounters", "tenant", "starts_at"),
    index("encounters", "team", "starts_at"),
    index("encounters", "visit"),
    index("encounter_workers", "worker"),
    index("visits", "tenant"),
    index("visit_workers", "worker"),
    index("published_visits", "starts_at"),
    index("published_stops", "worker", "starts_at"),
    index("roster_changes", "roster", "revision"),
    index("feeds", "owner"),
)
