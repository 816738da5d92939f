"""The linear program over the rounds known so far, solved by GLOP again and again.

GLOP computes with floats, so its word is never taken for a bound: only its duals are used, as
prices that `bound` rounds to integers and judges exactly.
"""

from collections.abc import Callable

from ortools.linear_solver import pywraplp

from scheduling.engine.bound_rows import Case, Round, Rows

STEPS, CHUNKS = 250, 1000
UNDER_WAY = (pywraplp.Solver.FEASIBLE, pywraplp.Solver.NOT_SOLVED)
WARM = f"use_preprocessing: false use_scaling: false max_number_of_iterations: {STEPS}"
"""Begin where the last solve ended; GLOP can only where it changes nothing in the program."""
DUAL = f"{WARM} use_dual_simplex: true"
"""The same where bounds of rounds were changed and no price was."""
COLD = "use_preprocessing: true use_scaling: true max_number_of_iterations: -1"


class Program:
    """Minimise the cost of rounds and helpers under the rows; grows column by column."""

    def __init__(self, rows: Rows) -> None:
        """All rows and helpers, no rounds yet."""
        self.rows = rows
        solver = pywraplp.Solver.CreateSolver("GLOP")
        if solver is None:
            raise RuntimeError("this OR-Tools has no GLOP")
        self.solver = solver
        self.infinity = solver.infinity()
        self.objective = solver.Objective()
        self.objective.SetMinimization()
        self.constraints: list[pywraplp.Constraint] = []
        self.columns: list[Round] = []
        self.known: set[tuple[int, tuple[tuple[int, int], ...]]] = set()
        self.case = Case()
        self.moved = False
        self.holding: dict[tuple[int, int], list[int]] = {}
        self.variables: list[pywraplp.Variable] = []
        self.helpers: list[pywraplp.Variable] = []
        self._rows()
        for cost, most, terms in rows.helpers:
            variable = solver.NumVar(0, most, "")
            self.objective.SetCoefficient(variable, cost)
            for row, coefficient in terms:
                self.constraints[row].SetCoefficient(variable, coefficient)
            self.helpers.append(variable)

    def _rows(self) -> None:
        rows = self.rows
        for r in range(len(self.constraints), len(rows.low)):
            low, high = rows.low[r], rows.high[r]
            self.constraints.append(
                self.solver.Constraint(
                    -self.infinity if low is None else low, self.infinity if high is None else high
                )
            )

    def add(self, column: Round) -> bool:
        """Take a round in; False if it is known."""
        key = (column.lane, column.stops)
        if key in self.known:
            return False
        self.known.add(key)
        variable = self.solver.NumVar(0, self.infinity, "")
        self.objective.SetCoefficient(variable, column.cost)
        for node, _ in column.stops:
            self.holding.setdefault((column.lane, node), []).append(len(self.columns))
        for row, coefficient in self.rows.terms(column).items():
            self.constraints[row].SetCoefficient(variable, coefficient)
        self.columns.append(column)
        self.variables.append(variable)
        return True

    def take(self, case: Case) -> None:
        """Hold what a case holds, and nothing else."""
        before, self.case = self.case, case
        for helper in sorted({*before.held, *case.held}):
            most, held = self.rows.helpers[helper][1], case.held.get(helper)
            self.helpers[helper].SetBounds(most if held else 0, 0 if held is False else most)
            self.moved = self.moved or held is not before.held.get(helper)
        for place in sorted(before.never ^ case.never):
            for i in self.holding.get(place, []):
                self.moved = True
                banned = any((lane, node) in case.never for lane, node in self.columns[i].places())
                self.variables[i].SetBounds(0, 0 if banned else self.infinity)

    def solve(self, should_stop: Callable[[], bool] = lambda: False) -> bool:
        """Solve; False if GLOP finds no optimum, or stopped."""
        how, self.moved = DUAL if self.moved else WARM, False
        self.solver.SetSolverSpecificParametersAsString(how)
        for _ in range(CHUNKS):
            status = self.solver.Solve()
            if status == pywraplp.Solver.OPTIMAL:
                return True
            if should_stop():
                return False
            if status not in UNDER_WAY:
                break
        self.solver.SetSolverSpecificParametersAsString(COLD)
        return bool(self.solver.Solve() == pywraplp.Solver.OPTIMAL)

    def value(self) -> float:
        """The program's value by GLOP's reckoning."""
        return float(self.objective.Value()) + self.rows.constant

    def duals(self) -> list[float]:
        """A price per row."""
        return [constraint.dual_value() for constraint in self.constraints]

    def weights(self) -> list[tuple[Round, float]]:
        """Rounds in use, with their share."""
        pairs = zip(self.columns, self.variables, strict=True)
        used = ((column, variable.solution_value()) for column, variable in pairs)
        return [(column, share) for column, share in used if share > 1e-6]

    def helped(self) -> list[float]:
        """The helpers' values."""
        return [variable.solution_value() for variable in self.helpers]
