"""Planning from the page and publishing with its list of changes, with a real planner."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from service.access.states import Language
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.jobs.worker import run_worker
from service.rounds.run_views import latest_run
from service.rounds.sentences import clash
from service.web.i18n import speaking
from tests.service.rounds.drafted import at, version
from tests.service.rounds.readers import Office, Reader, office, reading
from tests.support.database import Server


async def _planned(at_work: Office, lead: Reader) -> None:
    """Plan the week through its form, and let the planner work."""
    answer = await lead.post(f"{at_work.path}/plan", on=at_work.path, effort="quick")
    assert (answer.status_code, answer.headers["location"]) == (303, at_work.path)
    await run_worker(wait=False)


async def test_a_week_is_planned_watched_and_published(database: Server, tmp_path: Path) -> None:
    """One story: each page leads to the next, and says what is so."""
    at_work = await office()
    publish = f"{at_work.path}/publish"
    async with reading(tmp_path, "lead") as lead:
        await lead.post(f"{at_work.path}/plan", on=at_work.path, effort="quick")
        waiting = await lead.get(f"{at_work.path}/run")
        assert "Waiting for its turn" in waiting.text
        assert 'hx-trigger="every 1s"' in waiting.text
        again = await lead.post(f"{at_work.path}/plan", on=at_work.path, effort="quick")
        assert again.status_code == 409
        assert "is being planned already" in again.text
        await run_worker(wait=False)
        done = await lead.get(f"{at_work.path}/run")
        assert "every 1s" not in done.text
        assert 'hx-trigger="load"' in done.text
        board = (await lead.get(at_work.path)).text
        assert "<b>2</b> of 2 asked" in board
        assert "never published" in board
        asked = {"HX-Request": "true"}
        details = (await lead.get(f"{at_work.path}/balance", headers=asked)).text
        assert "the same week, search and seed give the same plan" in details
        preview = (await lead.get(publish)).text
        assert "2 changes go out" in preview
        for code in ("T-001", "T-002"):
            assert code in preview
        seen = await version(await fetch_value("select id from rosters"))
        sent = await lead.post(publish, on=publish, version=seen)
        assert sent.headers["location"] == f"{at_work.path}?published=1"
        assert "The week is published." in (await lead.get(sent.headers["location"])).text
        assert "Nothing to publish" in (await lead.get(publish)).text
    assert await fetch_value("select count(*) from published_visits") == 2


async def test_what_is_open_stays_when_the_plan_is_ready(database: Server, tmp_path: Path) -> None:
    """With a panel open the fragment offers the new week instead of loading it."""
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        headers = {"HX-Current-URL": f"http://localhost:8000{at_work.path}?visit=1"}
        fragment = (await lead.get(f"{at_work.path}/run", headers=headers)).text
    assert "The new plan is ready." in fragment
    assert "hx-trigger" not in fragment


async def test_a_waiting_run_can_be_stopped(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        await lead.post(f"{at_work.path}/plan", on=at_work.path)
        run = await fetch_value("select id from plan_runs")
        answer = await lead.post(f"{at_work.path}/runs/{run}/cancel", on=at_work.path)
        assert answer.headers["location"] == at_work.path
        assert "every 1s" not in (await lead.get(f"{at_work.path}/run")).text
        board = (await lead.get(at_work.path)).text  # not planned yet: the way on is still there
        assert "No roster for this week yet" in board
        assert "no roster yet" in board
        assert "Plan this week" in board
        assert "Publish week" not in board
        await _planned(at_work, lead)
        board = (await lead.get(at_work.path)).text
        assert "Plan this week" not in board
        assert "Publish week" in board
    assert await fetch_value("select min(state) from plan_runs") == "cancelled"


async def test_a_failed_run_says_what_to_do(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        await execute(
            "update plan_runs set state = 'failed', error = 'timeout', plan = null,"
            " cost = null, cost_by_rule = null"
        )
        seen = (await lead.get(at_work.path)).text
    assert "The planner took too long. Plan again, with a quicker search." in seen


async def test_pins_that_clash_are_named_pair_by_pair(database: Server, tmp_path: Path) -> None:
    """Both visits, why, and what to do: by code, or by name where that was chosen."""
    at_work = await office(workers=1)
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        await _pin_all_to(await fetch_value("select min(starts_at) from visits"))
        await _planned(at_work, lead)
        card = (await lead.get(f"{at_work.path}/run")).text
        board = (await lead.get(at_work.path)).text
        visits = [row["id"] for row in await fetch_all("select id from visits order by need")]
    for seen in (card, board):
        said = " ".join(seen.split())
        assert "What is written down for this week contradicts itself." in said
        assert "Visits T-001 and T-002 both hold W-01 on " in said
        assert "Move one of them, or give it to somebody else." in said
        for visit, tenant in zip(visits, ("T-001", "T-002"), strict=True):
            assert f'?visit={visit}">show the visit to {tenant}</a>' in said
        assert "Hidden" not in said
    assert await fetch_value("select count(*) from plan_runs where error = 'bad_problem'") == 1
    run = await latest_run(at_work.team, at_work.week)
    assert run is not None
    [pair] = run.clashes
    names = {"T-001": "Özgür"}
    with speaking(Language.DUTCH):
        dutch = clash(pair, week=at_work.week, names=names)
    with speaking(Language.FRENCH):
        french = clash(pair, week=at_work.week, names={})
    assert "Bezoeken Özgür en T-002 leggen W-01 allebei vast" in dutch
    assert "Les visites T-001 et T-002 retiennent toutes deux W-01" in french
    assert "%(" not in dutch + french


async def _pin_all_to(at: datetime) -> None:
    """Hold every visit at one moment, as people may do by hand."""
    await execute(
        "update visits set pinned = true, starts_at = $1, ends_at = $2",
        at,
        at + timedelta(minutes=45),
    )


async def test_a_proposal_waits_until_it_is_taken_over(database: Server, tmp_path: Path) -> None:
    """As when the draft was changed while the planner worked: nothing is replaced unasked."""
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        made = await fetch_value("select id from rosters")
        await execute("update plan_runs set applied_at = null, applied_version = null")
        await execute(  # as somebody changed the draft meanwhile
            "update visits set starts_at = starts_at - interval '5 minutes',"
            " ends_at = ends_at - interval '5 minutes'"
        )
        seen = (await lead.get(at_work.path)).text
        assert "A new plan waits for you." in seen
        await execute("update plan_runs set state = 'cancelled'")
        seen = (await lead.get(at_work.path)).text
        assert "Stopped. The best plan so far waits for you." in seen
        run = await fetch_one("select id, applied_at from plan_runs order by id desc limit 1")
        assert run is not None
        assert run["applied_at"] is None
        await execute("update visits set promised = true")
        proposal = (await lead.get(f"{at_work.path}/runs/{run['id']}")).text
        assert "text-card" in proposal  # nobody was told of the week, but of the promise
        assert "Workers, who see it" not in proposal
        accept = f"{at_work.path}/runs/{run['id']}/accept"
        late = await lead.post(accept, on=at_work.path, version="1")
        assert late.status_code == 409
        taken = await lead.post(accept, on=at_work.path, version=await version(made))
        assert taken.status_code == 303
        assert "A new plan waits" not in (await lead.get(at_work.path)).text


async def test_an_unsafe_week_says_what_breaks_and_has_no_button(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    publish = f"{at_work.path}/publish"
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        made = await fetch_value("select id from rosters")
        one = await fetch_value("select id from visits order by id limit 1")
        move = f"{at_work.path}/visits/{one}/move"
        sunday: dict[str, Any] = {
            "day": str(at(at_work.week, 7).date()),
            "time": "10:00",
            "workers": ["W-01"],
        }
        await lead.post(
            move, on=f"{at_work.path}?visit={one}", version=await version(made), **sunday
        )
        seen = (await lead.get(publish)).text
        assert "W-01 does not work then on Sunday." in seen
        assert f'href="{at_work.path}?visit={one}"' in seen
        assert 'class="publish-foot"' not in seen
        forced = await lead.post(publish, on=at_work.path, version=await version(made))
    assert forced.status_code == 409
    assert "Nothing was published" in forced.text
    assert await fetch_value("select count(*) from published_visits") == 0


async def test_a_list_that_changed_while_it_was_read_is_shown_again(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    publish = f"{at_work.path}/publish"
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        made = await fetch_value("select id from rosters")
        seen = await version(made)
        await execute("update rosters set version = version + 1")
        answer = await lead.post(publish, on=publish, version=seen)
    assert answer.status_code == 409
    assert "this is the list now" in answer.text
    assert f'name="version" value="{await version(made)}"' in answer.text
    assert await fetch_value("select count(*) from published_visits") == 0


async def test_who_was_promised_is_named_before_the_week_changes(
    database: Server, tmp_path: Path
) -> None:
    """A promised visit that is called off after publishing: somebody must tell the tenant."""
    at_work = await office()
    publish = f"{at_work.path}/publish"
    async with reading(tmp_path, "lead") as lead:
        await _planned(at_work, lead)
        made = await fetch_value("select id from rosters")
        await lead.post(publish, on=publish, version=await version(made))
        one = await fetch_value(
            "select v.id from visits v join tenants t on t.id = v.tenant where t.code = 'T-001'"
        )
        panel = f"{at_work.path}?visit={one}"
        acts: tuple[tuple[str, dict[str, Any]], ...] = (
            ("promise", {"promised": "true"}),
            ("cancel", {}),
        )
        for verb, fields in acts:
            path = f"{at_work.path}/visits/{one}/{verb}"
            await lead.post(path, on=panel, version=await version(made), **fields)
        seen = (await lead.get(publish)).text
    assert "somebody must tell them: T-001." in seen
    assert "<del>" in seen
    assert "<ins>" not in seen


async def test_a_day_or_a_worker_that_is_not_named_is_asked_for(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        for scope, said in (("day", "Choose a day"), ("worker", "Choose a worker")):
            answer = await lead.post(f"{at_work.path}/plan", on=at_work.path, scope=scope)
            assert answer.status_code == 422
            assert said in answer.text
    assert await fetch_value("select count(*) from plan_runs") == 0


async def test_a_past_week_is_not_planned(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.post("/board/ACT/2024-01-01/plan", on=at_work.path)
    assert answer.status_code == 422
    assert "This week is over" in answer.text
