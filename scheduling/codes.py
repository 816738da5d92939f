"""The one sort of name a problem knows."""

from typing import Annotated

from msgspec import Meta

Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$")]
"""A code: letters, digits and . _ : / - only, so that no name or address fits in by accident."""
