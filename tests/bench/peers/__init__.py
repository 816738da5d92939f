"""Other planners on the same weeks, each in its own process, each judged by the outside judge.

They share the reading of a week (`jobs`), the mending of what they cannot say (`mending`) and the
command line (`line`), all on the standard library: nothing of our planner helps or hinders them.
"""
