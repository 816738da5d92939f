"""Who gets what from the routes of boards and weeks."""

from tests.service.web.access_row import row

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
        "POST /board/{team}/{week}/absences/{absence}/ask",
        "403 403 404 404 403 403 403 303",
        path="/board/ACT/{week}/absences/999999/ask",
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
