"""An encounter: reasons, minutes, supplies; correcting it; what follows from it."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer
from service.encounters.about import EncounterAbout, earlier, encounter_about
from service.encounters.actions import correct_encounter, return_to_stay, try_again
from service.encounters.correcting import open_encounter
from service.encounters.missed import is_missed
from service.encounters.pages.view import OWN, day_page
from service.encounters.said import Correction
from service.encounters.schemas import AgainForm, AwayForm, EncounterForm, time_of
from service.encounters.states import FOUND, EncounterKind, Outcome, Supply
from service.errors import Invalid, NotFound, Stale
from service.people.actions import save_stay
from service.people.drafts import StayDraft
from service.people.facts import WeekdayWindow
from service.people.states import StayKind
from service.places.directory import place_choices
from service.places.states import PlaceKind
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_, current_language
from service.web.page import redirect

_AWAY = {
    Outcome.IN_HOSPITAL: (StayKind.HOSPITAL, PlaceKind.HOSPITAL),
    Outcome.IN_PRISON: (StayKind.PRISON, PlaceKind.PRISON),
}


@get("/today/encounters/{encounter:int}", opt=OWN, name="encounter")
async def show_encounter(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    encounter: FromPath[int],
    new: FromQuery[bool] = False,
    already: FromQuery[bool] = False,
    done: FromQuery[str] = "",
) -> Response[Any]:
    """Show what was recorded, ready to be completed or corrected."""
    about = await _about(viewer, encounter)
    said = "new" if new else "already" if already else done
    return await _encounter_page(request, about, told=said)


@post("/today/encounters/{encounter:int}", opt=OWN, name="send_encounter")
async def send_encounter(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], encounter: FromPath[int]
) -> Response[Any]:
    """Save what was completed or corrected; what somebody else changed meanwhile is not lost."""
    about = await _about(viewer, encounter)
    form = await read_form(request, EncounterForm)
    if form.data is None:
        return await _encounter_page(request, about, form=form, status=422)
    data = form.data
    try:
        await correct_encounter(
            viewer, encounter, _correction(data, about), expected_version=data.version
        )
    except Invalid as invalid:
        return await _encounter_page(request, about, form=form.refused(invalid), status=422)
    except Stale:
        return await _encounter_page(request, about, told="stale", form=form, status=409)
    if data.outcome is not about.outcome and (data.outcome in FOUND or _tries(about, data.outcome)):
        return redirect(request, f"/today/encounters/{encounter}?done=changed")
    return redirect(request, f"/today?saved={encounter}")


@post("/today/encounters/{encounter:int}/again", opt=OWN, name="try_again")
async def send_again(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], encounter: FromPath[int]
) -> Response[Any]:
    """Say how a missed visit is to be tried again."""
    about = await _about(viewer, encounter)
    form = await read_form(request, AgainForm)
    if form.data is None:
        return await _encounter_page(request, about, form=form, status=422)
    waits = await try_again(viewer, encounter, part=form.data.part, call_first=form.data.call_first)
    return redirect(request, f"/today/encounters/{encounter}?done={'waits' if waits else 'wished'}")


@post("/today/encounters/{encounter:int}/stay", opt=OWN, name="confirm_stay")
async def send_stay(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], encounter: FromPath[int]
) -> Response[Any]:
    """Write down the stay in hospital or prison that the outcome proposed."""
    about = await _about(viewer, encounter)
    form = await read_form(request, AwayForm)
    if about.outcome not in _AWAY:
        raise Invalid({"place": N_("This is only for hospital and prison.")})
    if form.data is None:
        return await _encounter_page(request, about, away=form, status=422)
    try:
        await save_stay(viewer, about.tenant, _stay(form.data, about.outcome))
    except Invalid as invalid:
        fields = {"since" if name == "starts_on" else name: t for name, t in invalid.fields.items()}
        refused = form.refused(Invalid(fields))
        return await _encounter_page(request, about, away=refused, status=422)
    await return_to_stay(viewer, encounter)
    return redirect(request, f"/today/encounters/{encounter}?done=stay")


def _correction(data: EncounterForm, about: EncounterAbout) -> Correction:
    starts_at = datetime.combine(data.day, time_of(data.time), tzinfo=clock.BRUSSELS)
    same = starts_at == about.starts_at.replace(second=0, microsecond=0)
    return Correction(
        kind=data.kind,
        outcome=data.outcome,
        starts_at=about.starts_at if same else starts_at,
        minutes=data.minutes,
        reasons=data.reasons,
        supplies={kind: getattr(data, kind.value) for kind in Supply},
    )


def _stay(data: AwayForm, outcome: Outcome) -> StayDraft:
    windows: tuple[WeekdayWindow, ...] = ()
    if data.from_time is not None and data.to_time is not None:
        first, last = time_of(data.from_time), time_of(data.to_time)
        start, end = first.hour * 60 + first.minute, last.hour * 60 + last.minute
        if end <= start:
            raise Invalid({"to_time": N_("It ends after it begins.")})
        windows = tuple(
            WeekdayWindow(weekday=day, from_minute=start, to_minute=end) for day in range(1, 8)
        )
    return StayDraft(
        kind=_AWAY[outcome][0],
        starts_on=data.since,
        place=data.place,
        windows=windows,
        permit_needed=data.permit,
    )


def _tries(about: EncounterAbout, outcome: Outcome) -> bool:
    return about.priority is not None and is_missed(outcome, about.priority)


async def _about(viewer: Viewer, encounter: int) -> EncounterAbout:
    await open_encounter(viewer, encounter)
    found = await encounter_about(encounter)
    if found is None:
        raise NotFound
    return found


async def _encounter_page(
    request: Request[Any, Any, Any],
    about: EncounterAbout,
    *,
    told: str = "",
    form: Form[Any] | None = None,
    away: Form[Any] | None = None,
    status: int = 200,
) -> Response[str]:
    places: list[tuple[str, str]] = []
    if about.outcome in _AWAY:
        found = await place_choices([_AWAY[about.outcome][1]])
        places = [(one.value, one.name(current_language().value)) for one in found]
    return day_page(
        request,
        "encounters/encounter.html",
        status=status,
        about=about,
        told=told,
        form=form or empty_form(),
        away=away or empty_form(),
        places=places,
        tries=_tries(about, about.outcome),
        kinds=tuple(EncounterKind),
        earlier=await earlier(about.id),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show_encounter,
    send_encounter,
    send_again,
    send_stay,
)
