"""Rules of ETHOS observations, of reviews and of what can be taken back; 0015 makes them."""

from migrations.rules import Rule, check, index, known, unique

RULES: tuple[Rule, ...] = (
    check("ethos_observations", "ethos_observations_category", "category between 1 and 13"),
    known("ethos_observations", "occasion", "entry", "loss", "exit", "other"),
    unique("ethos_observations", "tenant", "observed_on", "occasion"),
    check("exclusions", "exclusions_review_after_start", "starts_on <= review_on"),
    known("undo_steps", "subject", "tenant", "worker", "team"),
)
INDEXES: tuple[Rule, ...] = (
    index("undo_steps", "made_at"),
    index("audit_entries", "account_id", "at"),
)
