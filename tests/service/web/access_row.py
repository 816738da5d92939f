"""Who gets what from every route: one row per route, one answer per actor.

The columns are the actors of `access_world.ACTORS`:

    worker colleague lead stranger housing coordinator administrator nobody

A stranger's object is 404, a reader's write 403, nobody is led to the sign-in page (303). Forms
are sent with their token and no field, so that whoever may send them gets 422, or 303 where
there is nothing to fill in. `{name}` in a path is an id of the world; a path that is not the
route's own names an object, as in `/tenants/T-001`. A new route needs a row in `access_table` or
`access_people`: a test compares them with the routes of the application.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One request and its status for each actor."""

    method: str
    route: str
    path: str
    statuses: tuple[int, ...]
    fields: tuple[tuple[str, str], ...] = ()


def row(request: str, statuses: str, *, path: str | None = None, **fields: str) -> Row:
    """`request` is 'GET /route/{as}/declared'; `statuses` has one number per actor."""
    method, route = request.split(" ", 1)
    return Row(
        method=method,
        route=route,
        path=path or route,
        statuses=tuple(int(status) for status in statuses.split()),
        fields=tuple(fields.items()),
    )


ALL = "200 200 200 200 200 200 200 200"
