"""The planner's engine: a search proposes rounds, CP-SAT composes the week out of them.

`solve` stands in `scheduling.engine.solve`; only who imports that loads OR-Tools, which takes half
a second. Questions about a plan do without.
"""
