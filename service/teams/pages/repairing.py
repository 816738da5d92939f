"""Where a lead goes on from an absence that touches what is published."""

from collections.abc import Iterable
from datetime import time, timedelta
from urllib.parse import urlencode

from service import clock
from service.teams.worker_queries import AbsenceShown, Membership, Touched


def repair_path(
    worker: str, absence: AbsenceShown, touched: Touched, teams: Iterable[Membership]
) -> str:
    """The address of the sick call with the absence's days, from now at the earliest.

    It is the board of the week for an absence that ends within a day (a sick call lasts to the end
    of one) and for who is in the team no more.
    """
    board = f"/board/{touched.team}/{touched.week.isoformat()}"
    now = clock.now()
    first = max(absence.starts_at, now).astimezone(clock.BRUSSELS)
    last = absence.ends_at.astimezone(clock.BRUSSELS)
    if last.time() != time() or touched.team not in {one.team for one in teams}:
        return board
    days = {"last": (last.date() - timedelta(days=1)).isoformat()}
    if absence.starts_at > now:
        days["first"] = first.date().isoformat()
        if first.time() != time():
            days["time"] = first.strftime("%H:%M")
    return f"{board}/workers/{worker}/away?{urlencode(days)}"
