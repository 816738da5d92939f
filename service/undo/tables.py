"""Rows for what a person can still take back."""

from piccolo.columns import JSONB, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.undo.states import Subject


class UndoStep(Table, tablename="undo_steps"):
    """One change: each row before and after it. Kept for an hour, then deleted."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    subject = Varchar(length=8, choices=Subject)
    subject_row = Integer()
    rows = JSONB(default="[]", help_text="[{table, row, before, after}], in the order made")
    made_at = Timestamptz()
