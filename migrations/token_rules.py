"""Rules of personal tokens; 0021 makes them."""

from migrations.rules import Rule, all_known, check, in_order, index

AREAS = ("tenants", "agreements", "workers", "absences", "rosters", "encounters", "feeds")

RULES: tuple[Rule, ...] = (
    all_known(
        "access_tokens",
        "scopes",
        *(f"{area}:{right}" for area in AREAS for right in ("read", "write")),
    ),
    in_order("access_tokens", start="created_at", end="expires_at"),
    check(
        "access_tokens",
        "access_tokens_a_year_at_most",
        "expires_at - created_at <= interval '366 days'",
    ),
    check("access_tokens", "access_tokens_hash_whole", "length(token_hash) = 32"),
    check("access_tokens", "access_tokens_named", "name <> ''"),
)
INDEXES: tuple[Rule, ...] = (index("access_tokens", "account"),)
