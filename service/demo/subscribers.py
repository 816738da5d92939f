"""Workers of the demonstration whose telephones read their rounds already."""

from datetime import timedelta

from service import clock
from service.access.queries import account_by_id
from service.database.sql import execute, fetch_all
from service.feeds.actions import make_feed
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope

DEVICE = "smartphone"  # the same word in each language
_PROGRAMS = ("Apple Calendar", "ICSx5", "Google Calendar")
_WITHOUT_FEED = """
    select a.id from accounts a
     where a.active and a.worker is not null
       and exists (select from account_roles r where r.account = a.id and r.role = 'worker')
       and not exists (select from account_roles r where r.account = a.id and r.role = 'team_lead')
       and not exists (select from feeds f where f.owner = a.id)
     order by a.id
"""
_FETCHED = """
    update feeds f set last_fetch_at = $2, last_client = $3, fetched_version = coalesce(
        (select v.version from feed_versions v where v.worker = f.worker), 0)
     where f.id = $1
"""


async def subscribe_demo_workers() -> int:
    """Give each worker who never had a feed one that holds all that is published; how many."""
    found = await fetch_all(_WITHOUT_FEED)
    for number, row in enumerate(found):
        account = await account_by_id(row["id"])
        assert account is not None
        assert account.worker is not None
        made = await make_feed(
            account.viewer(),
            scope=FeedScope(ScopeKind.WORKER, account.worker),
            device=DEVICE,
            level=FeedLevel.MINIMAL,
            language=account.language,
        )
        program = _PROGRAMS[number % len(_PROGRAMS)]
        fetched_at = clock.now() - timedelta(minutes=6 + 17 * number)
        await execute(_FETCHED, made.id, fetched_at, program)
    return len(found)
