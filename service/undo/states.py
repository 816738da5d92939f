"""What can be edited with a way back: whose data, and which tables."""

from enum import StrEnum


class Subject(StrEnum):
    """Whose data a change belongs to; each has a version against lost updates."""

    TENANT = "tenant"
    WORKER = "worker"
    TEAM = "team"


SUBJECT_TABLES = {
    Subject.TENANT: "tenants",
    Subject.WORKER: "workers",
    Subject.TEAM: "teams",
}


class Editable(StrEnum):
    """The tables whose rows are changed one by one by people."""

    TENANTS = "tenants"
    ASSIGNMENTS = "assignments"
    STAYS = "stays"
    PLACES = "places"
    AGREEMENTS = "agreements"
    PAUSES = "agreement_pauses"
    WISHES = "worker_wishes"
    SERIES = "series"
    EXCLUSIONS = "exclusions"
    FLAGS = "safety_flags"
    INCOMES = "incomes"
    ETHOS = "ethos_observations"
    APPOINTMENTS = "appointments"
    APPOINTMENT_RESOURCES = "appointment_resources"
    WORKERS = "workers"
    MEMBERSHIPS = "team_memberships"
    PATTERNS = "working_patterns"
    HOURS = "working_hours"
    ABSENCES = "absences"
    TEAMS = "teams"
    RESOURCES = "resources"


VERSIONED = frozenset({Editable.STAYS, Editable.AGREEMENTS, Editable.APPOINTMENTS})
"""Tables whose rows count their changes themselves; tenants, workers and teams are counted by
the edit as a whole."""
