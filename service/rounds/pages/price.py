"""What a move would do, before it is made: asked by the page's script while a visit is carried."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service import clock
from service.access.policy import Viewer
from service.errors import Invalid
from service.rounds.overview import worker_names
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import changed_team
from service.rounds.pages.telling import slides
from service.rounds.pricing import MoveAsked, PricedMove, Verdict, other_places, price_move
from service.rounds.schemas import Clock, Code, Version, minutes_of
from service.web.dates import clock_time, short_day
from service.web.forms import parse_form
from service.web.i18n import gettext as _
from service.web.page import page


class PriceForm(msgspec.Struct, frozen=True):
    """Where a visit is carried: without a time the best one of that day is meant.

    `comes` takes the seat of `gone`; or `workers` is the whole crew. `fresh`: see `MoveAsked`.
    """

    day: date
    time: Clock | None = None
    workers: tuple[Code, ...] = ()
    gone: Code | None = None
    comes: Code | None = None
    version: Version | None = None
    fresh: bool = False


@get("/board/{team:str}/{week:date}/visits/{visit:int}/price", opt=SUPPORT, name="price")
async def price(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> Response[Any]:
    """Say what the move breaks or costs, when it would be, and who would make room."""
    await changed_team(viewer, team)
    asked = parse_form(request.query_params.dict(), PriceForm)
    if asked.data is None:
        raise Invalid(asked.errors)
    wanted = asked.data
    found = await price_move(
        viewer,
        team=team,
        week=week,
        visit=visit,
        asked=MoveAsked(
            day=wanted.day,
            start=None if wanted.time is None else minutes_of(wanted.time),
            workers=wanted.workers or None,
            gone=wanted.gone,
            comes=wanted.comes,
            version=wanted.version,
            fresh=wanted.fresh,
        ),
    )
    names = await worker_names(found.workers)
    return Response(
        content=_told(found, names),
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )


@get("/board/{team:str}/{week:date}/visits/{visit:int}/others", opt=SUPPORT, name="others")
async def others(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromPath[int],
) -> Response[Any]:
    """Say who else could go, and when else: a part of the panel."""
    await changed_team(viewer, team)
    found = await other_places(viewer, team=team, week=week, visit=visit)
    names = await worker_names({code for one in found for code in one.workers})
    lines = [
        (one, _told(one, names)) for one in found if one.verdict in (Verdict.FREE, Verdict.COSTS)
    ]
    return page(
        request, "rounds/others.html", lines=lines, team=team, week=week, visit=visit, slides=slides
    )


def _told(found: PricedMove, names: dict[str, str]) -> dict[str, Any]:
    starts = found.starts_at.astimezone(clock.BRUSSELS) if found.starts_at else None
    return {
        "verdict": found.verdict.value,
        "version": found.version,
        "cost": found.cost,
        "day": starts.date().isoformat() if starts else None,
        "time": clock_time(starts) if starts else None,
        "workers": found.workers,
        "title": _title(found, starts, names),
        "lines": [*found.lines, *slides(found.slid)],
    }


def _title(found: PricedMove, starts: datetime | None, names: dict[str, str]) -> str:
    if found.verdict is Verdict.STALE or starts is None:
        return "" if found.lines else _("The week was changed meanwhile.")
    where = _(
        "%(day)s, %(time)s, %(workers)s",
        day=short_day(starts.date()),
        time=clock_time(starts),
        workers=", ".join(names.get(code, code) for code in found.workers),
    )
    word = {
        Verdict.FREE: _("fits"),
        Verdict.COSTS: _("costs %(points)s", points=found.cost),
        Verdict.REFUSED: _("cannot be"),
        Verdict.HERE: _("is there already"),
        Verdict.STALE: "",
    }[found.verdict]
    return f"{where}: {word}"


ROUTES = (price, others)
