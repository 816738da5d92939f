"""Rows for feeds: one address per device, its token stored as a hash alone."""

from piccolo.columns import BigInt, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.tables import Account
from service.feeds.states import FeedLevel, FeedState
from service.teams.tables import Team, Worker


class Feed(Table, tablename="feeds"):
    """A private calendar address: of a worker's own round, or of a team's week."""

    owner = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=True, on_delete=OnDelete.restrict)
    device = Varchar(length=60, help_text="named by its owner: 'phone', 'Outlook'")
    level = Varchar(length=8, choices=FeedLevel, default=FeedLevel.MINIMAL)
    language = Varchar(length=2)
    token_hash = Bytea(unique=True)
    state = Varchar(length=8, choices=FeedState, default=FeedState.ACTIVE)
    created_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    last_fetch_at = Timestamptz(null=True, default=None)
    last_client = Varchar(length=40, default="")
    fetched_version = BigInt(null=True, default=None)


class FeedVersion(Table, tablename="feed_versions"):
    """Counts the publications that touched a worker or a team; a feed's body hangs on it."""

    worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.cascade, unique=True)
    team = ForeignKey(references=Team, null=True, on_delete=OnDelete.cascade, unique=True)
    version = BigInt(default=1)
    changed_at = Timestamptz()
