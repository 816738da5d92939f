"""The people and things that the access table is about: two teams, a tenant and a feed in each."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from service import clock
from service.access.policy import Viewer
from service.access.scopes import SCOPES
from service.access.sessions import OpenSession, open_session
from service.access.token_actions import make_token
from service.database.sql import fetch_one, fetch_value
from tests.service import factories
from tests.support.web import person

ACTORS = (
    "worker",  # of team ACT, responsible for T-001, owner of feed {feed}
    "colleague",  # another worker of ACT
    "lead",  # of ACT
    "stranger",  # lead and worker of ICM, the other team
    "housing",
    "coordinator",
    "administrator",
    "nobody",
)


@dataclass(frozen=True)
class World:
    """Ids for the paths of the table, by the names that stand in its braces."""

    viewers: dict[str, Viewer]
    ids: dict[str, int | date]

    async def token(self, actor: str) -> str | None:
        """A token of an actor for everything that tokens can be for; nobody has none."""
        viewer = self.viewers.get(actor)
        if viewer is None:
            return None
        name = f"token {await fetch_value('select count(*) from access_tokens')}"
        return (await make_token(viewer, name=name, scopes=SCOPES)).secret

    async def session(self, actor: str) -> OpenSession | None:
        """A session just opened for an actor; nobody has none."""
        viewer = self.viewers.get(actor)
        return None if viewer is None else await open_session(viewer.account, browser="Firefox")


async def make_world() -> World:
    """Fill an empty database; commits."""
    act, icm = await factories.team("ACT"), await factories.team("ICM", kind="icm")
    workers = {
        code: await factories.worker(code, team=team)
        for code, team in (("W01", act), ("W02", act), ("W03", act), ("W04", icm))
    }
    home = await factories.place()
    await factories.tenant("T-001", team=act, primary=workers["W01"], place=home)
    await factories.tenant("T-002", team=icm, primary=workers["W04"], place=home)
    viewers = {
        "worker": await person("worker", ("worker", act), worker=workers["W01"]),
        "colleague": await person("colleague", ("worker", act), worker=workers["W02"]),
        "lead": await person("lead", ("team_lead", act), worker=workers["W03"]),
        "stranger": await person(
            "stranger", ("team_lead", icm), ("worker", icm), worker=workers["W04"]
        ),
        "housing": await person("housing", "housing_officer"),
        "coordinator": await person("coordinator", "coordinator"),
        "administrator": await person("administrator", "administrator"),
    }
    feed = await factories.insert(
        "feeds",
        owner=viewers["worker"].account,
        worker=workers["W01"],
        device="phone",
        language="fr",
        token_hash=b"x" * 32,
        created_at=clock.now(),
    )
    notice = await factories.insert(
        "notices",
        account=viewers["worker"].account,
        kind="changed_today",
        key="publish:1:2:today",
        object_kind="roster",
        object_ref="ACT",
        path="/my-week",
        message={"type": "changed_today", "team": "ACT", "day": "2026-11-30", "revision": 2},
        created_at=clock.now(),
    )
    week = clock.today() - timedelta(days=clock.today().weekday())
    visit = await _drafted(act, week)
    watched = await _watched_over(act, workers)
    ids = {"feed": feed, "notice": notice, "week": week, "visit": visit}
    said = await _said(act, week, workers["W01"])
    return World(
        viewers=viewers, ids={**ids, **watched, **said, "account": viewers["worker"].account}
    )


async def _drafted(team: int, week: date) -> int:
    """A draft of the team's week with one visit of T-001 that waits; returns the visit."""
    now = clock.now()
    roster = await factories.insert("rosters", team=team, week=week, updated_at=now)
    stay = await fetch_one("select s.tenant, s.place from stays s order by s.id limit 1")
    assert stay is not None
    return await factories.insert(
        "visits",
        uid=uuid4(),
        roster=roster,
        need="agreement/T-001/1",
        kind="home_visit",
        priority="should",
        minutes=45,
        updated_at=now,
        **stay,
    )


async def _said(team: int, week: date, worker: int) -> dict[str, int]:
    """A visit of last week that nobody recorded, and a call to T-001 that W01 did record."""
    now = clock.now()
    last = week - timedelta(days=7)
    starts_at = now - timedelta(days=7)
    roster = await factories.insert("rosters", team=team, week=last, updated_at=now)
    stay = await fetch_one("select s.tenant, s.place from stays s order by s.id limit 1")
    assert stay is not None
    stop = await factories.insert(
        "visits",
        uid=uuid4(),
        roster=roster,
        need="T-001:agr:1",
        kind="home_visit",
        priority="should",
        minutes=45,
        state="placed",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        updated_at=now,
        **stay,
    )
    await factories.insert("visit_workers", visit=stop, worker=worker, seat=0)
    encounter = await factories.encounter(
        tenant=stay["tenant"], team=team, starts_at=starts_at, workers=(worker,), kind="phone"
    )
    return {"stop": stop, "encounter": encounter}


async def _watched_over(team: int, workers: dict[str, int]) -> dict[str, int]:
    """W01 is alone, with W02 and W03 on the ladder; T-001 has an open no-contact alert."""
    now = clock.now()
    check = await factories.insert(
        "lone_checks",
        worker=workers["W01"],
        team=team,
        started_at=now,
        ends_at=now + timedelta(minutes=30),
        due_minutes=15,
        buddy_minutes=20,
        lead_minutes=30,
        on_call_minutes=45,
        buddy=workers["W02"],
        lead=workers["W03"],
        on_call=workers["W03"],
    )
    tenant = await fetch_one("select id from tenants where code = 'T-001'")
    assert tenant is not None
    alert = await factories.insert(
        "contact_alerts",
        tenant=tenant["id"],
        team=team,
        cause="gap",
        days=20,
        missed=0,
        opened_at=now,
    )
    await factories.insert("contact_alert_steps", alert=alert, kind="opened", at=now)
    return {"check": check, "alert": alert}
