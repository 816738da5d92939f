"""The fair share: after how many minutes of visits in a week a worker counts as overloaded."""

from collections.abc import Mapping


def overload_thresholds(
    hours: Mapping[str, int], *, demand: int, tolerance_percent: int = 10, grid: int = 5
) -> dict[str, int]:
    """`Worker.overload_after` per worker code.

    `hours`: minutes at work in the week, by worker. `demand`: minutes of all visits asked, each
    counted once per seat. A fair share is the worker's part of the demand by working time; the
    tolerance is added and the sum rounded down to the grid.
    """
    total = max(1, sum(hours.values()))
    part = (100 + tolerance_percent) * demand
    return {code: part * minutes // (100 * total) // grid * grid for code, minutes in hours.items()}
