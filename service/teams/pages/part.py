"""Which row of which worker is edited, by whom."""

from dataclasses import dataclass

from service.access.policy import Viewer
from service.teams.changes.edit import EditedWorker


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`row` is None for a new one, 0 for the only one; `choice` is how many weeks a pattern has."""

    viewer: Viewer
    worker: EditedWorker
    row: int | None
    version: int | None = None
    choice: str = ""
