"""What programs change is done by the pages' own actions, with their refusals."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from service import clock
from service.database.sql import fetch_all, fetch_value
from tests.service import factories
from tests.service.api.conftest import Programs
from tests.service.rounds import drafted

PERSON: dict[str, Any] = {
    "first_name": "Ama",
    "last_name": "Voorbeeld",
    "birth_date": "1980-02-03",
    "gender": "f",
    "languages": ["fr"],
    "referred_on": "2025-01-06",
    "accepted_on": "2025-01-06",
}


async def test_a_tenant_is_added_changed_and_found(programs: Programs) -> None:
    token = await programs.token("lead")
    new = {**PERSON, "funder": "cocom", "team": "ACT", "team_from": "2025-01-06"}
    made = await programs.ask("POST", "/tenants", token=token, json=new)
    assert made.status_code == 201, made.text
    code = made.json()["code"]
    assert made.headers["location"] == f"/api/v1/tenants/{code}"
    assert made.json()["support"]["funder"] == "cocom"
    headers = {"If-Match": made.headers["etag"]}
    changed = await programs.ask(
        "PUT",
        f"/tenants/{code}",
        token=token,
        json={**PERSON, "last_name": "Özgür"},
        headers=headers,
    )
    assert (changed.status_code, changed.json()["last_name"]) == (200, "Özgür")
    found = await programs.ask("POST", "/tenants/search", token=token, json={"q": "ozgur"})
    assert [one["code"] for one in found.json()["items"]] == [code]
    late = await programs.ask("PUT", f"/tenants/{code}", token=token, json=PERSON, headers=headers)
    assert late.status_code == 412
    assert (await programs.ask("GET", f"/tenants/{code}", token=token)).json()[
        "last_name"
    ] == "Özgür"


async def test_an_action_s_refusals_stand_beside_the_field(programs: Programs) -> None:
    token = await programs.token("lead")
    new = {
        **PERSON,
        "birth_date": "1901-01-01",
        "ended_on": "2024-01-01",
        "funder": "cocom",
        "team": "ACT",
        "team_from": "2025-01-06",
    }
    answer = await programs.ask("POST", "/tenants", token=token, json=new)
    assert answer.status_code == 422
    assert {"/birth_date", "/end_reason"} <= {one["pointer"] for one in answer.json()["errors"]}


async def test_a_reader_s_change_is_forbidden(programs: Programs) -> None:
    for actor, path, method in (("housing", "/tenants/T-001", "PUT"),):
        token = await programs.token(actor)
        version = {"If-Match": '"1"'}
        answer = await programs.ask(method, path, token=token, json=PERSON, headers=version)
        assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1#problem-forbidden")
    colleague = await programs.token("coordinator")
    body = {"contacts": 1, "period_days": 7, "longest_gap_days": 10, "minutes": 45}
    body |= {"starts_on": clock.today().isoformat()}
    answer = await programs.ask(
        "POST",
        "/tenants/T-001/agreements",
        token=colleague,
        json=body,
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 403


async def test_an_agreement_replaces_the_one_before(programs: Programs) -> None:
    token = await programs.token("worker")
    read = await programs.ask("GET", "/tenants/T-001/agreements", token=token)
    today = clock.today()
    body = {
        "starts_on": (today + timedelta(days=1)).isoformat(),
        "preset": "act",
        "contacts": 2,
        "period_days": 7,
        "longest_gap_days": 5,
        "minutes": 45,
        "wanted": ["W01"],
    }
    headers = {"If-Match": read.headers["etag"]}
    made = await programs.ask(
        "POST", "/tenants/T-001/agreements", token=token, json=body, headers=headers
    )
    assert made.status_code == 201, made.text
    newest = made.json()["items"][0]
    assert (newest["preset"], newest["contacts"]) == ("act", 2)
    assert newest["wishes"] == [{"worker": "W01", "wish": "wanted"}]
    assert made.json()["version"] == int(read.headers["etag"].strip('"')) + 1


async def test_an_encounter_is_recorded_once_and_corrected(programs: Programs) -> None:
    token = await programs.token("worker")
    body = {"client_id": str(uuid4()), "outcome": "done", "tenant": "T-001", "kind": "phone"}
    body |= {"reasons": ["housing"], "supplies": {"food_parcel": 1}, "minutes": 12}
    before = await fetch_value("select count(*) from encounters")
    first = await programs.ask("POST", "/encounters", token=token, json=body)
    assert first.status_code == 201, first.text
    again = await programs.ask("POST", "/encounters", token=token, json=body)
    assert again.json() == first.json()
    assert await fetch_value("select count(*) from encounters") == before + 1
    said = first.json()
    assert (said["tenant"], said["workers"], said["supplies"]) == (
        "T-001",
        ["W01"],
        {"food_parcel": 1},
    )
    assert said["starts_at"].endswith("Z")
    correction = {"kind": "phone", "outcome": "refused", "starts_at": said["starts_at"]}
    corrected = await programs.ask(
        "PUT",
        f"/encounters/{said['id']}",
        token=token,
        json=correction | {"minutes": 5},
        headers={"If-Match": first.headers["etag"]},
    )
    assert (corrected.status_code, corrected.json()["outcome"]) == (200, "refused")
    other = await programs.token("stranger")
    assert (await programs.ask("GET", f"/encounters/{said['id']}", token=other)).status_code == 404
    stolen = await programs.ask("POST", "/encounters", token=other, json=body)
    assert stolen.status_code == 404


async def test_an_encounter_says_what_is_missing(programs: Programs) -> None:
    token = await programs.token("worker")
    body: dict[str, Any] = {"client_id": str(uuid4()), "outcome": "done"}
    answer = await programs.ask("POST", "/encounters", token=token, json=body)
    assert {one["pointer"] for one in answer.json()["errors"]} == {"/tenant", "/kind"}
    body |= {"visit": programs.world.ids["visit"], "tenant": "T-001"}
    answer = await programs.ask("POST", "/encounters", token=token, json=body)
    assert {one["pointer"] for one in answer.json()["errors"]} == {"/tenant"}
    unplanned = {"client_id": str(uuid4()), "outcome": "done", "tenant": "T-001", "kind": "at_door"}
    for pieces, status in ((501, 422), (500, 201)):
        body = unplanned | {"supplies": {"condoms": pieces}}
        answer = await programs.ask("POST", "/encounters", token=token, json=body)
        assert answer.status_code == status, answer.text


async def test_absences_are_entered_changed_and_taken_away(programs: Programs) -> None:
    token = await programs.token("lead")
    body = {"starts_at": "2026-03-02T08:00:00+01:00", "ends_at": "2026-03-04T17:00:00+01:00"}
    made = await programs.ask("POST", "/workers/W01/absences", token=token, json=body)
    assert made.status_code == 201, made.text
    assert made.json()["starts_at"] == "2026-03-02T07:00:00Z"
    path = f"/workers/W01/absences/{made.json()['id']}"
    wrong = {**body, "ends_at": body["starts_at"]}
    headers = {"If-Match": made.headers["etag"]}
    refused = await programs.ask("PUT", path, token=token, json=wrong, headers=headers)
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/ends_at"]
    listed = await programs.ask(
        "GET", "/absences", token=token, params={"from": "2026-03-03", "to": "2026-03-03"}
    )
    assert [one["id"] for one in listed.json()["items"]] == [made.json()["id"]]
    gone = await programs.ask("DELETE", path, token=token, headers=headers)
    assert (gone.status_code, gone.content) == (204, b"")
    stranger = await programs.token("stranger")
    answer = await programs.ask("POST", "/workers/W01/absences", token=stranger, json=body)
    assert answer.status_code == 404


async def test_a_move_that_a_rule_forbids_is_refused_with_its_sentence(
    programs: Programs,
) -> None:
    await factories.agreement(tenant=1)
    week = drafted.next_monday()
    (act,) = programs.world.viewers["lead"].teams()
    visit = await drafted.visit(await drafted.roster(act, week), 1)
    token = await programs.token("lead")
    read = await programs.ask("GET", f"/visits/{visit}", token=token)
    assert read.json()["state"] == "waiting"
    path, headers = f"/visits/{visit}/move", {"If-Match": read.headers["etag"]}
    sunday = (week + timedelta(days=6)).isoformat()
    body = {"day": sunday, "time": "09:30", "workers": ["W01"]}
    refused = await programs.ask("POST", path, token=token, json=body, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/v1#problem-rule")
    assert [one["detail"] for one in refused.json()["errors"]] != []
    assert "Family" not in refused.text
    assert (await programs.ask("GET", f"/visits/{visit}", token=token)).json() == read.json()
    odd = {**body, "time": "09:31"}
    answer = await programs.ask("POST", path, token=token, json=odd, headers=headers)
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/time"]
    good = {**body, "day": week.isoformat(), "time": "11:00"}
    done = await programs.ask("POST", path, token=token, json=good, headers=headers)
    assert done.status_code == 200, done.text
    path = f"/teams/ACT/rosters/{week.isoformat()}"
    roster = await programs.ask("GET", path, token=token)
    assert roster.headers["etag"] == done.headers["etag"]
    published = await programs.ask(
        "POST", f"{path}/publish", token=token, headers={"If-Match": roster.headers["etag"]}
    )
    assert published.status_code == 200, published.text
    assert published.json() == {
        "revision": 1,
        "version": int(published.headers["etag"].strip('"')),
        "changes": 1,
    }
    week_path = f"/workers/W01/weeks/{week.isoformat()}"
    stops = (await programs.ask("GET", week_path, token=token)).json()["stops"]
    assert [stop["visit"] for stop in stops] == [visit]


async def test_a_feed_s_address_is_given_once(programs: Programs) -> None:
    token = await programs.token("worker")
    body = {"device": "wall screen", "scope": "team", "team": "ACT", "language": "nl"}
    made = await programs.ask("POST", "/feeds", token=token, json=body)
    assert made.status_code == 201, made.text
    address = made.json()["address"]
    assert (await programs.client.get(address)).status_code == 200
    listed = await programs.ask("GET", "/feeds", token=token)
    assert "wall screen" in listed.text
    assert address not in listed.text
    body = {**body, "team": "ICM", "device": "another"}
    other = await programs.ask("POST", "/feeds", token=token, json=body)
    assert [one["pointer"] for one in other.json()["errors"]] == ["/team"]
    path = f"/feeds/{made.json()['feed']['id']}"
    assert (await programs.ask("DELETE", path, token=token)).status_code == 204
    assert (await programs.ask("DELETE", path, token=token)).status_code == 404


async def test_changes_are_in_the_trail_with_the_account(programs: Programs) -> None:
    token = await programs.token("lead")
    read = await programs.ask("GET", "/tenants/T-001", token=token)
    headers = {"If-Match": read.headers["etag"]}
    await programs.ask("PUT", "/tenants/T-001", token=token, json=PERSON, headers=headers)
    rows = await fetch_all("select * from audit_entries where action = 'change person'")
    assert [row["account_id"] for row in rows] == [programs.world.viewers["lead"].account]
