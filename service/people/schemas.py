"""What the forms of this folder send."""

from typing import Annotated

import msgspec
from msgspec import Meta


class SearchForm(msgspec.Struct, frozen=True):
    """Whom to list. Sent as a form and not in the address: a name must not stand in a log."""

    q: Annotated[str, Meta(max_length=100)] = ""
    team: Annotated[str, Meta(max_length=16)] = ""
    mine: bool = False
