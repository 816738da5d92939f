"""The fields of a form that choose a place: one that is known, or a new one near a stop."""

from collections.abc import Collection
from typing import Annotated

from msgspec import Meta

from service.people.drafts import NewPlace
from service.people.pages.hours import HoursForm
from service.places.directory import place_choices
from service.places.fields import address_fields
from service.places.queries import municipality_name
from service.places.states import PlaceKind
from service.web.fields import Field, FieldsOf
from service.web.i18n import current_language
from service.web.i18n import gettext as _

ELSEWHERE = ""


class PlaceForm(HoursForm, frozen=True, kw_only=True):
    """A place as chosen, or as described; with hours, since a struct has one parent only."""

    place: Annotated[str, Meta(max_length=20)] = ELSEWHERE
    name: Annotated[str, Meta(max_length=160)] = ""
    street: Annotated[str, Meta(max_length=160)] = ""
    house_number: Annotated[str, Meta(max_length=16)] = ""
    near: Annotated[str, Meta(max_length=160)] = ""
    point: Annotated[str, Meta(max_length=60)] = ""

    def new_place(self) -> NewPlace | None:
        """The described place; None where one was chosen or nothing was typed."""
        typed = (self.name, self.street, self.near, self.point)
        if self.place or not any(typed):
            return None
        return NewPlace(
            name=self.name or self.street,
            street=self.street,
            house_number=self.house_number,
            near=self.near,
            point=self.point,
        )


_FORM = FieldsOf(PlaceForm)


async def place_fields(kinds: Collection[PlaceKind]) -> tuple[Field, ...]:
    """The choice, then what describes a place that is not in the list."""
    language = current_language().value
    known = [
        (one.value, f"{one.name(language)} ({municipality_name(one.refnis, language)})")
        for one in await place_choices(kinds)
    ]
    elsewhere = (ELSEWHERE, _("another place, described below"))
    return (
        _FORM.select("place", _("Place"), [elsewhere, *known], required=True),
        _FORM.text("name", _("What it is called"), heading=_("Another place")),
        *address_fields(_FORM),
    )
