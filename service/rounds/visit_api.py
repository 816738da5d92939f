"""`/api/v1/visits`: one visit of a draft, and what people do with it, by the pages' own actions.

The version of a visit is that of its week: whoever changes one visit has seen the others.
"""

from collections.abc import Awaitable
from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.api.errors import RuleBroken
from service.api.routing import SUPPORT, reads, writes
from service.api.versions import ETAG_HEADER, versioned
from service.errors import Invalid
from service.rounds import actions
from service.rounds.api_schemas import Move, Promise, Visit
from service.rounds.errors import MoveRefused
from service.rounds.records import visit_record
from service.rounds.rule_words import rule_in_words
from service.rounds.types import DraftChange


def _change(verb: str) -> post:
    """The route of one thing that people do with a visit."""
    return post(
        f"/visits/{{visit:int}}/{verb}",
        opt=writes(Area.ROSTERS, *SUPPORT),
        name=f"api_{verb}_visit",
        status_code=200,
        response_headers=[ETAG_HEADER],
    )


@get(
    "/visits/{visit:int}",
    opt=reads(Area.ROSTERS, *SUPPORT),
    name="api_visit",
    response_headers=[ETAG_HEADER],
)
async def visit(viewer: NamedDependency[Viewer], visit: FromPath[int]) -> Response[Visit]:
    """Read one visit of a draft, and how it was published."""
    version, found = await visit_record(viewer, visit)
    return versioned(found, version)


@_change("move")
async def move(
    data: JSONBody[Move],
    viewer: NamedDependency[Viewer],
    visit: FromPath[int],
    expected: NamedDependency[int],
) -> Response[Visit]:
    """Place a visit by hand and pin it there; unpinned visits of the day make room.

    A move that breaks a hard rule is refused (409) with the planner's sentences.
    """
    await visit_record(viewer, visit)
    try:
        change = actions.move_visit(
            viewer,
            visit,
            day=data.day,
            start=data.start,
            workers=data.workers,
            expected_version=expected,
            strict=True,
        )
        return await _done(viewer, visit, change)
    except MoveRefused as refused:
        raise RuleBroken(_sentences(refused)) from None
    except Invalid as invalid:
        named = {"time" if name == "start" else name: text for name, text in invalid.fields.items()}
        raise Invalid(named) from None


@_change("pin")
async def pin(
    viewer: NamedDependency[Viewer], visit: FromPath[int], expected: NamedDependency[int]
) -> Response[Visit]:
    """Hold a placed visit where it is, whatever is planned around it."""
    change = actions.pin_visit(viewer, visit, expected_version=expected)
    return await _done(viewer, visit, change)


@_change("unpin")
async def unpin(
    viewer: NamedDependency[Viewer], visit: FromPath[int], expected: NamedDependency[int]
) -> Response[Visit]:
    """Let the planner move the visit again."""
    change = actions.unpin_visit(viewer, visit, expected_version=expected)
    return await _done(viewer, visit, change)


@_change("promise")
async def promise(
    data: JSONBody[Promise],
    viewer: NamedDependency[Viewer],
    visit: FromPath[int],
    expected: NamedDependency[int],
) -> Response[Visit]:
    """Note whether the tenant was told the time: moving a promised visit is dear."""
    change = actions.promise_visit(viewer, visit, promised=data.promised, expected_version=expected)
    return await _done(viewer, visit, change)


@_change("unplace")
async def unplace(
    viewer: NamedDependency[Viewer], visit: FromPath[int], expected: NamedDependency[int]
) -> Response[Visit]:
    """Take a visit off the week, back to the waiting list."""
    change = actions.unplace_visit(viewer, visit, expected_version=expected)
    return await _done(viewer, visit, change)


@_change("cancel")
async def cancel(
    viewer: NamedDependency[Viewer], visit: FromPath[int], expected: NamedDependency[int]
) -> Response[Visit]:
    """Call a visit off: it is not asked again in this week. For the team's lead."""
    change = actions.cancel_visit(viewer, visit, expected_version=expected)
    return await _done(viewer, visit, change)


async def _done(viewer: Viewer, visit: int, change: Awaitable[DraftChange]) -> Response[Visit]:
    await change
    version, found = await visit_record(viewer, visit)
    return versioned(found, version)


def _sentences(refused: MoveRefused) -> tuple[str, ...]:
    week: date = refused.week
    said = [
        rule_in_words(one.sentence, week=week, tenants=refused.tenants) for one in refused.breaks
    ]
    return (*said, *(one.detail for one in refused.drafted))


ROUTES: tuple[ControllerRouterHandler, ...] = (visit, move, pin, unpin, promise, unplace, cancel)
