"""Addresses that no row can have are not found; the database is not asked to choke on them."""

from pathlib import Path

import pytest

from tests.service.rounds.readers import office, reading
from tests.support.database import Server

LARGE = 10**22


@pytest.mark.parametrize(
    "path",
    [
        f"/feeds/{LARGE}/renew",
        "/feeds/2147483648/revoke",
        "/feeds/-1/renew",
        "/tenants/%00",
        "/tenants?team=%00",
        "/board/%00/2026-11-30",
        "/board/ACT/0001-01-01",
        "/board/ACT/9999-12-27",
        "/my-week/9999-12-27",
        "/my-week/0001-01-01",
        "/workers/W-01/week/9999-12-27",
        "/workers/%00/week/2026-11-30",
        f"/tenants/T-001/edit/stay/{'9' * 5000}",
        f"/notices?before={LARGE}",
        f"/notices?before={'9' * 5000}",
        *(f"/board/ACT/2026-12-01/{part}" for part in ("add", "balance", "publish", "duties")),
        "/board/ACT/2026-12-01/day/2026-12-01",
        "/board/ACT/2026-12-01/workers/W-01/away",
    ],
)
async def test_an_impossible_address_is_not_found(
    database: Server, tmp_path: Path, path: str
) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        assert (await lead.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/board/ACT/{}", "/my-week/{}", "/workers/W-01/week/{}"])
async def test_any_day_leads_to_its_week(database: Server, tmp_path: Path, path: str) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.get(path.format("2026-12-03"))
    assert (answer.status_code, answer.headers["location"]) == (303, path.format("2026-11-30"))


@pytest.mark.parametrize(
    "path",
    [
        f"/board/ACT/2026-11-30/visits/{LARGE}/pin",
        f"/board/ACT/2026-11-30/runs/{LARGE}/accept",
        "/board/ACT/9999-12-27/plan",
        f"/account/devices/{LARGE}/sign-out",
    ],
)
async def test_nor_can_anything_be_done_there(database: Server, tmp_path: Path, path: str) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.post(path, on="/account", version="1", effort="quick", seed="1")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/sign-in?next=/%E2%82%AC", "/sign-in?next=/a%20b"])
async def test_any_way_on_fits_into_a_header(database: Server, tmp_path: Path, path: str) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] in ("/%E2%82%AC", "/a%20b")
