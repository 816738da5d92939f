"""What is estimated of a compiled problem: how many stops a lane can hold, what is hardest."""

from itertools import accumulate

from scheduling.engine.compiled import Compiled


def capacity_of_lanes(c: Compiled) -> int:
    """The most stops that any lane can hold, by its minutes and the limit of its worker's day."""
    limited = sorted(
        c.stops[n].minutes for n in range(c.calls) if c.visits[c.stops[n].visit].limited
    )
    exempt = sorted(
        c.stops[n].minutes for n in range(c.calls) if not c.visits[c.stops[n].visit].limited
    )
    hard = c.problem.weights.limit is None

    def fill(minutes: list[int], room: int) -> int:
        total = list(accumulate(minutes))
        return sum(one <= room for one in total)

    most = 0
    for lane in c.lanes:
        room = lane.end - lane.start
        few = fill(limited, room)
        if hard:
            few = min(few, c.workers[lane.worker].max_visits)
        most = max(most, few + fill(exempt, room) + len(lane.busy))
    return most + 1


def hardness(c: Compiled, visit: int) -> tuple[int, ...]:
    """Sort key: pins and fixed starts, then pairs, then priority, then few options."""
    v, stop = c.visits[visit], c.stops[c.visits[visit].first]
    starts = sum((b - a) // c.grid + 1 for ranges in stop.ranges for a, b in ranges)
    held = starts == 1 or v.pin_mask.bit_count() < len(c.workers)
    return (not held, -len(v.seats), v.rank, v.options, visit)
