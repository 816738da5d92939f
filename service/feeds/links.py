"""A feed's address in the three forms that people use: to copy, to open, to scan."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import segno

PATH = "/calendars"


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A new address; it holds the secret, so it stays out of `repr` and is shown once.

    `qr` is an SVG element of the webcal link, drawn in the colour of the text around it.
    """

    link: str = field(repr=False)
    webcal: str = field(repr=False)
    qr: str = field(repr=False)


def feed_address(token: str, *, base_url: str) -> FeedAddress:
    """Return the address of a token below the installation's own address."""
    link = f"{base_url.rstrip('/')}{PATH}/{token}.ics"
    webcal = link.replace(f"{urlsplit(link).scheme}://", "webcal://", 1)
    qr = segno.make(webcal, micro=False, error="m").svg_inline(
        scale=4, border=4, dark="currentColor", svgclass="qr", lineclass="qr-line", omitsize=False
    )
    return FeedAddress(link=link, webcal=webcal, qr=qr)
