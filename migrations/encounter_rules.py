"""Rules of encounters that take effect once, their supplies and corrections, and marks on the way.

0011 makes them.
"""

from migrations.rules import Rule, check, known, unique

RULES: tuple[Rule, ...] = (
    check("encounters", "encounters_version_positive", "version >= 1"),
    unique("encounters", "client_id"),
    # Two workers of a pair write one encounter: the second finds the first one's.
    unique("encounters", "visit"),
    known(
        "encounter_supplies",
        "kind",
        "food_parcel",
        "hygiene_kit",
        "clothes",
        "condoms",
        "syringes",
        "naloxone",
        "transport_ticket",
        "phone_credit",
    ),
    check("encounter_supplies", "encounter_supplies_pieces", "pieces between 1 and 500"),
    unique("encounter_supplies", "encounter", "kind"),
    unique("encounter_corrections", "encounter", "version"),
    known("visit_marks", "kind", "on_my_way", "arrived"),
    unique("visit_marks", "visit", "worker", "kind"),
    known("retry_wishes", "part", "morning", "afternoon", "evening"),
    unique("retry_wishes", "visit"),
)
