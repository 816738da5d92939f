"""Who gets what from every route: one row per route, one answer per actor.

The columns are the actors of `access_world.ACTORS`:

    worker colleague lead stranger housing coordinator administrator nobody

A stranger's object is 404, a reader's write 403, nobody is led to the sign-in page (303). Forms
are sent with their token and no field, so that whoever may send them gets 422, or 303 where
there is nothing to fill in. `{name}` in a path is an id of the world; a path that is not the
route's own names an object, as in `/tenants/T-001`. A new route needs a row: a test compares
the table with the routes of the application.
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

HOUSE = (
    row("GET /", "303 303 303 303 303 303 303 303"),
    row("GET /about", ALL),
    row("GET /health", ALL),
    row("GET /robots.txt", ALL),
    row("GET /static/{build}/{name}", ALL, path="/static/any/css/base.css"),
)

ACCOUNT = (
    row("GET /sign-in", "303 303 303 303 303 303 303 200"),
    row("POST /sign-in", "422 422 422 422 422 422 422 422"),
    row("POST /sign-out", "303 303 303 303 303 303 303 303"),
    row("POST /language", "422 422 422 422 422 422 422 422"),
    row("GET /account", "200 200 200 200 200 200 200 303"),
    row("POST /account/password", "422 422 422 422 422 422 422 303"),
    row(
        "POST /account/devices/{device}/sign-out",
        "404 404 404 404 404 404 404 303",
        path="/account/devices/999999/sign-out",
    ),
    row("GET /account/tokens", "200 200 200 200 200 200 200 303"),
    row("POST /account/tokens", "422 422 422 422 422 422 422 303"),
    row(
        "GET /account/tokens/{token}/revoke",
        "404 404 404 404 404 404 404 303",
        path="/account/tokens/999999/revoke",
    ),
    row(
        "POST /account/tokens/{token}/revoke",
        "404 404 404 404 404 404 404 303",
        path="/account/tokens/999999/revoke",
    ),
    row("POST /account/sign-out-everywhere", "303 303 303 303 303 303 303 303"),
)

FEEDS = (
    row("GET /feeds", "200 200 200 200 200 200 200 303"),
    row("POST /feeds", "422 422 422 422 422 422 422 303"),
    row(
        "GET /feeds/{feed_id}/renew",
        "200 404 404 404 404 404 403 303",
        path="/feeds/{feed}/renew",
    ),
    row(
        "POST /feeds/{feed_id}/renew",
        "200 404 404 404 404 404 403 303",
        path="/feeds/{feed}/renew",
    ),
    row(
        "GET /feeds/{feed_id}/revoke",
        "200 404 404 404 404 404 200 303",
        path="/feeds/{feed}/revoke",
    ),
    row(
        "POST /feeds/{feed_id}/revoke",
        "303 404 404 404 404 404 303 303",
        path="/feeds/{feed}/revoke",
    ),
    row("GET /calendars/{file}", "404 " * 8, path="/calendars/none.ics"),
    row("HEAD /calendars/{file}", "404 " * 8, path="/calendars/none.ics"),
)

NOTICES = (
    row("GET /notices", "200 200 200 200 200 200 200 303"),
    row("GET /notices/bell", "200 200 200 200 200 200 200 303"),
    row("GET /notices/{notice}", "303 404 404 404 404 404 404 303", path="/notices/{notice}"),
    *(
        row(
            f"POST /notices/{{notice}}/{verb}",
            "303 404 404 404 404 404 404 303",
            path=f"/notices/{{notice}}/{verb}",
        )
        for verb in ("read", "unread")
    ),
    row("POST /notices/read", "422 422 422 422 422 422 422 303"),
    row("GET /notices/failed", "403 403 403 403 403 403 200 303"),
    row("GET /account/notices", "200 200 200 200 200 200 200 303"),
    row("POST /account/notices", "303 303 303 303 303 303 303 303"),
    row("POST /account/notices/address", "422 422 422 422 422 422 422 303"),
    row("POST /account/notices/address/confirm", "422 422 422 422 422 422 422 303"),
    row("POST /account/notices/address/remove", "303 303 303 303 303 303 303 303"),
    row("GET /push-worker.js", ALL),
    row("POST /account/notices/browsers", "422 422 422 422 422 422 422 303"),
    row("POST /account/notices/browsers/mine", "422 422 422 422 422 422 422 303"),
    row(
        "POST /account/notices/browsers/{browser}/remove",
        "404 404 404 404 404 404 404 303",
        path="/account/notices/browsers/999999/remove",
    ),
)

BOARDS = (
    row("GET /board", "303 303 303 303 403 200 403 303"),
    row("GET /board/events", "200 200 200 200 403 200 403 303"),
    row("POST /board/view", "303 303 303 303 403 303 403 303"),
    row("GET /board/{team}", "303 303 303 404 403 303 403 303", path="/board/ACT"),
    row("GET /board/{team}/{week}", "200 200 200 404 403 200 403 303", path="/board/ACT/{week}"),
    row(
        "GET /board/{team}/{week}/run",
        "200 200 200 404 403 200 403 303",
        path="/board/ACT/{week}/run",
    ),
    row(
        "POST /board/{team}/{week}/plan",
        "403 403 303 404 403 403 403 303",
        path="/board/ACT/{week}/plan",
    ),
    row(
        "POST /board/{team}/{week}/repair",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/repair",
    ),
    row(
        "POST /board/{team}/{week}/runs/{run}/cancel",
        "403 403 404 404 403 403 403 303",
        path="/board/ACT/{week}/runs/999999/cancel",
    ),
    row(
        "POST /board/{team}/{week}/runs/{run}/accept",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/runs/999999/accept",
    ),
    row(
        "GET /board/{team}/{week}/runs/{run}",
        "403 403 404 404 403 403 403 303",
        path="/board/ACT/{week}/runs/999999",
    ),
    row(
        "POST /board/{team}/{week}/runs/{run}/discard",
        "403 403 404 404 403 403 403 303",
        path="/board/ACT/{week}/runs/999999/discard",
    ),
    row(
        "GET /board/{team}/{week}/visits/{visit}/levers",
        "403 403 303 404 403 403 403 303",
        path="/board/ACT/{week}/visits/{visit}/levers",
    ),
    row(
        "POST /board/{team}/{week}/visits/{visit}/levers",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/visits/{visit}/levers",
    ),
    row(
        "GET /board/{team}/{week}/balance",
        "303 303 303 404 403 303 403 303",
        path="/board/ACT/{week}/balance",
    ),
    row(
        "GET /board/{team}/{week}/advice",
        "403 403 303 404 403 403 403 303",
        path="/board/ACT/{week}/advice",
    ),
    row(
        "GET /board/{team}/{week}/seen",
        "403 403 404 404 403 403 403 303",
        path="/board/ACT/{week}/seen",
    ),
    row(
        "GET /board/{team}/{week}/workers/{worker}/away",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/workers/W01/away",
    ),
    row(
        "POST /board/{team}/{week}/workers/{worker}/away",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/workers/W01/away",
    ),
    row(
        "GET /board/{team}/{week}/publish",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/publish",
    ),
    row(
        "POST /board/{team}/{week}/publish",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/publish",
    ),
    *(
        row(
            f"POST /board/{{team}}/{{week}}/visits/{{visit}}/{verb}",
            "403 403 422 404 403 403 403 303",
            path=f"/board/ACT/{{week}}/visits/{{visit}}/{verb}",
        )
        for verb in ("pin", "unpin", "promise", "unplace", "cancel", "move", "swap")
    ),
    row(
        "GET /board/{team}/{week}/visits/{visit}/price",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/visits/{visit}/price",
    ),
    row(
        "GET /board/{team}/{week}/visits/{visit}/others",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/visits/{visit}/others",
    ),
    row(
        "GET /board/{team}/{week}/day/{day}",
        "200 200 200 404 403 200 403 303",
        path="/board/ACT/{week}/day/{week}",
    ),
    row(
        "GET /board/{team}/{week}/add",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/add",
    ),
    row(
        "POST /board/{team}/{week}/add",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/add",
    ),
    row(
        "POST /board/{team}/{week}/undo",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/undo",
    ),
)

WEEKS = (
    row("GET /my-week", "200 200 200 200 403 403 403 303"),
    row("GET /my-week/{week}", "200 200 200 200 403 403 403 303", path="/my-week/{week}"),
    row(
        "GET /workers/{worker}/week/{week}",
        "200 200 200 404 403 200 403 303",
        path="/workers/W01/week/{week}",
    ),
)

EDIT = ("GET /tenants/{code}/edit/{part}/", "POST /tenants/{code}/edit/{part}/")
TENANTS = (
    row("GET /tenants", "200 200 200 200 200 200 403 303"),
    row("POST /tenants", "200 200 200 200 200 200 403 303"),
    row("GET /tenants/{code}", "200 200 200 404 200 200 403 303", path="/tenants/T-001"),
    row(
        "GET /tenants/{code}/history",
        "200 200 200 404 200 200 403 303",
        path="/tenants/T-001/history",
    ),
    row("GET /tenants/new", "403 403 200 200 403 200 403 303"),
    row("POST /tenants/new", "403 403 422 422 403 422 403 303"),
    *(
        row(f"{EDIT[0]}{{row}}", read, path=f"/tenants/T-001/edit/{part}")
        for part, read in (
            ("person/own", "200 200 200 404 403 200 403 303"),
            ("ethos/new", "200 200 200 404 403 200 403 303"),
            ("income/new", "200 200 200 404 403 200 403 303"),
            ("team/new", "403 403 200 404 403 200 403 303"),
            ("stay/new?choice=hospital", "200 200 200 404 403 403 403 303"),
            ("agreement/new", "200 200 200 404 403 403 403 303"),
            ("pause/new", "200 200 200 404 403 403 403 303"),
            ("series/new", "200 200 200 404 403 403 403 303"),
            ("appointment/new", "200 200 200 404 403 403 403 303"),
            ("flag/new", "200 200 200 404 403 403 403 303"),
            ("flag/own", "404 404 404 404 403 403 403 303"),
            ("exclusion/new", "403 403 200 404 403 403 403 303"),
            ("nothing/new", "404 404 404 404 403 404 403 303"),
        )
    ),
    *(
        row(f"{EDIT[1]}{{row}}", written, path=f"/tenants/T-001/edit/{part}/new")
        for part, written in (
            ("person", "422 422 422 404 403 422 403 303"),
            ("ethos", "422 422 422 404 403 422 403 303"),
            ("income", "422 422 422 404 403 422 403 303"),
            ("team", "403 403 422 404 403 422 403 303"),
            ("agreement", "422 422 422 404 403 403 403 303"),
            ("pause", "422 422 422 404 403 403 403 303"),
            ("series", "422 422 422 404 403 403 403 303"),
            ("appointment", "422 422 422 404 403 403 403 303"),
            ("flag", "422 422 422 404 403 403 403 303"),
            ("exclusion", "403 403 422 404 403 403 403 303"),
        )
    ),
    *(
        row(f"{EDIT[1]}{{row}}/remove", written, path=f"/tenants/T-001/edit/{part}/999999/remove")
        for part, written in (
            ("income", "404 404 404 404 403 404 403 303"),
            ("stay", "404 404 404 404 403 403 403 303"),
            ("exclusion", "403 403 404 404 403 403 403 303"),
        )
    ),
)

ADMINISTRATION = (
    row("GET /accounts", "403 403 403 403 403 403 200 303"),
    row("POST /accounts", "403 403 403 403 403 403 200 303"),
    row("GET /accounts/new", "403 403 403 403 403 403 200 303"),
    row("POST /accounts/new", "403 403 403 403 403 403 422 303"),
    row("GET /accounts/{account}", "403 403 403 403 403 403 200 303", path="/accounts/{account}"),
    row(
        "POST /accounts/{account}/roles",
        "403 403 403 403 403 403 422 303",
        path="/accounts/{account}/roles",
    ),
    row(
        "POST /accounts/{account}/password",
        "403 403 403 403 403 403 200 303",
        path="/accounts/{account}/password",
    ),
    row(
        "POST /accounts/{account}/deactivate",
        "403 403 403 403 403 403 303 303",
        path="/accounts/{account}/deactivate",
    ),
    row(
        "POST /accounts/{account}/activate",
        "403 403 403 403 403 403 303 303",
        path="/accounts/{account}/activate",
    ),
    row("GET /audit", "403 403 403 403 403 403 200 303"),
)

WORKERS = (
    row("GET /workers", "200 200 200 200 403 200 403 303"),
    row("GET /workers/{worker}", "200 200 200 404 404 200 404 303", path="/workers/W01"),
    row("GET /workers/new", "403 403 200 200 403 200 403 303"),
    row("POST /workers/new", "403 403 422 422 403 422 403 303"),
    *(
        row(
            "GET /workers/{worker}/edit/{part}/{row}",
            read,
            path=f"/workers/W01/edit/{part}",
        )
        for part, read in (
            ("worker/own", "403 403 200 404 404 200 404 303"),
            ("team/new", "403 403 200 404 404 200 404 303"),
            ("hours/new", "403 403 200 404 404 200 404 303"),
            ("absence/new", "200 403 200 404 404 200 404 303"),
            ("nothing/new", "404 404 404 404 404 404 404 303"),
        )
    ),
    *(
        row(
            "POST /workers/{worker}/edit/{part}/{row}",
            written,
            path=f"/workers/W01/edit/{part}",
        )
        for part, written in (
            ("worker/own", "403 403 422 404 404 422 404 303"),
            ("team/new", "403 403 422 404 404 422 404 303"),
            ("hours/new", "403 403 422 404 404 422 404 303"),
            ("absence/new", "422 403 422 404 404 422 404 303"),
        )
    ),
    row(
        "POST /workers/{worker}/edit/{part}/{row}/remove",
        "404 403 404 404 404 404 404 303",
        path="/workers/W01/edit/absence/999999/remove",
    ),
    row(
        "GET /teams/{team}/settings",
        "403 403 200 404 403 403 403 303",
        path="/teams/ACT/settings",
    ),
    row(
        "POST /teams/{team}/settings",
        "403 403 422 404 403 403 403 303",
        path="/teams/ACT/settings",
    ),
    row(
        "POST /teams/{team}/resources",
        "403 403 422 404 403 403 403 303",
        path="/teams/ACT/resources",
    ),
    row(
        "GET /board/{team}/{week}/duties",
        "403 403 200 404 403 403 403 303",
        path="/board/ACT/{week}/duties",
    ),
    row(
        "POST /board/{team}/{week}/duties",
        "403 403 422 404 403 403 403 303",
        path="/board/ACT/{week}/duties",
    ),
)

UNDO = (
    row(
        "POST /undo/{step}",
        "404 404 404 404 404 404 404 303",
        path="/undo/999999",
    ),
)

PROGRAMS = (
    row("GET /api/v1", ALL),
    row("GET /api/v1/openapi.json", ALL),
    row("GET /api/v1/me", "200 200 200 200 200 200 200 401"),
    row("GET /api/v1/tenants", "200 200 200 200 200 200 403 401"),
    row("POST /api/v1/tenants/search", "200 200 200 200 200 200 403 401", q="T-001"),
    row(
        "GET /api/v1/tenants/{code}",
        "200 200 200 404 200 200 403 401",
        path="/api/v1/tenants/T-001",
    ),
    row(
        "GET /api/v1/tenants/{code}/agreements",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/tenants/T-001/agreements",
    ),
)

SAFETY = (
    row("GET /lone", "200 200 200 200 403 200 403 303"),
    row("GET /lone/card", "200 200 200 200 403 200 403 303"),
    row("GET /lone/live", "200 200 200 200 403 200 403 303"),
    row("POST /lone", "422 422 422 422 403 422 403 303"),
    row("GET /lone/{check}", "200 200 200 404 403 404 403 303", path="/lone/{check}"),
    row(
        "POST /lone/{check}/extend",
        "303 303 303 404 403 404 403 303",
        path="/lone/{check}/extend",
    ),
    row("POST /lone/{check}/end", "422 422 422 404 403 404 403 303", path="/lone/{check}/end"),
    row(
        "POST /lone/{check}/signal",
        "204 403 403 404 403 404 403 303",
        path="/lone/{check}/signal",
    ),
    row("GET /alerts", "200 200 200 200 403 200 403 303"),
    row("GET /alerts/team/{team}", "200 200 200 404 403 200 403 303", path="/alerts/team/ACT"),
    row("GET /alerts/{alert}", "200 200 200 404 403 200 403 303", path="/alerts/{alert}"),
    row(
        "POST /alerts/{alert}/steps",
        "422 422 422 404 403 403 403 303",
        path="/alerts/{alert}/steps",
    ),
    row(
        "POST /alerts/{alert}/close",
        "403 403 422 404 403 403 403 303",
        path="/alerts/{alert}/close",
    ),
    row(
        "GET /tenants/{code}/alert",
        "200 200 200 404 403 200 403 303",
        path="/tenants/T-001/alert",
    ),
    row(
        "POST /tenants/{code}/overdose",
        "303 303 303 404 403 403 403 303",
        path="/tenants/T-001/overdose",
    ),
    row("GET /safety/{team}", "403 403 200 404 403 403 403 303", path="/safety/ACT"),
    row("POST /safety/{team}", "403 403 422 404 403 403 403 303", path="/safety/ACT"),
    row("POST /api/v1/tenants", "403 403 422 422 403 422 403 401"),
    row(
        "PUT /api/v1/tenants/{code}",
        "422 422 422 422 422 422 403 401",
        path="/api/v1/tenants/T-001",
    ),
    row(
        "POST /api/v1/tenants/{code}/agreements",
        "422 422 422 422 403 422 403 401",
        path="/api/v1/tenants/T-001/agreements",
    ),
    row("GET /api/v1/workers", "200 200 200 200 403 200 403 401"),
    row(
        "GET /api/v1/workers/{worker}",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/workers/W01",
    ),
    row("POST /api/v1/workers", "403 403 422 422 403 422 403 401"),
    row(
        "PUT /api/v1/workers/{worker}",
        "422 422 422 422 403 422 403 401",
        path="/api/v1/workers/W01",
    ),
    row(
        "POST /api/v1/workers/{worker}/absences",
        "422 422 422 422 403 422 403 401",
        path="/api/v1/workers/W01/absences",
    ),
    row(
        "PUT /api/v1/workers/{worker}/absences/{absence}",
        "422 422 422 422 403 422 403 401",
        path="/api/v1/workers/W01/absences/999999",
    ),
    row(
        "DELETE /api/v1/workers/{worker}/absences/{absence}",
        "412 403 412 404 403 412 403 401",
        path="/api/v1/workers/W01/absences/999999",
    ),
    row("GET /api/v1/absences", "200 200 200 200 403 200 403 401"),
    row("GET /api/v1/teams", "200 200 200 200 403 200 403 401"),
    row(
        "GET /api/v1/teams/{team}/rosters",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/teams/ACT/rosters",
    ),
    row(
        "GET /api/v1/teams/{team}/rosters/{week}",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/teams/ACT/rosters/{week}",
    ),
    row(
        "POST /api/v1/teams/{team}/rosters/{week}/publish",
        "403 403 412 404 403 403 403 401",
        path="/api/v1/teams/ACT/rosters/{week}/publish",
    ),
    row(
        "GET /api/v1/workers/{worker}/weeks/{week}",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/workers/W01/weeks/{week}",
    ),
    row(
        "GET /api/v1/visits/{visit}",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/visits/{visit}",
    ),
    *(
        row(
            f"POST /api/v1/visits/{{visit}}/{verb}",
            "403 403 412 404 403 403 403 401",
            path=f"/api/v1/visits/{{visit}}/{verb}",
        )
        for verb in ("pin", "unpin", "unplace", "cancel")
    ),
    *(
        row(
            f"POST /api/v1/visits/{{visit}}/{verb}",
            "422 422 422 422 403 422 403 401",
            path=f"/api/v1/visits/{{visit}}/{verb}",
        )
        for verb in ("move", "promise")
    ),
    row("GET /api/v1/encounters", "200 200 200 200 403 200 403 401"),
    row("POST /api/v1/encounters", "422 422 422 422 403 422 403 401"),
    row(
        "GET /api/v1/encounters/{encounter}",
        "200 200 200 404 403 200 403 401",
        path="/api/v1/encounters/{encounter}",
    ),
    row(
        "PUT /api/v1/encounters/{encounter}",
        "422 422 422 422 403 422 403 401",
        path="/api/v1/encounters/{encounter}",
    ),
    row("GET /api/v1/feeds", "200 200 200 200 200 200 200 401"),
    row("POST /api/v1/feeds", "422 422 422 422 422 422 422 401"),
    row(
        "DELETE /api/v1/feeds/{feed_id}",
        "204 404 404 404 404 404 204 401",
        path="/api/v1/feeds/{feed}",
    ),
)

DAY = (
    row("GET /today", "200 200 200 200 403 403 403 303"),
    row("GET /today/{day}", "200 200 200 200 403 403 403 303", path="/today/{week}"),
    row("GET /today/unrecorded", "200 200 200 200 403 403 403 303"),
    row(
        "GET /today/visits/{visit}",
        "200 200 200 404 403 403 403 303",
        path="/today/visits/{stop}",
    ),
    row(
        "POST /today/visits/{visit}",
        "422 422 422 404 403 403 403 303",
        path="/today/visits/{stop}",
    ),
    row(
        "POST /today/visits/{visit}/mark",
        "422 422 422 404 403 403 403 303",
        path="/today/visits/{stop}/mark",
    ),
    row(
        "GET /today/encounters/{encounter}",
        "200 200 200 404 403 403 403 303",
        path="/today/encounters/{encounter}",
    ),
    *(
        row(
            f"POST /today/encounters/{{encounter}}{part}",
            "422 422 422 404 403 403 403 303",
            path=f"/today/encounters/{{encounter}}{part}",
        )
        for part in ("", "/again", "/stay")
    ),
    row("GET /today/contact", "200 200 200 200 403 403 403 303"),
    row(
        "GET /today/contact/{code}",
        "200 200 200 404 403 403 403 303",
        path="/today/contact/T-001",
    ),
    row(
        "POST /today/contact/{code}",
        "422 422 422 404 403 403 403 303",
        path="/today/contact/T-001",
    ),
    row("GET /today/round", "200 200 200 200 403 403 403 303"),
    row("GET /today/offline/{language}", ALL, path="/today/offline/nl"),
    row("GET /today-worker.js", ALL),
    row("GET /manifest.webmanifest", ALL),
    row(
        "GET /workers/{worker}/day/{day}",
        "200 200 200 404 403 200 403 303",
        path="/workers/W01/day/{week}",
    ),
)

MORNING = (
    row("GET /morning", "303 303 303 303 403 200 403 303"),
    row("GET /morning/{team}", "200 200 200 404 403 200 403 303", path="/morning/ACT"),
    row("GET /morning/{team}/run", "200 200 200 404 403 200 403 303", path="/morning/ACT/run"),
    row(
        "POST /morning/{team}/names",
        "303 303 303 404 403 303 403 303",
        path="/morning/ACT/names",
    ),
    row("POST /morning/{team}/ask", "403 403 422 404 403 403 403 303", path="/morning/ACT/ask"),
    row(
        "POST /morning/{team}/forget",
        "403 403 422 404 403 403 403 303",
        path="/morning/ACT/forget",
    ),
    row(
        "POST /morning/{team}/replan",
        "403 403 303 404 403 403 403 303",
        path="/morning/ACT/replan",
    ),
)

ROWS: tuple[Row, ...] = (
    HOUSE
    + ACCOUNT
    + FEEDS
    + NOTICES
    + BOARDS
    + WEEKS
    + TENANTS
    + WORKERS
    + ADMINISTRATION
    + UNDO
    + PROGRAMS
    + SAFETY
    + MORNING
    + DAY
)
