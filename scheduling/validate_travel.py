"""What can be wrong with the travel minutes of a problem."""

from collections.abc import Iterator, Sequence

from scheduling.errors import Finding
from scheduling.problem import Matrix, Mode, Problem
from scheduling.validate_checks import duplicates


def travel_findings(problem: Problem) -> Iterator[Finding]:
    """Faults of the matrix, or of the speeds where there is none."""
    modes = sorted({worker.mode for worker in problem.workers})
    if problem.matrix is None:
        yield from _line(problem, modes)
        return
    missing = {place.code for place in problem.places} - set(problem.matrix.places)
    for code in sorted(missing):
        yield Finding("$.matrix.places", f"lacks {code}; give travel for every place")
    yield from _matrix(problem.matrix, modes, problem.grid)


def _line(problem: Problem, modes: Sequence[Mode]) -> Iterator[Finding]:
    speeds = {speed.mode: speed for speed in problem.straight_line.speeds}
    for i, speed in enumerate(problem.straight_line.speeds):
        if speed.metres_per_hour <= 0 or speed.overhead < 0:
            yield Finding(f"$.straight_line.speeds[{i}]", "needs a speed above 0, overhead >= 0")
    for mode in modes:
        if mode not in speeds and Mode.WALK not in speeds:
            yield Finding("$.straight_line.speeds", f"has neither {mode} nor walk")
    if problem.straight_line.detour_percent <= 0:
        yield Finding(
            "$.straight_line.detour_percent", "is not above 0; write 130 for a third more"
        )


def _matrix(matrix: Matrix, modes: Sequence[Mode], grid: int) -> Iterator[Finding]:
    size = len(matrix.places)
    yield from duplicates("$.matrix.places", matrix.places)
    yield from duplicates("$.matrix.tables", [table.mode for table in matrix.tables])
    for mode in modes:
        if mode not in {table.mode for table in matrix.tables}:
            yield Finding("$.matrix.tables", f"lacks mode {mode}, which a worker uses")
    for k, table in enumerate(matrix.tables):
        path = f"$.matrix.tables[{k}].minutes"
        if len(table.minutes) != size or any(len(row) != size for row in table.minutes):
            yield Finding(path, f"is not {size} rows of {size} minutes")
        elif any(table.minutes[i][i] for i in range(size)):
            yield Finding(path, "has travel from a place to itself; write 0 on the diagonal")
        for i, row in enumerate(table.minutes):
            if not any(minutes < 0 or minutes % grid for minutes in set(row)):
                continue
            for j, minutes in enumerate(row):
                if minutes < 0 or minutes % grid:
                    yield Finding(f"{path}[{i}][{j}]", f"{minutes} is negative or off the grid")
