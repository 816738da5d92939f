"""What people do with a team's week: plan, pin, move, publish. One unit of work each.

`expected_version` is the roster version that the person saw: `Stale` is raised when the draft has
changed since. A viewer who may see the team but not plan it gets `Forbidden`, another `NotFound`.
"""

from datetime import date

from service.access.policy import Viewer
from service.rounds.states import Effort
from service.rounds.types import DraftChange, Publication


async def start_plan_run(
    viewer: Viewer, *, team: str, week: date, effort: Effort = Effort.NORMAL, seed: int = 1
) -> int:
    """Queue a plan run and return its id; raises `PlanRunActive` while another waits or runs."""
    raise NotImplementedError


async def cancel_plan_run(viewer: Viewer, run: int) -> None:
    """Ask a plan run to stop: a waiting one is cancelled at once, a running one keeps its best
    plan so far as a proposal. One that has ended is left as it is."""
    raise NotImplementedError


async def accept_plan_run(viewer: Viewer, run: int, *, expected_version: int) -> int:
    """Make a proposal the draft and return the draft's new version.

    Raises `PlanRunOver` if it has no plan or was applied already.
    """
    raise NotImplementedError


async def pin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Hold a placed visit where it is, whatever is planned around it."""
    raise NotImplementedError


async def unpin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Let the planner move the visit again."""
    raise NotImplementedError


async def promise_visit(
    viewer: Viewer, visit: int, *, promised: bool, expected_version: int
) -> DraftChange:
    """Note that the tenant was told the time (or was not): moving it becomes dear."""
    raise NotImplementedError


async def move_visit(
    viewer: Viewer,
    visit: int,
    *,
    day: date,
    start: int,
    workers: tuple[str, ...],
    expected_version: int,
) -> DraftChange:
    """Place a visit by hand and pin it there: `start` in local minutes, `workers` in seat order.

    What it breaks is returned, not refused: people may plan against advice; publishing refuses.
    Raises `Invalid` for a day outside the week, a start off the grid or an unknown worker.
    """
    raise NotImplementedError


async def unplace_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Take a visit off the week, back to the waiting list."""
    raise NotImplementedError


async def cancel_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Call a visit off: it is not asked again in this week."""
    raise NotImplementedError


async def publish_roster(
    viewer: Viewer, *, team: str, week: date, expected_version: int
) -> Publication:
    """Publish the draft in one transaction; raises `DraftUnsafe` where it breaks a hard rule."""
    raise NotImplementedError
