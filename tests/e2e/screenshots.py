"""Takes the pictures of `docs/images` from the demonstration: `python -m tests.e2e.screenshots`.

Fills a database with the demonstration, plans next week for both teams, changes a little by
hand, and photographs the pages on a desktop and on a phone. The people in them are invented.
"""

import argparse
import asyncio
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.database.opening import opened_pool
from service.database.sql import execute, fetch_all, fetch_value
from service.demo.actions import fill
from service.encounters.actions import record_outcome
from service.encounters.said import Said
from service.encounters.states import Outcome
from service.jobs.worker import run_worker
from service.rounds.actions import (
    pin_visit,
    promise_visit,
    publish_roster,
    start_plan_run,
    unplace_visit,
)
from service.rounds.calling_sick import report_away
from service.rounds.errors import DraftUnsafe
from service.rounds.states import Effort
from tests.e2e.conftest import ARGUMENTS, CHROMIUM, ROOT, served, sign_in
from tests.e2e.outage import Wire, wired
from tests.e2e.pictured import make_feeds, tell
from tests.service.feeds.published import publish
from tests.service.rounds.drafted import next_monday
from tests.support.database import joined_server
from tests.support.passwords import PASSWORD
from tests.support.web import person

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
_REVOKE = "a[href$='/revoke']"
WALL = {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class Shot:
    """One picture: `name` of the file, who looks, at which path, what they type and press first.

    `first`: somebody who was never there before. `offline`: who has been there and lost the
    connection.
    """

    name: str
    login: str
    path: str
    phone: bool = False
    dark: bool = False
    wall: bool = False
    first: bool = False
    offline: bool = False
    types: tuple[str, str] | None = None
    chooses: tuple[str, str] | None = None
    presses: str = ""


async def prepare(week: date) -> dict[str, str]:
    """Fill the open database and return the paths that the pictures need, by name."""
    await fill(seed=1)
    teams = {row["code"]: row["id"] for row in await fetch_all("select id, code from teams")}
    leads: dict[str, Viewer] = {}
    for code in ("ACT", "ICM"):
        worker = await fetch_value(
            "select min(worker) from team_memberships where team = $1", teams[code]
        )
        lead = f"{code.lower()}-lead"
        leads[code] = await person(lead, ("team_lead", teams[code]), worker=worker)
        await start_plan_run(leads[code], team=code, week=week, effort=Effort.QUICK)
    await run_worker(wait=False)
    await _by_hand(leads["ACT"], week)
    busiest = await fetch_value(
        "select worker from published_stops where worker <> $1 group by worker"
        " order by count(*) desc limit 1",
        leads["ACT"].worker,
    )
    worker = await person("worker", ("worker", teams["ACT"]), worker=busiest)
    await person("admin", "administrator")
    today = await _today(worker, teams["ACT"])
    await tell(worker, tenant=today["met"])
    await make_feeds(worker)
    return {
        **today,
        "sick": await _sick_call(leads["ICM"], week + timedelta(days=7)),
        "alert": str(
            await fetch_value(
                "select a.id from contact_alerts a join teams t on t.id = a.team"
                " where t.code = 'ACT' and a.closed_at is null order by a.id limit 1"
            )
        ),
        "visit": str(await fetch_value("select id from visits where promised limit 1")),
        "tenant": await fetch_value(
            "select t.code from tenants t join safety_flags f on f.tenant = t.id"
            " join published_visits p on true join visits v on v.id = p.visit"
            " where v.tenant = t.id order by t.code limit 1"
        ),
    }


async def _sick_call(lead: Viewer, week: date) -> str:
    """Plan and publish a later week, and let a worker call in sick; the path of the proposal."""
    await start_plan_run(lead, team="ICM", week=week, effort=Effort.QUICK)
    await run_worker(wait=False)
    roster = "select r.version from rosters r join teams t on t.id = r.team"
    seen = await fetch_value(f"{roster} where t.code = 'ICM' and r.week = $1", week)
    await publish_roster(lead, team="ICM", week=week, expected_version=seen)
    await execute("update visits set promised = true where id % 5 = 0 and state = 'placed'")
    ill = await fetch_value(
        "select w.code from published_stops s join workers w on w.id = s.worker"
        " where s.starts_at > $1 and w.id <> $2 group by w.code order by count(*) desc limit 1",
        clock.now() + timedelta(days=7),
        lead.worker,
    )
    call = await report_away(
        lead,
        team="ICM",
        week=week,
        worker=ill,
        first=week,
        last=week + timedelta(days=1),
    )
    await run_worker(wait=False)
    return f"/board/ICM/{week}/runs/{call.run}"


async def _today(worker: Viewer, team: int) -> dict[str, str]:
    """Give the worker a day today, half of it recorded, and a visit of before that is not."""
    tenants = await fetch_all(
        "select t.id, t.code, s.place from tenants t join assignments a on a.tenant = t.id"
        " join stays s on s.tenant = t.id and s.ends_on is null and s.kind = 'home'"
        " where a.team = $1 and a.ends_on is null and t.ended_on is null"
        " and s.access_note <> '' order by t.id limit 5",
        team,
    )
    now = clock.now().replace(minute=clock.now().minute // 5 * 5, second=0, microsecond=0)
    visits = []
    for tenant, minutes in zip(tenants, (-2880, -200, -100, 20, 130), strict=True):
        starts_at = now + timedelta(minutes=minutes)
        published = await publish(
            team=team,
            workers=(worker.worker or 0,),
            starts_at=starts_at,
            tenant=tenant["id"],
            place=tenant["place"],
            week=monday_of(starts_at.astimezone(clock.BRUSSELS).date()),
        )
        visits.append(
            await fetch_value("select visit from published_visits where id = $1", published.id)
        )
    await record_outcome(worker, visits[1], Said(outcome=Outcome.DONE))
    missed = await record_outcome(worker, visits[2], Said(outcome=Outcome.NOT_HOME))
    return {"stop": str(visits[3]), "missed": str(missed.id), "met": tenants[1]["code"]}


async def _by_hand(lead: Viewer, week: date) -> None:
    """Publish, then pin, promise and take one off: a draft that differs from what is published."""
    roster = await fetch_value(
        "select r.id from rosters r join teams t on t.id = r.team where t.code = 'ACT'"
    )

    async def version() -> int:
        found: int = await fetch_value("select version from rosters where id = $1", roster)
        return found

    with suppress(DraftUnsafe):
        await publish_roster(lead, team="ACT", week=week, expected_version=await version())
    placed = await fetch_all(
        "select id from visits where roster = $1 and state = 'placed' order by starts_at", roster
    )
    await promise_visit(lead, placed[2]["id"], promised=True, expected_version=await version())
    await unplace_visit(lead, placed[10]["id"], expected_version=await version())
    for row in placed[4:8:2]:
        await pin_visit(lead, row["id"], expected_version=await version())


def shots(week: date, found: dict[str, str]) -> tuple[Shot, ...]:
    """The pictures to take."""
    act, icm = f"/board/ACT/{week}", f"/board/ICM/{week}"
    return (
        Shot("sign-in", "", "/sign-in"),
        Shot("board", "act-lead", act),
        Shot("board-dark", "act-lead", act, dark=True),
        Shot("board-icm", "icm-lead", icm, first=True),
        Shot("visit", "act-lead", f"{act}?visit={found['visit']}"),
        Shot("publish", "icm-lead", f"{icm}/publish"),
        Shot("day", "icm-lead", f"{icm}/day/{week + timedelta(days=1)}"),
        Shot("add-visit", "icm-lead", f"{icm}/add"),
        Shot("seen", "act-lead", f"{act}/seen"),
        Shot("sick-call", "icm-lead", found["sick"]),
        Shot("sick-call-phone", "icm-lead", found["sick"], phone=True),
        Shot("away-phone", "icm-lead", f"{icm}/workers/W10/away", phone=True),
        Shot("tenants", "icm-lead", "/tenants"),
        Shot("tenant", "act-lead", f"/tenants/{found['tenant']}"),
        Shot("history", "act-lead", f"/tenants/{found['tenant']}/history"),
        Shot("agreement", "act-lead", f"/tenants/{found['tenant']}/edit/agreement/new"),
        Shot("workers", "act-lead", "/workers"),
        Shot("worker", "act-lead", "/workers/W03"),
        Shot("settings", "act-lead", "/teams/ACT/settings"),
        Shot("settings-duty", "act-lead", "/teams/ACT/settings/duty/1"),
        Shot("settings-preset", "act-lead", "/teams/ACT/settings/preset/crisis"),
        Shot("exclusion-phone", "act-lead", "/workers/W08/edit/exclusion/new", phone=True),
        Shot("audit", "admin", "/audit"),
        Shot("duties", "act-lead", f"{act}/duties"),
        Shot("board-phone", "act-lead", act, phone=True),
        Shot("waiting-phone", "icm-lead", f"{icm}?day=waiting", phone=True),
        Shot("visit-phone", "act-lead", f"{act}?visit={found['visit']}", phone=True),
        Shot("my-week-phone", "worker", f"/my-week/{week}", phone=True),
        Shot("today-phone", "worker", "/today", phone=True),
        Shot("today", "worker", "/today", dark=True),
        Shot("outcome-phone", "worker", f"/today/visits/{found['stop']}", phone=True),
        Shot("missed-phone", "worker", f"/today/encounters/{found['missed']}", phone=True),
        Shot("unplanned-phone", "worker", f"/today/contact/{found['met']}", phone=True),
        Shot("unrecorded-phone", "worker", "/today/unrecorded", phone=True),
        Shot("offline-phone", "worker", "/today", phone=True, offline=True),
        Shot(
            "offline-contact-phone",
            "worker",
            "/today",
            phone=True,
            offline=True,
            presses="[data-contact]",
        ),
        Shot("morning", "act-lead", "/morning/ACT", wall=True),
        Shot("morning-dark", "act-lead", "/morning/ACT", dark=True),
        Shot("morning-phone", "act-lead", "/morning/ACT", phone=True),
        Shot("alone-phone", "worker", "/lone", phone=True),
        Shot("alert", "act-lead", f"/alerts/{found['alert']}"),
        Shot("safety-settings", "act-lead", "/safety/ACT"),
        Shot("notices-phone", "worker", "/notices", phone=True),
        Shot("notice-wishes", "act-lead", "/account/notices"),
        Shot("notices-failed", "admin", "/notices/failed"),
        Shot("feeds", "worker", "/feeds"),
        Shot("feeds-phone", "worker", "/feeds", phone=True),
        Shot("feeds-of-all", "admin", "/feeds"),
        Shot(
            "feed-address-phone",
            "worker",
            "/feeds",
            phone=True,
            types=("#device", "laptop"),
            presses="#new-feed button[type=submit]",
        ),
        Shot("feed-renew", "worker", "/feeds", presses="a[href$='/renew']"),
        Shot("feed-end-phone", "worker", "/feeds", phone=True, presses=_REVOKE),
        Shot(
            "token",
            "act-lead",
            "/account/tokens",
            types=("#name", "timesheet"),
            chooses=("#encounters", "read"),
            presses="#new-token button",
        ),
        Shot("tokens", "act-lead", "/account/tokens"),
        Shot("token-end-phone", "act-lead", "/account/tokens", phone=True, presses=_REVOKE),
        Shot("api-reference", "", "/api/v1"),
        Shot("tenants-phone", "icm-lead", "/tenants", phone=True),
        Shot("sign-in-phone", "", "/sign-in", phone=True),
    )


async def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Take one picture in a fresh browser."""
    async with wired(address) as wire:
        await _take(browser, wire, shot, folder)


async def _take(browser: Browser, wire: Wire, shot: Shot, folder: Path) -> None:
    context = await browser.new_context(
        base_url=wire.address,
        locale="en",
        color_scheme="dark" if shot.dark else "light",
        viewport=WALL if shot.wall else PHONE if shot.phone else DESKTOP,  # type: ignore[arg-type]
        has_touch=shot.phone,
        reduced_motion="reduce",
    )
    if not shot.first:
        await context.add_init_script("localStorage.setItem('thuisronde-board-seen', 'yes')")
    page = await context.new_page()
    if shot.login:
        await sign_in(page, shot.login, PASSWORD)
    await page.goto(shot.path)
    if shot.offline:
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        await page.wait_for_timeout(1_000)  # until today's round is kept
        wire.cut()
        await page.goto(shot.path)
    if shot.types:
        await page.locator(shot.types[0]).fill(shot.types[1])
    if shot.chooses:
        await page.locator(shot.chooses[0]).select_option(shot.chooses[1])
    if shot.presses:
        await page.locator(shot.presses).first.click()
        await page.wait_for_load_state()
    target = folder / f"{shot.name}.png"
    await page.screenshot(path=target)
    print(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB")
    await context.close()


async def photograph(address: str, week: date, found: dict[str, str], folder: Path) -> None:
    """Take every picture."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for shot in shots(week, found):
            await take(browser, address, shot, folder)
        await browser.close()


async def prepare_anew(url: str, week: date) -> dict[str, str]:
    """Open the database at `url` and `prepare` it."""
    async with opened_pool(url, most_connections=6):
        return await prepare(week)


def main() -> None:
    """Take the pictures and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "images")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    week = next_monday()
    with joined_server() as server, tempfile.TemporaryDirectory() as data_dir:
        url = server.cloned_database(f"{server.own_name}_pictures").app
        found = asyncio.run(prepare_anew(url, week))
        with served(url, Path(data_dir)) as address:
            asyncio.run(photograph(address, week, found, folder))


if __name__ == "__main__":
    main()
