"""A tenant's page: each reader sees their part, and each reading leaves a trace."""

from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import fetch_all
from tests.service import factories as make
from tests.service.rounds.readers import reading
from tests.support.database import Server
from tests.support.web import person

SUPPORT_WORDS = (
    "In hospital",
    "Clinique du Lac",
    "crisis talk",
    "mental health",
    "Depot injection",
    "Welfare office",
    "once a week",
    "Last contact",
)


@pytest.fixture
async def tenant(database: Server) -> int:
    """Housed, in hospital for now, with a flag, an exclusion, a depot, and a last encounter."""
    team = await make.team("ACT")
    worker = await make.worker("W-01", team=team)
    await make.worker("W-09", team=team)
    home = await make.place(street_fr="Rue des Lilas", house_number="9")
    hospital = await make.place(kind="hospital", name_fr="Clinique du Lac", street_fr="")
    made = await make.tenant("T-001", team=team, primary=worker, first_name="Özgür")
    landlord = await make.insert("landlords", name="SISP", kind="social_housing_company")
    dwelling = await make.insert(
        "dwellings", code="D-1", place=home, landlord=landlord, floor=3, lift=False
    )
    since = make.LONG_AGO
    tenancy = await make.insert("tenancies", tenant=made, dwelling=dwelling, starts_on=since)
    await make.stay(tenant=made, place=home, kind="home", tenancy=tenancy)
    await make.stay(
        tenant=made,
        place=hospital,
        kind="hospital",
        starts_on=clock.today() - timedelta(days=2),
        ends_on=clock.today() + timedelta(days=12),
        access_note="ask at the desk",
    )
    await make.agreement(tenant=made)
    await make.series(tenant=made, interval_days=28, anchor_on=since, discipline="nurse")
    await make.safety_flag(tenant=made, reason="dog at the door", review_on=clock.today())
    await make.exclusion(tenant=made, worker=await _id("W-09"), reason="old neighbours")
    await make.appointment(tenant=made, place=hospital, starts_at=clock.now() + timedelta(days=3))
    await make.encounter(
        tenant=made,
        team=team,
        starts_at=clock.now() - timedelta(days=1),
        workers=(worker,),
        reasons=["mental_health"],
        outcome="refused",
    )
    await person("lead", ("team_lead", team))
    await person("worker", ("worker", team), worker=worker)
    await person("housing", "housing_officer")
    await person("coordinator", "coordinator")
    other = await make.team("ICM", kind="icm")
    await person("stranger", ("team_lead", other))
    return made


async def _id(worker: str) -> int:
    rows = await fetch_all("select id from workers where code = $1", worker)
    return int(rows[0]["id"])


async def _read(tmp_path: Path, login: str, path: str = "/tenants/T-001") -> tuple[int, str]:
    async with reading(tmp_path, login) as reader:
        answer = await reader.get(path)
    return answer.status_code, answer.text.partition("<main")[2].partition("</main>")[0]


async def test_the_lead_reads_everything_reasons_included(tenant: int, tmp_path: Path) -> None:
    assert tenant
    status, seen = await _read(tmp_path, "lead")
    assert status == 200
    for shown in (
        "Özgür",
        "T-001",
        "housed",
        "In hospital",
        "Clinique du Lac",
        "ask at the desk",
        "once a week",
        "every 28 days",
        "Always two workers",
        "review due",
        "dog at the door",
        "Not W-09",
        "old neighbours",
        "Welfare office",
        "did not wish it",
        "mental health",
        "Rue des Lilas 9",
        "floor 3, no lift",
        "social housing company",
    ):
        assert shown in seen, shown


@pytest.mark.parametrize("login", ["worker", "coordinator"])
async def test_the_team_reads_support_but_not_why_somebody_is_excluded(
    tenant: int, tmp_path: Path, login: str
) -> None:
    assert tenant
    status, seen = await _read(tmp_path, login)
    assert status == 200
    for shown in ("In hospital", "mental health", "Always two workers", "Not W-09"):
        assert shown in seen
    for hidden in ("dog at the door", "old neighbours"):
        assert hidden not in seen


async def test_housing_sees_the_home_the_flag_and_absent_until(tenant: int, tmp_path: Path) -> None:
    """Never the hospital, the agreement, a visit or its reason."""
    assert tenant
    status, seen = await _read(tmp_path, "housing")
    assert status == 200
    for shown in ("Rue des Lilas 9", "Always two workers", "Not W-09", "absent until"):
        assert shown in seen
    for hidden in (*SUPPORT_WORDS, "dog at the door", "old neighbours", "hospital", "cocom"):
        assert hidden not in seen, hidden


async def test_the_funder_is_on_nobodys_page(tenant: int, tmp_path: Path) -> None:
    assert tenant
    for login in ("lead", "worker", "housing", "coordinator"):
        assert "cocom" not in (await _read(tmp_path, login))[1]


async def test_each_reading_is_written_down_and_a_refused_one_shows_nothing(
    tenant: int, tmp_path: Path
) -> None:
    for login in ("worker", "housing"):
        await _read(tmp_path, login)
    status, _ = await _read(tmp_path, "stranger")
    assert status == 404
    rows = await fetch_all(
        "select a.login, e.action, e.object_kind, e.object_id, e.detail from audit_entries e"
        " join accounts a on a.id = e.account_id where e.object_kind = 'tenant' order by e.id"
    )
    assert [(row["login"], row["action"], row["object_id"]) for row in rows] == [
        ("worker", "read", str(tenant)),
        ("housing", "read", str(tenant)),
    ]
    assert [row["detail"] for row in rows] == ['{"part": "support"}', '{"part": "housing"}']


async def test_a_code_that_does_not_exist_looks_like_a_strangers(
    tenant: int, tmp_path: Path
) -> None:
    assert tenant
    of_a_stranger = await _read(tmp_path, "stranger")
    of_nobody = await _read(tmp_path, "stranger", "/tenants/T-999")
    assert of_a_stranger[0] == of_nobody[0] == 404
    assert of_a_stranger[1].replace("T-001", "T-999") == of_nobody[1]
