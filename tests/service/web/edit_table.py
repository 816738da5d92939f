"""Every route that changes something: how it is kept from overwriting what it has not seen."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Edit:
    """A form: its route, the page it stands on, where it goes, and what is filled in besides.

    `{name}` in a path or a value is an id of the scene.
    """

    route: str
    page: str
    action: str = ""
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """A program's request with `If-Match`."""

    method: str
    route: str
    path: str
    body: dict[str, object] | None = None


BOARD = "/board/{team}/{week}"
VISIT = f"{BOARD}/visits/{{visit}}"
TENANT = "/tenants/{code}/edit/{part}/{row}"
WORKER = "/workers/{worker}/edit/{part}/{row}"
PANEL = "/board/ACT/{week}?visit={visit}"
ON_PANEL = "/board/ACT/{week}/visits/{visit}"
T, W = "/tenants/T-001/edit", "/workers/W05/edit"

EDITS = (
    *(Edit(f"{VISIT}/{verb}", PANEL, f"{ON_PANEL}/{verb}") for verb in ("pin", "promise")),
    *(Edit(f"{VISIT}/{verb}", PANEL, f"{ON_PANEL}/{verb}") for verb in ("unplace", "cancel")),
    Edit(
        f"{VISIT}/move",
        PANEL,
        f"{ON_PANEL}/move",
        {"day": "{week}", "time": "10:00", "workers": "W05"},
    ),
    *(
        Edit(TENANT, f"{T}/{part}/{{{part}}}")
        for part in ("stay", "series", "appointment", "income", "ethos", "exclusion", "team")
    ),
    Edit(TENANT, f"{T}/person/own", typed={"first_name": "Other"}),
    Edit(TENANT, f"{T}/agreement/new", typed={"starts_on": "{today}"}),
    Edit(TENANT, f"{T}/flag/own", typed={"review_on": "{later}"}),
    Edit(
        f"{TENANT}/remove", f"{T}/flag/own", f"{T}/flag/own/remove", {"lift_reason": "It is over."}
    ),
    *(
        Edit(f"{TENANT}/remove", f"{T}/{part}/{{{part}}}", f"{T}/{part}/{{{part}}}/remove")
        for part in ("series", "appointment", "income", "exclusion")
    ),
    Edit(WORKER, f"{W}/worker/own", typed={"first_name": "Other"}),
    Edit(WORKER, f"{W}/hours/{{hours}}"),
    Edit(WORKER, f"{W}/absence/{{absence}}"),
    Edit(f"{WORKER}/remove", f"{W}/absence/{{absence}}", f"{W}/absence/{{absence}}/remove"),
    Edit("/teams/{team}/settings", "/teams/ACT/settings"),
    Edit("/teams/{team}/settings/{part}/{row}", "/teams/ACT/settings/preset/stable"),
    Edit("/safety/{team}", "/safety/ACT"),
    Edit("/accounts/{account}/roles", "/accounts/{account}", "/accounts/{account}/roles"),
    Edit("/today/encounters/{encounter}", "/today/encounters/{encounter}"),
    Edit(
        "/alerts/{alert}/close",
        "/alerts/{alert}",
        "/alerts/{alert}/close",
        {"reason": "heard_from"},
    ),
)

PERSON: dict[str, object] = {
    "first_name": "Other",
    "last_name": "Name",
    "birth_date": "1976-05-01",
    "gender": "m",
    "referred_on": "2020-01-01",
}
CALLS = (
    Call("PUT", "/tenants/{code}", "/tenants/T-001", PERSON),
    Call(
        "POST",
        "/tenants/{code}/agreements",
        "/tenants/T-001/agreements",
        {
            "starts_on": "{today}",
            "contacts": 1,
            "period_days": 7,
            "longest_gap_days": 10,
            "minutes": 45,
        },
    ),
    Call(
        "PUT",
        "/workers/{worker}",
        "/workers/W05",
        {
            "first_name": "Other",
            "last_name": "Name",
            "discipline": "social_worker",
            "gender": "f",
            "employed_from": "2020-01-01",
        },
    ),
    Call(
        "PUT",
        "/workers/{worker}/absences/{absence}",
        "/workers/W05/absences/{absence}",
        {"starts_at": "2027-03-01T08:00:00Z", "ends_at": "2027-03-02T08:00:00Z"},
    ),
    Call("DELETE", "/workers/{worker}/absences/{absence}", "/workers/W05/absences/{absence}"),
    Call("POST", "/teams/{team}/rosters/{week}/publish", "/teams/ACT/rosters/{week}/publish"),
    *(
        Call("POST", f"/visits/{{visit}}/{verb}", f"/visits/{{visit}}/{verb}")
        for verb in ("pin", "unpin", "unplace", "cancel")
    ),
    Call("POST", "/visits/{visit}/promise", "/visits/{visit}/promise", {"promised": True}),
    Call(
        "POST",
        "/visits/{visit}/move",
        "/visits/{visit}/move",
        {"day": "{week}", "time": "10:00", "workers": ["W05"]},
    ),
    Call(
        "PUT",
        "/encounters/{encounter}",
        "/encounters/{encounter}",
        {
            "kind": "phone",
            "outcome": "done",
            "starts_at": "2026-11-20T09:00:00Z",
            "minutes": 10,
        },
    ),
)

