"""What the forms of this folder send."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.access.states import Language
from service.feeds.states import FeedLevel


class FeedForm(msgspec.Struct, frozen=True):
    """A new feed; `scope` is the value of one of the choices that the page offered."""

    device: Annotated[str, Meta(max_length=60)]
    scope: Annotated[str, Meta(max_length=40)]
    language: Language
    level: FeedLevel = FeedLevel.MINIMAL
