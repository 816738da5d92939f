"""Who gets what from each route: the rows about safety and days, and all rows together."""

from tests.service.web.access_boards import BOARDS, WEEKS
from tests.service.web.access_people import (
    ACCOUNT,
    ADMINISTRATION,
    FEEDS,
    HOUSE,
    NOTICES,
    PROGRAMS,
    TENANTS,
    UNDO,
    WORKERS,
)
from tests.service.web.access_row import ALL, Row, row

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
        "POST /today/visits/{visit}/contact",
        "422 422 422 404 403 403 403 303",
        path="/today/visits/{stop}/contact",
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
        "GET /morning/{team}/visits/{visit}/others",
        "403 403 404 404 403 403 403 303",
        path="/morning/ACT/visits/1/others",
    ),
    row(
        "POST /morning/{team}/visits/{visit}/give",
        "403 403 422 404 403 403 403 303",
        path="/morning/ACT/visits/1/give",
    ),
    row("POST /morning/{team}/undo", "403 403 422 404 403 403 403 303", path="/morning/ACT/undo"),
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
