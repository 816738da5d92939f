"""Rows for notices, what goes out of them, and how people want to be told."""

from piccolo.columns import (
    JSONB,
    Boolean,
    Bytea,
    ForeignKey,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account, Session
from service.notices.states import Channel, DeliveryProblem, DeliveryState, NoticeKind


class Notice(Table, tablename="notices"):
    """Something one account is told; `key` makes it happen once. Codes and ids, never names."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=16, choices=NoticeKind)
    key = Varchar(length=120)
    object_kind = Varchar(length=24)
    object_ref = Varchar(length=60)
    path = Varchar(length=200, help_text="where it leads, on this site")
    message = JSONB(help_text="a message of service.notices.types")
    shown = Boolean(default=True, help_text="in the application; else it only went out")
    created_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)


class PushSubscription(Table, tablename="push_subscriptions"):
    """A browser that takes pushes for an account, until it is signed out of it."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade, index=True)
    session = ForeignKey(references=Session, null=True, on_delete=OnDelete.cascade)
    endpoint = Text(unique=True, help_text="the push service's address of the browser: a secret")
    public_key = Bytea(help_text="of the browser, an uncompressed point of P-256")
    secret = Bytea(help_text="the browser's 16 bytes")
    browser = Varchar(length=40, default="")
    created_at = Timestamptz()


class NoticeDelivery(Table, tablename="notice_deliveries"):
    """A notice on its way out: the row is the guard, the queue carries its id."""

    notice = ForeignKey(references=Notice, null=False, on_delete=OnDelete.cascade)
    channel = Varchar(length=8, choices=Channel)
    subscription = ForeignKey(references=PushSubscription, null=True, on_delete=OnDelete.cascade)
    state = Varchar(length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    problem = Varchar(length=16, choices=DeliveryProblem, null=True, default=None)
    attempts = SmallInt(default=0)
    due_at = Timestamptz()
    claimed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class NoticeChoice(Table, tablename="notice_choices"):
    """How an account wants one kind of notices; without a row the defaults hold."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=16, choices=NoticeKind)
    in_app = Boolean(default=True)
    email = Boolean(default=False)
    push = Boolean(default=False)


class NoticeSetting(Table, tablename="notice_settings"):
    """An account's e-mail address, used once it is confirmed, and its quiet hours."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade, unique=True)
    email = Varchar(length=254, null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    code_hash = Bytea(null=True, default=None, help_text="of the code that confirms the address")
    code_sent_at = Timestamptz(null=True, default=None)
    code_tries = SmallInt(default=0)
    refused_at = Timestamptz(null=True, default=None, help_text="the mail server refused it")
    quiet = Boolean(default=True, help_text="nothing goes out outside working hours")
