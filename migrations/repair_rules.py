"""Rules of plan runs that repair; 0007 makes them."""

from migrations.rules import Rule, known

RULES: tuple[Rule, ...] = (known("plan_runs", "kind", "plan", "repair"),)
