"""Rows of the clock: each tick once, whoever leads."""

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table


class ClockTick(Table, tablename="clock_ticks"):
    """A tick that was due and has been enqueued; unique in (job, due_at)."""

    job = Varchar(length=40)
    due_at = Timestamptz()
    enqueued_at = Timestamptz()
