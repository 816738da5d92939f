"""The fields of a form that choose a place: one that is known, or a new one near a stop."""

from collections.abc import Collection
from typing import Annotated

from msgspec import Meta

from service.people.drafts import NewPlace
from service.people.pages.hours import HoursForm
from service.places.directory import place_choices, stop_names
from service.places.queries import municipality_name
from service.places.states import PlaceKind
from service.web.fields import Field, FieldKind
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


async def place_fields(kinds: Collection[PlaceKind]) -> tuple[Field, ...]:
    """The choice, then what describes a place that is not in the list."""
    language = current_language().value
    known = [
        (one.value, f"{one.name(language)} ({municipality_name(one.refnis, language)})")
        for one in await place_choices(kinds)
    ]
    return (
        Field(
            name="place",
            label=_("Place"),
            kind=FieldKind.SELECT,
            options=[(ELSEWHERE, _("another place, described below")), *known],
            required=True,
        ),
        Field(name="name", label=_("What it is called"), heading=_("Another place")),
        Field(name="street", label=_("Street")),
        Field(name="house_number", label=_("Number"), short=True),
        Field(
            name="near",
            label=_("Near which stop"),
            kind=FieldKind.SUGGEST,
            options=[(name, "") for name in stop_names(language)],
            hint=_("A stop of tram, bus or metro: the round is reckoned from there."),
        ),
        Field(
            name="point",
            label=_("Or its point on the map"),
            hint=_("Latitude and longitude as a map copies them: 50.8466, 4.3528."),
        ),
    )
