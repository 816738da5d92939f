"""What the pages of a worker's day share: whose it is, and the words on them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from litestar import Request, Response

from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.encounters import words
from service.encounters.states import BEFOREHAND, DayPart, MarkKind, Outcome, Reason, Supply
from service.errors import Forbidden
from service.people.words import language as language_name
from service.people.words import said
from service.places.queries import municipality_name
from service.rounds import words as round_words
from service.rounds.overview import WorkerShown, own_worker
from service.rounds.types import Area
from service.teams.words import duty as duty_word
from service.web.i18n import N_, current_language
from service.web.page import page
from service.web.routing import only

APPLE = ("iPhone", "iPad", "Macintosh")
"""How Apple's devices call themselves; an iPad calls itself a Macintosh."""

OWN = only(Role.WORKER, Role.TEAM_LEAD)


async def worker_of(viewer: Viewer) -> WorkerShown:
    """The worker who the viewer is; raises `Forbidden` for an account without one."""
    found = await own_worker(viewer)
    if found is None:
        raise Forbidden(
            N_("Your account belongs to no worker."), advice=N_("Ask your administrator.")
        )
    return found


def day_page(
    request: Request[Any, Any, Any], template: str, *, status: int = 200, **values: object
) -> Response[str]:
    """Render a page of the day with its words."""
    return page(
        request,
        template,
        status=status,
        now=clock.now(),
        today=clock.today(),
        local=in_brussels,
        area_name=area_name,
        duty_word=duty_word,
        language_name=language_name,
        said=said,
        words=words,
        round_words=round_words,
        outcomes=values.pop("outcomes", words.OUTCOME_ORDER),
        Outcome=Outcome,
        MarkKind=MarkKind,
        reasons=tuple(Reason),
        supplies=tuple(Supply),
        parts=tuple(DayPart),
        ways=tuple(words.ContactWay),
        contact_outcomes=words.CONTACT_OUTCOMES,
        route=route_on(request),
        **values,
    )


def route_on(request: Request[Any, Any, Any]) -> Callable[[float, float], str]:
    """What opens the map of the reader's own device at a place: nothing is asked of anybody else.

    Apple's devices open no `geo:` address, and others no `maps:` one.
    """
    apple = any(name in request.headers.get("User-Agent", "") for name in APPLE)

    def address(lat: float, lon: float) -> str:
        return f"maps://?daddr={lat},{lon}" if apple else f"geo:{lat},{lon}?q={lat},{lon}"

    return address


def outcomes_on(day: date) -> tuple[Outcome, ...]:
    """What can be said of a visit of that day by now, most likely first."""
    if day <= clock.today():
        return words.OUTCOME_ORDER
    return tuple(one for one in words.OUTCOME_ORDER if one in BEFOREHAND)


def area_name(area: Area) -> str:
    """A municipality in the reader's language."""
    return municipality_name(area.refnis, current_language().value)


def in_brussels(at: datetime) -> datetime:
    """An instant on the clock of Brussels."""
    return at.astimezone(clock.BRUSSELS)
