"""A word that stands for an account in a browser's own storage: it tells nobody who it is."""

import hashlib
import hmac
from typing import Any

from litestar import Request

from service.access.policy import Viewer


def phone_key(request: Request[Any, Any, Any]) -> str:
    """Return the word of whoever is signed in; '' for nobody. The same for an account for ever."""
    viewer: Viewer | None = request.state.get("viewer")
    if viewer is None:
        return ""
    key: bytes = request.app.state["secret_key"]
    return hmac.new(key, b"phone:%d" % viewer.account, hashlib.sha256).hexdigest()[:24]
