"""The worker's day as a page: what is at the door, what stays out of it, what follows from it."""

from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.encounters.actions import mark_visit
from service.encounters.states import MarkKind
from service.rounds.seeing import Sight, seen_by
from tests.service import factories as make
from tests.service.encounters.scene import MONDAY, MORNING, brussels, monday_in_town
from tests.service.feeds.published import publish
from tests.service.rounds.readers import Reader, reading
from tests.support.counting import counted_statements
from tests.support.database import Server


def card(html: str) -> str:
    return html.partition('class="next')[2].partition("</section>")[0]


async def said(worker: Reader, visit: int, outcome: str) -> str:
    """Say how a visit went; returns where the browser is led."""
    answer = await worker.post(f"/today/visits/{visit}", on="/today", outcome=outcome)
    assert answer.status_code == 303
    return str(answer.headers["location"]).partition("?")[0]


async def test_the_next_stop_has_what_is_needed_at_the_door(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(MORNING):
        monday = await monday_in_town()
        await execute(
            "update stays set dogs = true, access_note = 'third bell' where tenant = $1",
            monday.tenants[0],
        )
        await make.safety_flag(tenant=monday.tenants[0])
        async with reading(tmp_path, "worker") as worker:
            seen = (await worker.get("/today")).text
    first = card(seen)
    for shown in ("Next, 09:30", "in 20 min", "T-001", "G. F.", "third bell", "dog", "Two workers"):
        assert shown in first
    assert "geo:50.8503,4.3517" in first
    assert "GivenT-001" not in seen
    assert "Lunch" in seen
    assert 'href="/today/visits/' in seen


async def test_what_is_recorded_is_no_longer_next(database: Server, tmp_path: Path) -> None:
    with clock.stopped(brussels(10, 40)):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            assert "T-001" in card((await worker.get("/today")).text)
            where = await said(worker, monday.alone, "done")
            assert "T-002" in card((await worker.get("/today")).text)
            assert "Saved" in (await worker.get(f"{where}?new=true")).text
            await said(worker, monday.pair, "refused")
            assert "Everything of today is recorded" in (await worker.get("/today")).text


async def test_what_was_forgotten_does_not_hide_the_next_door(
    database: Server, tmp_path: Path
) -> None:
    monday = await monday_in_town()
    seen = {}
    for hour, minute in ((10, 40), (10, 50), (13, 0)):
        with clock.stopped(brussels(hour, minute)):
            async with reading(tmp_path, "worker") as worker:
                seen[hour, minute] = (await worker.get("/today")).text
    for page, shown in (
        (seen[10, 40], "Now, 09:30"),
        (seen[10, 50], "Next, 11:00"),
        (seen[13, 0], "Still to record, 09:30"),
    ):
        assert shown in card(page)
    assert "not recorded yet" not in seen[10, 40]
    assert "1 visit is not recorded yet" in seen[10, 50]
    with clock.stopped(brussels(10, 30)):
        await mark_visit(monday.worker, monday.alone, MarkKind.ARRIVED)
    with clock.stopped(brussels(11, 40)):  # who arrived late is still there
        async with reading(tmp_path, "worker") as worker:
            assert "Now, 09:30" in card((await worker.get("/today")).text)


async def test_a_day_without_visits_leads_to_the_next_round(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(MORNING - timedelta(days=1)):
        await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            before = (await worker.get("/today")).text
            after = (await worker.get(f"/today/{MONDAY + timedelta(days=6)}")).text
    assert f'href="/today/{MONDAY}">Next round: Mon' in before
    assert "Next round" not in after
    assert 'href="/my-week"' in after


async def test_reading_a_day_leaves_an_audit_entry(database: Server, tmp_path: Path) -> None:
    with clock.stopped(MORNING):
        await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            await worker.get("/today")
    entries = await fetch_all(
        "select object_id, detail->>'count' as count from audit_entries"
        " where action = 'read' and object_kind = 'round'"
    )
    assert entries == [{"object_id": "W-01", "count": "2"}]


async def test_who_opens_a_day_has_seen_its_week(database: Server, tmp_path: Path) -> None:
    """Of the day's own week; also where the team has no roster of it."""
    with clock.stopped(MORNING):
        monday = await monday_in_town()
        await make.insert(
            "roster_changes",
            roster=monday.roster,
            revision=1,
            visit=monday.pair,
            kind="new",
            after={"workers": ["W-01", "W-02"]},
            changed_at=MORNING - timedelta(days=1),
        )
        async with reading(tmp_path, "worker") as worker, reading(tmp_path, "stranger") as other:
            for path in ("/today", "/today/2026-12-08", "/today/unrecorded"):
                assert (await worker.get(path)).status_code == 200
            assert (await other.get("/today")).status_code == 200
        _revision, seen = await seen_by(monday.lead, team="ACT", week=MONDAY)
    opened = await fetch_all(
        "select w.code, v.week, v.opened_at from roster_views v"
        " join workers w on w.id = v.worker order by w.code, v.week"
    )
    assert [(row["code"], row["week"]) for row in opened] == [
        ("W-01", MONDAY),
        ("W-01", MONDAY + timedelta(days=7)),
        ("W-09", MONDAY),
    ]
    assert {row["opened_at"] for row in opened} == {MORNING}
    assert {one.worker: one.sight for one in seen} == {
        "W-01": Sight.OPENED,
        "W-02": Sight.NOT_YET,
    }


async def test_the_second_of_a_pair_is_led_to_what_stands(database: Server, tmp_path: Path) -> None:
    with clock.stopped(brussels(12)):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            await said(worker, monday.pair, "not_home")
        async with reading(tmp_path, "colleague") as colleague:
            answer = await colleague.post(
                f"/today/visits/{monday.pair}", on="/today/contact/T-002", outcome="done"
            )
            where = answer.headers["location"]
            assert where.endswith("?already=true")
            assert "A colleague had recorded" in (await colleague.get(where)).text


@pytest.mark.parametrize("outcome", ["", "splendid"])
async def test_an_unknown_outcome_loses_nothing(
    database: Server, tmp_path: Path, outcome: str
) -> None:
    with clock.stopped(brussels(12)):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            answer = await worker.post(
                f"/today/visits/{monday.alone}", on="/today", outcome=outcome
            )
    assert answer.status_code == 422
    assert await fetch_value("select count(*) from encounters") == 0


async def test_a_visit_of_tomorrow_can_be_called_off_and_not_be_done(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(MORNING - timedelta(days=1)):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            page = (await worker.get("/today/2026-11-30")).text
            assert "Called off?" in page
            assert 'value="done"' not in page
            path = f"/today/visits/{monday.alone}"
            refused = await worker.post(path, on="/today/contact/T-001", outcome="done")
            assert refused.status_code == 422
            await said(worker, monday.alone, "cancelled_by_tenant")
    assert await fetch_value("select outcome from encounters") == "cancelled_by_tenant"


async def test_hospital_proposes_a_stay_and_asks_for_a_visit_there(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(brussels(12)):
        monday = await monday_in_town()
        ward = await make.place(kind="hospital", name_fr="Hôpital inventé", name_nl="Ziekenhuis")
        async with reading(tmp_path, "worker") as worker:
            where = await said(worker, monday.alone, "in_hospital")
            assert "In hospital: since when" in (await worker.get(where)).text
            assert await fetch_value("select count(*) from visits where state = 'waiting'") == 0
            refused = await worker.post(
                f"{where}/stay", on=where, since="2026-11-29", place="", permit="true"
            )
            assert refused.status_code == 422
            answer = await worker.post(
                f"{where}/stay",
                on=where,
                since="2026-11-29",
                place=str(ward),
                from_time="14:00",
                to_time="18:30",
                permit="true",
            )
            assert answer.status_code == 303
            assert "In hospital: since when" not in (await worker.get(where)).text
    stay = await fetch_all(
        "select kind, place, permit_needed, jsonb_array_length(visiting_windows) as days"
        " from stays where starts_on = '2026-11-29'"
    )
    assert stay == [{"kind": "hospital", "place": ward, "permit_needed": True, "days": 7}]
    assert await fetch_value("select place from visits where state = 'waiting'") == ward


async def test_an_earlier_contact_is_late_and_a_later_one_refused(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(brussels(12)):
        await monday_in_town()
        path = "/today/contact/T-003"
        async with reading(tmp_path, "worker") as worker:
            later = await worker.post(
                path, on=path, way="door", outcome="done", day="2026-12-01", time="09:00"
            )
            assert later.status_code == 422
            assert "still to come" in later.text
            timeless = await worker.post(
                path, on=path, way="door", outcome="done", day="2026-11-27", time=""
            )
            assert timeless.status_code == 422
            assert 'value="2026-11-27"' in timeless.text
            await worker.post(
                path, on=path, way="door", outcome="done", day="2026-11-27", time="09:05"
            )
    assert await fetch_all("select kind, minutes, late, starts_at from encounters") == [
        {
            "kind": "at_door",
            "minutes": 10,
            "late": True,
            "starts_at": brussels(9, 5, day=27).astimezone(UTC),
        }
    ]


@pytest.mark.parametrize(
    ("device", "address"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "maps://?daddr=50.8503,4.3517"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 6)", "geo:50.8503,4.3517?q=50.8503,4.3517"),
    ],
)
async def test_the_route_opens_the_map_of_the_device(
    database: Server, tmp_path: Path, device: str, address: str
) -> None:
    with clock.stopped(MORNING):
        await monday_in_town()
        async with reading(tmp_path, "worker", **{"User-Agent": device}) as worker:
            assert f'href="{address}"' in (await worker.get("/today")).text


async def test_the_second_to_correct_is_told_and_keeps_what_was_typed(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(brussels(12)):
        monday = await monday_in_town()
        async with reading(tmp_path, "worker") as worker:
            where = await said(worker, monday.alone, "done")
            fields: dict[str, Any] = {
                "version": "1",
                "kind": "home_visit",
                "outcome": "shortened",
                "day": "2026-11-30",
                "time": "09:30",
                "minutes": "35",
                "reasons": ["medical", "crisis"],
                "condoms": "4",
            }
            assert (await worker.post(where, on=where, **fields)).status_code == 303
            stale = await worker.post(where, on=where, **(fields | {"minutes": "77"}))
            assert stale.status_code == 409
            assert 'value="77"' in stale.text
            wrong = await worker.post(where, on=where, **(fields | {"minutes": "many"}))
            assert wrong.status_code == 422
            assert "What it said before" in (await worker.get(where)).text
    row = await fetch_all("select outcome, minutes, reasons from encounters")
    assert row == [{"outcome": "shortened", "minutes": 35, "reasons": ["medical", "crisis"]}]


async def test_more_stops_ask_no_more_of_the_database(database: Server, tmp_path: Path) -> None:
    with clock.stopped(MORNING):
        monday = await monday_in_town()
        counts = []
        async with reading(tmp_path, "worker") as worker:
            await worker.get("/today")
            for hour in (14, 16):
                with counted_statements() as counted:
                    await worker.get("/today")
                counts.append(counted.statements)
                await publish(
                    team=monday.team,
                    workers=monday.workers[:1],
                    starts_at=brussels(hour),
                    tenant=monday.tenants[2],
                )
    assert counts[0] == counts[1]


async def test_the_lead_prints_the_day_of_a_worker(database: Server, tmp_path: Path) -> None:
    with clock.stopped(MORNING):
        await monday_in_town()
        async with reading(tmp_path, "lead") as lead:
            sheet = (await lead.get("/workers/W-01/day/2026-11-30")).text
        async with reading(tmp_path, "stranger") as stranger:
            hidden = await stranger.get("/workers/W-01/day/2026-11-30")
    for shown in ("T-001", "T-002", "Rue du Secret 1", "ring twice", "with FirstW-02"):
        assert shown in sheet
    assert hidden.status_code == 404
