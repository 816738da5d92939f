"""The kinds of an encounter with a talk at the door among them; 0022 renews the rule of 0002."""

from migrations.first_rules.encounters import RULES as FIRST_RULES
from migrations.rules import Rule, known

BEFORE: Rule = next(rule for rule in FIRST_RULES if rule.name == "encounters_kind_known")
AFTER: Rule = known(
    "encounters",
    "kind",
    "home_visit",
    "accompaniment",
    "consultation",
    "phone",
    "group",
    "at_door",
)
