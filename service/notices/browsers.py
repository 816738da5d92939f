"""The browsers that take pushes for an account: asked for by their user, gone with signing out."""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from service import clock
from service.access.policy import Viewer
from service.audit.actions import record
from service.data_folder import read_or_make_secret
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.notices.webpush import (
    CURVE,
    Browser,
    base64url,
    from_base64url,
    public_bytes,
    signing_key,
)
from service.settings import Settings
from service.web.i18n import N_

SECRET = "push-key"  # noqa: S105 the name of the file
MOST_BROWSERS = 10
_HERE = frozenset({"localhost", "127.0.0.1"})


def push_key(settings: Settings) -> ec.EllipticCurvePrivateKey:
    """Return the key that push services know this installation by; made when first asked for."""
    return signing_key(bytes.fromhex(read_or_make_secret(settings.data_dir, SECRET)))


def public_push_key(settings: Settings) -> str:
    """Return its public half as browsers take it."""
    return base64url(public_bytes(push_key(settings)))


def read_browser(*, endpoint: str, public_key: str, secret: str, settings: Settings) -> Browser:
    """Judge what a browser gave; raises `Invalid` for a host that is not to be called, or no keys.

    We call this address from inside: only push services known by name are, by https.
    """
    if settings.push is None:
        raise Forbidden(N_("Push is not turned on here."))
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid({"endpoint": N_("This is not the address of a push service.")}) from None
    closed = parts.scheme == "https" and port in (None, 443)
    here = parts.scheme == "http" and host in _HERE and host in settings.push.hosts
    if not (closed or here) or parts.username or not settings.push.allows(host):
        raise Invalid({"endpoint": N_("This push service is not one that may be called.")})
    try:
        found = Browser(
            endpoint=endpoint, public_key=from_base64url(public_key), secret=from_base64url(secret)
        )
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, found.public_key)
    except ValueError:
        raise Invalid({"public_key": N_("These are not a browser's keys.")}) from None
    if len(found.public_key) != 65 or len(found.secret) != 16:
        raise Invalid({"public_key": N_("These are not a browser's keys.")})
    return found


async def add_browser(viewer: Viewer, session: int, browser: Browser, *, name: str) -> None:
    """Send pushes of the viewer's notices to a browser, until its session is ended.

    A browser that was somebody else's is theirs no more: it has one user at a time.
    """
    async with unit_of_work() as uow:
        await execute(
            "delete from push_subscriptions where endpoint = $1 and account <> $2",
            browser.endpoint,
            viewer.account,
        )
        living = await fetch_value(
            "select count(*) from push_subscriptions where account = $1 and endpoint <> $2",
            viewer.account,
            browser.endpoint,
        )
        if living >= MOST_BROWSERS:
            raise Invalid({"endpoint": N_("Ten browsers get pushes already: remove one first.")})
        made = await fetch_value(
            "insert into push_subscriptions"
            " (account, session, endpoint, public_key, secret, browser, created_at)"
            " values ($1, $2, $3, $4, $5, $6, $7) on conflict (endpoint) do update set"
            " session = excluded.session, public_key = excluded.public_key,"
            " secret = excluded.secret returning id",
            viewer.account,
            session,
            browser.endpoint,
            browser.public_key,
            browser.secret,
            name[:40],
            clock.now(),
        )
        await record(uow, viewer, "add", "push_browser", made)


async def remove_browser(viewer: Viewer, browser: int) -> None:
    """Send no more pushes to one of the viewer's browsers; raises `NotFound`."""
    async with unit_of_work() as uow:
        found = await execute(
            "delete from push_subscriptions where id = $1 and account = $2",
            browser,
            viewer.account,
        )
        if not found:
            raise NotFound
        await record(uow, viewer, "remove", "push_browser", browser)


async def is_mine(viewer: Viewer, session: int, endpoint: str) -> bool:
    """Say whether a browser's pushes are the viewer's; somebody else's end here and now.

    The browser is the viewer's again also after a session that was left to expire.
    """
    async with unit_of_work():
        await execute(
            "delete from push_subscriptions where endpoint = $1 and account <> $2",
            endpoint,
            viewer.account,
        )
        found = await execute(
            "update push_subscriptions set session = $3 where endpoint = $1 and account = $2",
            endpoint,
            viewer.account,
            session,
        )
    return found == 1


async def forget_browser(endpoint: str) -> None:
    """Forget a browser that its push service no longer knows; joins the unit of work."""
    await execute("delete from push_subscriptions where endpoint = $1", endpoint)
