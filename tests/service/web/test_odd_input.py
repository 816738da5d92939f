"""Whatever stands in an address or a form, the service answers: no value makes it fail.

One account with every role asks, so that no door keeps a value from what is behind it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlencode

from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.service.web.access_table import ROWS
from tests.service.web.access_world import World
from tests.support.sent_forms import SentForm, forms_of
from tests.support.web import Browser

IDS = ("0", "-1", "2147483647", "2147483648", "9" * 25, "9" * 5000, "%D9%A3")
DAYS = (
    "1990-01-01",
    "2199-12-30",
    "2199-12-31",
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "9" * 99,
)
TEXTS = ("%00", "%ED%A0%80", "%F0%9F%98%80", "%25", "..", "'", "9" * 5000, "A" * 300, "own")
TYPED = {
    "date": ("0001-01-01", "9999-12-31", "2026-02-31", "\0"),
    "number": ("9" * 25, "-1", "1e400", "\0"),
    "time": ("24:00", "25:99", "\0", "9" * 25),
    "text": ("\0", "\ud800", "\N{GRINNING FACE}" * 50, "9" * 5000),
}
ENDS_THE_SESSION = {"/sign-out", "/account/sign-out-everywhere", "/account/password"}


def _with_odd(form: SentForm, kind: str, value: str) -> bytes:
    """A form with one value in all fields of a kind, encoded as no browser would."""
    pairs = [
        (name, value if name != "csrf_token" and _kind(form, name) == kind else text)
        for name, text in form.pairs
    ]
    return urlencode(pairs, errors="surrogatepass").encode()


def _kind(form: SentForm, name: str) -> str:
    kind = form.kinds.get(name, "text")
    return kind if kind in TYPED else "text"


def _odd_paths(app: Litestar, world: World) -> Iterator[str]:
    """Each page's address with one odd value in place of each of its parts."""
    kinds = {
        route.path_format: {name: one.type for name, one in route.path_parameters.items()}
        for route in app.routes
        if isinstance(route, HTTPRoute)
    }
    for row in {row.route: row for row in ROWS if row.method == "GET"}.values():
        names = [part.strip("{}") for part in row.route.split("/")]
        parts = row.path.format(**world.ids).partition("?")[0].split("/")
        for index, kind in enumerate(kinds[row.route].get(name) for name in names[: len(parts)]):
            values = () if kind is None else IDS if kind is int else DAYS if kind is date else TEXTS
            yield from ("/".join([*parts[:index], odd, *parts[index + 1 :]]) for odd in values)


async def test_no_address_makes_the_service_fail(
    app: Litestar, world: World, everybody: Browser
) -> None:
    broken = []
    paths = list(_odd_paths(app, world))
    assert len(paths) > 300
    for path in paths:
        answer = await everybody.get(path)
        if answer.status_code >= 500:
            broken.append((path[:90], answer.status_code))
    assert broken == []


async def _forms(world: World, everybody: Browser) -> Sequence[SentForm]:
    """One of each form that the pages of the access table show."""
    found: dict[tuple[str, ...], SentForm] = {}
    for row in ROWS:
        if row.method != "GET" or row.route == "/board/events":
            continue
        path = row.path.format(**world.ids)
        answer = await everybody.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        for one in forms_of(answer.text, page=path.partition("?")[0]):
            if one.action not in ENDS_THE_SESSION:
                found.setdefault((one.action, *sorted(one.kinds)), one)
    return list(found.values())


async def test_no_form_makes_the_service_fail(world: World, everybody: Browser) -> None:
    broken = []
    forms = await _forms(world, everybody)
    assert len(forms) > 40
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    token = await everybody.token("/account")
    for form in forms:
        kinds = {_kind(form, name) for name in form.kinds if name != "csrf_token"}
        for kind in sorted(kinds):
            for value in TYPED[kind]:
                answer = await everybody.client.post(
                    form.action,
                    content=_with_odd(form, kind, value),
                    headers=headers | {"X-CSRF-Token": token},
                )
                if answer.status_code >= 500:
                    broken.append((form.action, kind, value[:20], answer.status_code))
    assert broken == []
