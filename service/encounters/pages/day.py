"""Today: the next stop first, then the rest of the day; other days; what is not recorded yet."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.encounters.day import WorkerDay, next_round, unrecorded, worker_day
from service.encounters.pages.view import OWN, day_page, outcomes_on, worker_of
from service.rounds.actions import note_week_opened
from service.rounds.overview import own_worker
from service.web.page import page, redirect


@get("/today", opt=OWN, name="today")
async def today(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    saved: FromQuery[int | None] = None,
) -> Response[Any]:
    """Show the viewer's own day; `saved` is an encounter that was just completed."""
    return await _day_page(request, viewer, clock.today(), saved=saved)


@get("/today/{day:date}", opt=OWN, name="another_day")
async def another_day(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], day: FromPath[date]
) -> Response[Any]:
    """Show a day before or after."""
    if day == clock.today():
        return redirect(request, "/today")
    return await _day_page(request, viewer, day)


@get("/today/unrecorded", opt=OWN, name="unrecorded")
async def my_unrecorded(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """List the viewer's visits of which nobody has said how they went."""
    worker = await worker_of(viewer)
    return day_page(
        request,
        "encounters/unrecorded.html",
        visits=await unrecorded(worker.code, now=clock.now()),
    )


async def _day_page(
    request: Request[Any, Any, Any], viewer: Viewer, day: date, *, saved: int | None = None
) -> Response[Any]:
    worker = await own_worker(viewer)
    if worker is None:
        return page(request, "rounds/no_worker.html")
    found = await worker_day(viewer, worker=worker.code, day=day)
    await note_week_opened(viewer, monday_of(day))
    is_today = day == clock.today()
    following = found.next_stop(now=clock.now()) if is_today else None
    late = await unrecorded(worker.code, now=clock.now()) if is_today else ()
    entries = entries_of(found)
    return day_page(
        request,
        "encounters/day.html",
        found=found,
        worker=worker,
        day=day,
        days=(day - timedelta(days=1), day + timedelta(days=1)),
        is_today=is_today,
        next=following,
        entries=entries,
        next_round=None if entries else await next_round(worker.code, after=day),
        late=sum(following is None or one.visit != following.stop.visit for one in late),
        saved=saved,
        outcomes=outcomes_on(day),
        to_come=day > clock.today(),
    )


def entries_of(found: WorkerDay) -> list[tuple[str, Any]]:
    """Stops and what lies between them, in the order of the day: ('stop' or 'other', it)."""
    entries: list[tuple[int, str, Any]] = []
    for one in found.stops:
        local = one.stop.starts_at.astimezone(clock.BRUSSELS)
        entries.append((local.hour * 60 + local.minute, "stop", one))
    entries += [(one.start, "other", one) for one in found.others]
    entries.sort(key=lambda entry: (entry[0], entry[1]))
    return [(kind, one) for _minute, kind, one in entries]


ROUTES: tuple[ControllerRouterHandler, ...] = (today, my_unrecorded, another_day)
