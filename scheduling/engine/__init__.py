"""The planner's engine: a search proposes rounds, CP-SAT composes the week out of them."""

from scheduling.engine.solve import Phase, Progress, solve

__all__ = ["Phase", "Progress", "solve"]
