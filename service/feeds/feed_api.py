"""`/api/v1/feeds`: the caller's own feeds, made and ended by programs."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.api.routing import reads, writes
from service.errors import Invalid
from service.feeds.actions import make_feed, revoke_feed
from service.feeds.api_schemas import Feed, FeedList, MadeFeed, NewFeed
from service.feeds.links import feed_address
from service.feeds.queries import FeedRow, feed, feed_choices, my_feeds
from service.feeds.states import ScopeKind
from service.feeds.types import FeedScope
from service.web.i18n import N_


@get("/feeds", opt=reads(Area.FEEDS), name="api_feeds")
async def feeds(viewer: NamedDependency[Viewer]) -> FeedList:
    """List one's own living feeds; never their addresses."""
    return FeedList(items=tuple(_feed(row) for row in await my_feeds(viewer)))


@post("/feeds", opt=writes(Area.FEEDS), name="api_make_feed", status_code=201)
async def make(
    request: Request[Any, Any, Any], data: JSONBody[NewFeed], viewer: NamedDependency[Viewer]
) -> Response[MadeFeed]:
    """Make a feed and give its address, this once."""
    made = await make_feed(
        viewer,
        scope=await _scope(viewer, data),
        device=data.device,
        level=data.level,
        language=data.language,
    )
    address = feed_address(made.token, base_url=request.app.state["settings"].base_url)
    found = MadeFeed(feed=_feed(await feed(viewer, made.id)), address=address.link)
    return Response(found, status_code=201)


@delete("/feeds/{feed_id:int}", opt=writes(Area.FEEDS), name="api_revoke_feed", status_code=204)
async def revoke(viewer: NamedDependency[Viewer], feed_id: FromPath[int]) -> None:
    """End a feed at once: its own, or anybody's for an administrator."""
    await revoke_feed(viewer, feed_id)


async def _scope(viewer: Viewer, wanted: NewFeed) -> FeedScope:
    """Return one of the scopes that the viewer may choose; raises `Invalid`."""
    for choice in await feed_choices(viewer):
        own = wanted.scope is ScopeKind.WORKER and wanted.team is None
        team = wanted.scope is ScopeKind.TEAM and wanted.team == choice.code
        if choice.scope.kind is wanted.scope and (own or team):
            return choice.scope
    field = "team" if wanted.scope is ScopeKind.TEAM else "scope"
    raise Invalid({field: N_("This calendar is not yours to subscribe to.")})


def _feed(row: FeedRow) -> Feed:
    return Feed(
        id=row.id,
        scope=row.scope.kind,
        code=row.code,
        device=row.device,
        level=row.level,
        language=row.language,
        created_at=row.created_at,
        last_fetch_at=row.last_fetch_at,
        last_client=row.last_client,
        behind=row.behind,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (feeds, make, revoke)
