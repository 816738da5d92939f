"""What the database refuses from the beginning, by area; 0002 makes all of it."""

from migrations.first_rules import access, encounters, housing, indexes, people, rounds, teams
from migrations.rules import Rule

RULES: tuple[Rule, ...] = (
    *teams.RULES,
    *people.RULES,
    *housing.RULES,
    *rounds.RULES,
    *encounters.RULES,
    *access.RULES,
    *indexes.RULES,
)
