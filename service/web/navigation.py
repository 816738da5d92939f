"""The menu: the same few places for everybody, left out where a role has no business."""

from dataclasses import dataclass
from functools import lru_cache

from litestar import Litestar

from service.access.policy import Viewer
from service.access.states import Role
from service.web.i18n import N_, gettext
from service.web.routing import declared_routes

_SUPPORT = frozenset({Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry: where it leads, its icon, its word, whether the reader is there."""

    path: str
    icon: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    icon: str
    label: str
    roles: frozenset[Role]


_PLACES = (
    _Place("/today", "sun", N_("Today"), frozenset({Role.WORKER})),
    _Place("/my-week", "calendar-days", N_("My week"), frozenset({Role.WORKER})),
    _Place("/board", "layout-grid", N_("Board"), _SUPPORT),
    _Place("/morning", "coffee", N_("Meeting"), _SUPPORT),
    _Place("/tenants", "users", N_("Tenants"), _SUPPORT | {Role.HOUSING_OFFICER}),
    _Place("/lone", "shield-check", N_("Lone work"), frozenset({Role.WORKER, Role.TEAM_LEAD})),
    _Place("/workers", "circle-user", N_("Workers"), _SUPPORT),
    _Place("/accounts", "key-round", N_("Accounts"), frozenset({Role.ADMINISTRATOR})),
    _Place("/audit", "eye", N_("Audit"), frozenset({Role.ADMINISTRATOR})),
    _Place("/feeds", "rss", N_("Feeds"), frozenset(Role)),
    _Place("/account", "circle-user", N_("Account"), frozenset(Role)),
)
_UNDER_THE_THUMB = ("/today", "/my-week", "/tenants")
_START = (
    (Role.TEAM_LEAD, "/board"),
    (Role.WORKER, "/today"),
    (Role.WORKER, "/my-week"),
    (Role.COORDINATOR, "/board"),
    (Role.HOUSING_OFFICER, "/tenants"),
    (Role.ADMINISTRATOR, "/accounts"),
)


def navigation(app: Litestar, viewer: Viewer | None, *, path: str) -> tuple[NavigationItem, ...]:
    """Return the viewer's menu; nothing before signing in, and nothing that leads nowhere."""
    if viewer is None:
        return ()
    there = _paths(app)
    return tuple(
        NavigationItem(
            path=place.path,
            icon=place.icon,
            label=gettext(place.label),
            current=path == place.path or path.startswith(f"{place.path}/"),
        )
        for place in _places_of(viewer)
        if place.path in there and viewer.holds(*place.roles)
    )


def start_page(app: Litestar, viewer: Viewer) -> str:
    """Return the page a viewer begins with, by role."""
    there = _paths(app)
    for role, path in _START:
        if viewer.holds(role) and path in there:
            return path
    return "/account"


def _places_of(viewer: Viewer) -> tuple[_Place, ...]:
    """The places in the viewer's order: under a worker's thumb are today, the week, the tenants."""
    if not viewer.holds(Role.WORKER) or viewer.holds(Role.TEAM_LEAD):
        return _PLACES
    return tuple(sorted(_PLACES, key=lambda place: place.path not in _UNDER_THE_THUMB))


@lru_cache(maxsize=8)
def _paths(app: Litestar) -> frozenset[str]:
    return frozenset(path for method, path, _ in declared_routes(app) if method == "GET")
