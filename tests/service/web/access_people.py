"""Rows of the access table about people: tenants, workers, accounts, feeds, notices, programs."""

from tests.service.web.access_row import ALL, row

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
            ("exclusion/new", "403 403 200 404 404 403 404 303"),
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
            ("exclusion/new", "403 403 422 404 404 403 404 303"),
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
    row("GET /teams/new", "403 403 403 403 403 200 403 303"),
    row("POST /teams/new", "403 403 403 403 403 422 403 303"),
    row(
        "GET /teams/{team}/settings/{part}/{row}",
        "403 403 200 404 403 403 403 303",
        path="/teams/ACT/settings/duty/new",
    ),
    row(
        "POST /teams/{team}/settings/{part}/{row}",
        "403 403 422 404 403 403 403 303",
        path="/teams/ACT/settings/preset/act",
    ),
    row(
        "POST /teams/{team}/settings/{part}/{row}/remove",
        "403 403 422 404 403 403 403 303",
        path="/teams/ACT/settings/preset/act/remove",
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
