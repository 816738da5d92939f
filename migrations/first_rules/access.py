"""Rules of accounts, sessions, feeds and the clock."""

from migrations.rules import check, known, unique

RULES = (
    known("accounts", "language", "nl", "fr", "en"),
    check("accounts", "accounts_login_lower_case", "login = lower(login) and login <> ''"),
    known(
        "account_roles",
        "role",
        "worker",
        "team_lead",
        "housing_officer",
        "coordinator",
        "administrator",
    ),
    check(
        "account_roles",
        "account_roles_team_by_role",
        "(role in ('worker', 'team_lead')) = (team is not null)",
    ),
    unique("account_roles", "account", "role", "team", nulls_equal=True),
    check("sessions", "sessions_expire_after_creation", "created_at < expires_at"),
    known("feeds", "level", "minimal", "street", "initials"),
    known("feeds", "state", "active", "revoked"),
    check("feeds", "feeds_of_worker_or_team", "num_nonnulls(worker, team) = 1"),
    check("feeds", "feeds_revoked_at", "(state = 'revoked') = (revoked_at is not null)"),
    check("feed_versions", "feed_versions_of_worker_or_team", "num_nonnulls(worker, team) = 1"),
    unique("clock_ticks", "job", "due_at"),
)
