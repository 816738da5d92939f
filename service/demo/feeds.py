"""One calendar address per team, so that the demonstration can be subscribed to at once."""

from dataclasses import dataclass, field

from service.access.queries import account_by_id
from service.database.sql import fetch_all
from service.feeds.actions import make_feed
from service.feeds.links import feed_address
from service.feeds.queries import my_feeds
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope

DEVICE = "demonstration"

_OWNERS = """
    select distinct on (t.code) t.id as team, t.code, a.id as account
      from teams t
      join account_roles r on r.team = t.id and r.role in ('team_lead', 'worker')
      join accounts a on a.id = r.account and a.active
     where t.active and t.kind in ('act', 'icm', 'mobile')
     order by t.code, r.role, a.id
"""  # 'team_lead' comes before 'worker'


@dataclass(frozen=True, slots=True)
class DemoFeed:
    """A team's feed for the demonstration; `link` only when it was made just now."""

    team: str
    owner: str
    link: str | None = field(repr=False)

    def sentence(self, *, base_url: str) -> str:
        """Return what to print of it."""
        if self.link is not None:
            return f"Team {self.team} as a calendar: {self.link}"
        return (
            f"Team {self.team} as a calendar: its address was shown when it was made."
            f" For a new one sign in as {self.owner}, open {base_url}/feeds and choose"
            " 'New address'."
        )


async def ensure_demo_feeds(*, base_url: str) -> tuple[DemoFeed, ...]:
    """Make one feed per team that visits, for its lead; those made before are left as they are.

    A team in which nobody can sign in has none. A feed that was ended is made anew.
    """
    return tuple([await _ensure(row, base_url=base_url) for row in await fetch_all(_OWNERS)])


async def _ensure(row: dict[str, int | str], *, base_url: str) -> DemoFeed:
    team, code = int(row["team"]), str(row["code"])
    account = await account_by_id(int(row["account"]))
    assert account is not None
    viewer = account.viewer()
    scope = FeedScope(ScopeKind.TEAM, team)
    if any(feed.scope == scope for feed in await my_feeds(viewer)):
        return DemoFeed(team=code, owner=account.login, link=None)
    made = await make_feed(
        viewer, scope=scope, device=DEVICE, level=FeedLevel.MINIMAL, language=account.language
    )
    link = feed_address(made.token, base_url=base_url).link
    return DemoFeed(team=code, owner=account.login, link=link)
