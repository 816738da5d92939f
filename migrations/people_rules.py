"""Rules of ETHOS observations, of reviews and of what can be taken back; 0015 makes them."""

from migrations.rules import Rule, check, index, known, unique

RULES: tuple[Rule, ...] = (
    check("ethos_observations", "ethos_observations_category", "category between 1 and 13"),
    known("ethos_observations", "occasion", "entry", "loss", "exit", "other"),
    unique("ethos_observations", "tenant", "observed_on", "occasion"),
    check("exclusions", "exclusions_review_after_start", "starts_on <= review_on"),
    known("undo_steps", "subject", "tenant", "worker", "team"),
)
ROLE_HOLDS = Rule(
    name="role_holds",
    make="""
    create function role_holds(of_worker int, in_team int, on_day date) returns boolean
    language sql stable return
        in_team is null or of_worker is null
        or not exists (
            select from team_memberships m where m.worker = of_worker and m.team = in_team
                and m.ends_on <= on_day)
        or exists (
            select from team_memberships m where m.worker = of_worker and m.team = in_team
                and coalesce(m.ends_on > on_day, true))
    """,
    undo="drop function role_holds(int, int, date)",
)
"""Whether a role of a worker's account in a team holds: until the membership there has ended."""

INDEXES: tuple[Rule, ...] = (
    index("undo_steps", "made_at"),
    index("audit_entries", "account_id", "at"),
    ROLE_HOLDS,
)
