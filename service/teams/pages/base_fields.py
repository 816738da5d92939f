"""The fields of a team's base: an address near a stop, or a point on the map."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.people.drafts import NewPlace
from service.places.directory import stop_names
from service.web.fields import Field, FieldKind
from service.web.i18n import current_language
from service.web.i18n import gettext as _


class BaseForm(msgspec.Struct, frozen=True, kw_only=True):
    """A base as typed."""

    street: Annotated[str, Meta(min_length=1, max_length=160)]
    house_number: Annotated[str, Meta(max_length=16)] = ""
    near: Annotated[str, Meta(max_length=160)] = ""
    point: Annotated[str, Meta(max_length=60)] = ""

    def place(self) -> NewPlace:
        """What is stored."""
        return NewPlace(
            name="",
            street=self.street,
            house_number=self.house_number,
            near=self.near,
            point=self.point,
        )


def base_fields(*, heading: str = "") -> tuple[Field, ...]:
    """Street, number, and where that is."""
    return (
        Field(name="street", label=_("Street"), required=True, heading=heading),
        Field(name="house_number", label=_("Number"), short=True),
        Field(
            name="near",
            label=_("Near which stop"),
            kind=FieldKind.SUGGEST,
            options=[(name, "") for name in stop_names(current_language().value)],
            hint=_("A stop of tram, bus or metro: the round is reckoned from there."),
        ),
        Field(
            name="point",
            label=_("Or its point on the map"),
            hint=_("Latitude and longitude as a map copies them: 50.8466, 4.3528."),
        ),
    )
