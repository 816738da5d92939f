"""The form of an exclusion: a building, an institution or a municipality, and why."""

from datetime import timedelta

from service import clock
from service.access.states import Role
from service.audit.actions import record
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import NotFound
from service.people.queries import Building, building_of, buildings_of_teams
from service.places.directory import LISTED, place_choices
from service.places.queries import municipality_choices, municipality_name
from service.teams.actions import end_place_exclusion, save_place_exclusion
from service.teams.changes.exclusion import HOME, may_exclude
from service.teams.drafts import PlaceExclusionDraft
from service.teams.pages.part import Asked
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, Option
from service.web.i18n import current_language
from service.web.i18n import gettext as _
from service.web.parts import EndForm, Known, Part, text

REVIEW = timedelta(days=180)


_FORM = FieldsOf(PlaceExclusionDraft)


async def _fields(asked: Asked, known: Known) -> tuple[Field, ...]:
    language = current_language().value
    nothing = ("", _("nothing chosen"))
    return (
        _FORM.select(
            "place",
            _("Not in this building"),
            [nothing, *await _places(asked, known, language)],
            hint=_("Where tenants of your teams stay, or an institution; the whole building."),
            required=True,
        ),
        _FORM.select(
            "refnis",
            _("Or not in this municipality"),
            [nothing, *municipality_choices(language)],
            required=True,
        ),
        _FORM.area("reason", _("Why"), hint=_("Leads of the team read this, nobody else.")),
        _FORM.date("starts_on", _("From")),
        _FORM.date(
            "review_on", _("Look at it again on"), hint=_("It stays in force after this day.")
        ),
        _FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
    )


async def _places(asked: Asked, known: Known, language: str) -> list[Option]:
    """Homes of the teams that the viewer leads, the place that is chosen now, the directory.

    Reading who lives where leaves a trace.
    """
    async with unit_of_work() as uow:
        homes = await buildings_of_teams(asked.viewer.teams(Role.TEAM_LEAD), on=clock.today())
        await record(uow, asked.viewer, "list", "tenant", "buildings", {"count": len(homes)})
    found: list[Option] = [
        (f"{HOME}{one.place}", f"{_said(one, language)} ({', '.join(one.tenants)})")
        for one in homes
    ]
    chosen = known.values.get("place", "")
    if chosen and chosen not in {value for value, _label in found}:
        there = await building_of(int(chosen.removeprefix(HOME)))
        found += [(chosen, _said(there, language))] if there else []
    homely = {value for value, _label in found}
    found += [
        (one.value, f"{one.name(language)} ({municipality_name(one.refnis, language)})")
        for one in await place_choices(LISTED)
        if f"{HOME}{one.value}" not in homely
    ]
    return found


def _said(building: Building, language: str) -> str:
    return f"{building.address(language)}, {municipality_name(building.refnis, language)}"


async def _known(asked: Asked) -> Known:
    today = clock.today()
    if asked.row is None:
        return Known(
            values={"starts_on": today.isoformat(), "review_on": (today + REVIEW).isoformat()}
        )
    row = await fetch_one(
        "select place, municipality as refnis, reason, starts_on, ends_on, review_on"
        " from exclusions where id = $1 and worker = $2 and tenant is null",
        asked.row,
        asked.worker.id,
    )
    if row is None:
        raise NotFound
    place = row.pop("place")
    values = {name: text(value) for name, value in row.items()}
    return Known(values=values | {"place": f"{HOME}{place}" if place else ""})


async def _save(asked: Asked, draft: PlaceExclusionDraft) -> Edited:
    return await save_place_exclusion(
        asked.viewer, asked.worker.code, draft, row=asked.row, expected_version=asked.version
    )


async def _end(asked: Asked, form: EndForm) -> Edited:
    assert asked.row is not None, "only what is there ends"
    return await end_place_exclusion(
        asked.viewer,
        asked.worker.code,
        asked.row,
        on=form.day(),
        expected_version=asked.version,
    )


EXCLUSION = Part(
    form=PlaceExclusionDraft,
    title=lambda asked: _("Where not to go") if asked.row else _("New exclusion"),
    sentence=lambda _asked: _("No visit there is ever planned with this worker."),
    may=may_exclude,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.EXCLUSIONS,),
    remove=_end,
    remove_form=EndForm,
    remove_label=lambda: _("End it today"),
)
