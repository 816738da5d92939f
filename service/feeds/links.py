"""A feed's address in the three forms that people use: to copy, to open, to scan."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import segno

PATH = "/calendars"


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A new address; it holds the secret, so it stays out of `repr` and is shown once.

    `qr` is an SVG element of the webcal link, dark on light in every theme, as scanners want it.
    """

    link: str = field(repr=False)
    webcal: str = field(repr=False)
    qr: str = field(repr=False)


def feed_address(token: str, *, base_url: str) -> FeedAddress:
    """Return the address of a token below the installation's own address."""
    link = f"{base_url.rstrip('/')}{PATH}/{token}.ics"
    webcal = link.replace(f"{urlsplit(link).scheme}://", "webcal://", 1)
    qr = segno.make(webcal, micro=False, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass="qr-line"
    )
    return FeedAddress(link=link, webcal=webcal, qr=qr)