OTHERWISE = {
    # Forms with a version whose page needs more than the scene has: tests of their own.
    f"POST {VISIT}/unpin": "as pin",
    f"POST {VISIT}/swap": "tests/service/rounds/test_editing.py",
    f"POST {VISIT}/levers": "tests/service/rounds/test_levers.py",
    f"POST {BOARD}/duties": "tests/service/rounds/test_pages_duties.py",
    f"POST {BOARD}/publish": "tests/service/rounds/test_pages_planning.py",
    f"POST {BOARD}/runs/{{run}}/accept": "tests/service/rounds/test_proposals.py",
    "POST /teams/{team}/settings/{part}/{row}/remove": "tests/service/teams/test_settings_page.py",
    "POST /morning/{team}/visits/{visit}/give": "tests/service/morning/test_meeting_page.py",
    "POST /morning/{team}/undo": "tests/service/morning/test_meeting_page.py",
    f"POST {BOARD}/undo": "tests/service/rounds/test_undoing.py",
    "POST /undo/{step}": "tests/service/people/test_editing.py",
    "POST /morning/{team}/forget": "tests/service/morning/test_meeting_page.py",
    # What is only added to, or asked for: nothing is overwritten.
    f"POST {BOARD}/add": "a visit more",
    f"POST {BOARD}/plan": "a run, one at a time; what comes of it is accepted with a version",
    f"POST {BOARD}/repair": "likewise",
    f"POST {BOARD}/runs/{{run}}/cancel": "a run that is over stays as it is",
    f"POST {BOARD}/runs/{{run}}/discard": "likewise",
    f"POST {BOARD}/workers/{{worker}}/away": "an absence more",
    "POST /morning/{team}/ask": "a wish more, once per tenant and day",
    f"POST {BOARD}/absences/{{absence}}/ask": "a run",
    "POST /morning/{team}/replan": "a run",
    "POST /today/visits/{visit}/contact": "an encounter more, once per client id",
    "POST /alerts/{alert}/steps": "a step more",
    "POST /tenants/{code}/overdose": "an event more, once per day",
    "POST /lone": "a check, one per worker",
    "POST /lone/{check}/extend": "counted from what stands, in one statement",
    "POST /lone/{check}/end": "ended once",
    "POST /lone/{check}/signal": "told again and again",
    "POST /today/visits/{visit}": "recorded once per visit",
    "POST /today/visits/{visit}/mark": "marked once per worker",
    "POST /today/contact/{code}": "an encounter more, once per client id",
    "POST /today/encounters/{encounter}/again": "a wish, once per visit",
    "POST /today/encounters/{encounter}/stay": "a stay more",
    "POST /tenants/new": "somebody new",
    "POST /workers/new": "somebody new",
    "POST /teams/new": "a team more",
    "POST /teams/{team}/resources": "a period of its own from a day on",
    "POST /accounts/new": "somebody new",
    "POST /accounts/{account}/password": "made anew, told to who asked",
    "POST /accounts/{account}/deactivate": "ended or not",
    "POST /accounts/{account}/activate": "likewise",
    "POST /api/v1/tenants": "somebody new",
    "POST /api/v1/workers": "somebody new",
    "POST /api/v1/workers/{worker}/absences": "an absence more",
    "POST /api/v1/encounters": "once per client id",
    "POST /api/v1/feeds": "an address more",
    "DELETE /api/v1/feeds/{feed_id}": "ended once",
    # Searches, whose words must not stand in an address.
    "POST /tenants": "a search",
    "POST /accounts": "a search",
    "POST /api/v1/tenants/search": "a search",
    # One's own, which nobody else edits.
    "POST /sign-in": "one's own",
    "POST /sign-out": "one's own",
    "POST /language": "one's own",
    "POST /board/view": "one's own",
    "POST /morning/{team}/names": "one's own",
    **{
        f"POST /account/{part}": "one's own"
        for part in (
            "sign-out-everywhere",
            "devices/{device}/sign-out",
            "password",
            "tokens",
            "tokens/{token}/revoke",
            "notices",
            "notices/address",
            "notices/address/confirm",
            "notices/address/remove",
            "notices/browsers",
            "notices/browsers/mine",
            "notices/browsers/{browser}/remove",
        )
    },
    **{
        f"POST /{path}": "one's own"
        for path in (
            "feeds",
            "feeds/{feed_id}/renew",
            "feeds/{feed_id}/revoke",
            "notices/read",
            "notices/{notice}/read",
            "notices/{notice}/unread",
        )
    },
}
"""Routes beside the two lists above, each with why it is not there."""
