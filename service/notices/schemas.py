"""What the forms of this folder send."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.notices.states import NoticeKind


class ReadForm(msgspec.Struct, frozen=True):
    """All notices up to the newest one that was on the page."""

    up_to: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class WishesForm(msgspec.Struct, frozen=True):
    """The kinds that are wanted in each way, and whether quiet hours are kept."""

    in_app: tuple[NoticeKind, ...] = ()
    email: tuple[NoticeKind, ...] = ()
    push: tuple[NoticeKind, ...] = ()
    quiet: bool = False


_SIGNS = r"[^@\s,;:<>()\[\]\"\\\x00-\x1f\x7f-\U0010ffff]"
"""Of one plain address: nothing that would make it several, and nothing beyond ASCII."""


class AddressForm(msgspec.Struct, frozen=True):
    """An e-mail address to be confirmed."""

    address: Annotated[str, Meta(min_length=3, max_length=254, pattern=rf"^{_SIGNS}+@{_SIGNS}+\Z")]


class CodeForm(msgspec.Struct, frozen=True):
    """The code that was sent to the address."""

    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$")]


class SubscriptionForm(msgspec.Struct, frozen=True):
    """A browser's push subscription, its keys in base64 for addresses."""

    endpoint: Annotated[str, Meta(max_length=1000)]
    public_key: Annotated[str, Meta(max_length=120)]
    secret: Annotated[str, Meta(max_length=40)]


class EndpointForm(msgspec.Struct, frozen=True):
    """The address of a browser that asks whether it is still the reader's."""

    endpoint: Annotated[str, Meta(max_length=1000)]
