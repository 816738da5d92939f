"""The public home health care instances (HHCRSP) as problems, and plans back for their checker."""

from tests.bench.hhcrsp.adapter import Instance, problem_of, read_instance, solution_of

__all__ = ["Instance", "problem_of", "read_instance", "solution_of"]
