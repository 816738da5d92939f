"""A team's base as it is typed: an address near a stop, or a point on the map."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.people.drafts import NewPlace


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
