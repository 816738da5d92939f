"""What a phone keeps of today, and what it sends later: once, and for its own visit."""

import json
from pathlib import Path

from service import clock
from service.database.sql import fetch_all, fetch_value
from tests.service.encounters.scene import MORNING, brussels, monday_in_town
from tests.service.rounds.readers import reading
from tests.support.database import Server
from tests.support.web import browser, make_app


async def test_the_phone_keeps_codes_and_addresses_and_nothing_else(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(MORNING):
        await monday_in_town()
        async with reading(tmp_path, "worker", Accept="application/json") as worker:
            answer = await worker.get("/today/round")
            shell = (await worker.get("/today/offline/nl")).text
    kept = json.loads(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert set(kept) == {"account", "csrf", "day", "until", "stops"}
    assert kept["until"] == "2026-11-30T23:00:00Z"
    assert [stop["tenant"] for stop in kept["stops"]] == ["T-001", "T-002"]
    assert set(kept["stops"][0]) == {
        "visit", "tenant", "kind", "starts_at", "ends_at", "street", "town", "access", "dog",
        "pair", "partners", "outcome",
    }  # fmt: skip
    for secret in ("Given", "Family", "0470", "worker", "daily_matters"):
        assert secret not in answer.text
    for secret in ("T-001", "csrf", "Rue du Secret"):
        assert secret not in shell


async def test_nobody_signed_in_gets_no_round(database: Server, tmp_path: Path) -> None:
    await monday_in_town()
    async with browser(make_app(tmp_path), Accept="application/json") as nobody:
        assert (await nobody.get("/today/round")).status_code == 401


async def test_a_program_that_sends_twice_is_told_the_same(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(brussels(10, 30)):
        monday = await monday_in_town()
        fields = {
            "outcome": "done",
            "client_id": "0b6c2a52-6f4e-4d0e-9a6f-3f2a4b1c0009",
            "noted_at": "2026-11-30T09:20:00.000Z",
        }
        async with reading(tmp_path, "worker") as worker:
            token = await worker.token("/today")
            answers = [
                await worker.client.post(
                    f"/today/visits/{monday.alone}",
                    data=fields,
                    headers={"Accept": "application/json", "X-CSRF-Token": token},
                )
                for _ in range(2)
            ]
    first, second = (answer.json() for answer in answers)
    assert first == second
    assert first["differs"] is False
    assert await fetch_value("select count(*) from encounters") == 1


async def test_a_contact_that_a_phone_kept_is_said_of_its_visit_once(
    database: Server, tmp_path: Path
) -> None:
    """The phone knows the visit and no code; what it noted at 9:20 arrives at 10:30, twice."""
    with clock.stopped(brussels(10, 30)):
        monday = await monday_in_town()
        fields = {
            "way": "phone",
            "outcome": "done",
            "client_id": "0b6c2a52-6f4e-4d0e-9a6f-3f2a4b1c0010",
            "noted_at": "2026-11-30T08:20:00.000Z",
        }
        path = f"/today/visits/{monday.alone}/contact"
        async with reading(tmp_path, "worker") as worker:
            token = await worker.token("/today")
            headers = {"Accept": "application/json", "X-CSRF-Token": token}
            answers = [
                await worker.client.post(path, data=fields, headers=headers) for _ in range(2)
            ]
            wrong = await worker.client.post(path, data={"way": "owl"}, headers=headers)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert wrong.status_code == 422
    rows = await fetch_all("select tenant, visit, kind, starts_at, late from encounters")
    assert rows == [
        {
            "tenant": monday.tenants[0],
            "visit": None,
            "kind": "phone",
            "starts_at": brussels(9, 20),
            "late": False,
        }
    ]


async def test_only_a_tenant_of_todays_round_can_be_kept(database: Server, tmp_path: Path) -> None:
    with clock.stopped(MORNING):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            known = (await worker.get("/today/contact/T-001")).text
            other = (await worker.get("/today/contact/T-003")).text
    assert f'data-visit="{monday.alone}"' in known
    assert "data-visit" not in other


async def test_the_service_worker_may_control_today_and_names_its_files(
    database: Server, tmp_path: Path
) -> None:
    async with reading(tmp_path, "nobody") as nobody:
        answer = await nobody.get("/today-worker.js")
        manifest = (await nobody.get("/manifest.webmanifest")).json()
        for icon in manifest["icons"]:
            found = await nobody.get(icon["src"])
            assert found.headers["content-type"] == "image/png"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == "/today"
    assert "/js/offline.js" in answer.text
    assert manifest["start_url"] == "/today"
