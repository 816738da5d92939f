"""Rows of the audit trail: append-only, without UPDATE or DELETE for the application's role."""

from piccolo.columns import JSONB, Integer, Timestamptz, Varchar
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entries"):
    """Who read or changed what, when; ids and codes, never names."""

    at = Timestamptz()
    account_id = Integer(null=True, default=None, help_text="empty: the service itself")
    action = Varchar(length=40)
    object_kind = Varchar(length=24)
    object_id = Varchar(length=40)
    detail = JSONB(default="{}")
