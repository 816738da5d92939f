"""Nobody overwrites what somebody else changed meanwhile: every route that edits says so.

A form is taken from its page, the same thing is changed elsewhere, and then the form is sent.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from litestar import Litestar

from service import clock
from service.access.queries import account_by_login
from service.access.scopes import SCOPES
from service.access.token_actions import make_token
from service.api.routing import BASE
from service.database.sql import execute, fetch_all, fetch_value
from service.web.routing import declared_routes
from tests.service import factories
from tests.service.web.access_world import World
from tests.service.web.edit_table import CALLS, EDITS, OTHERWISE, Edit
from tests.support.sent_forms import SentForm, forms_of
from tests.support.web import Browser

LONG_AGO = date(2020, 1, 6)
CHANGED_BY_ASKING = {"audit_entries", "sessions", "access_tokens", "roster_views"}


@pytest.fixture
async def scene(world: World) -> dict[str, Any]:
    """The world with a row of each part of T-001 and of W05, and ids for the table's braces."""
    tenant = await fetch_value("select id from tenants where code = 'T-001'")
    worker = await fetch_value("select id from workers where code = 'W05'")
    now = clock.now()
    spot = await factories.place(kind="spot")
    await factories.agreement(tenant=tenant)
    await factories.safety_flag(tenant=tenant)
    await execute(
        "update visits set state = 'placed', starts_at = $2, ends_at = $3 where id = $1",
        world.ids["visit"],
        now,
        now + timedelta(minutes=45),
    )
    await factories.insert("visit_workers", visit=world.ids["visit"], worker=worker, seat=0)
    team = await fetch_value("select id from teams where code = 'ACT'")
    await factories.insert("safety_settings", team=team, updated_at=now)
    made = {
        "stay": await factories.stay(tenant=tenant, place=spot, kind="street"),
        "series": await factories.series(tenant=tenant, weekdays=[1]),
        "appointment": await factories.appointment(tenant=tenant, place=spot, starts_at=now),
        "exclusion": await factories.exclusion(tenant=tenant, worker=worker),
        "income": await factories.insert(
            "incomes", tenant=tenant, kind="living_wage", starts_on=LONG_AGO
        ),
        "ethos": await factories.insert(
            "ethos_observations",
            tenant=tenant,
            observed_on=LONG_AGO,
            category=1,
            occasion="entry",
        ),
        "team": await fetch_value("select id from assignments where tenant = $1", tenant),
        "absence": await factories.absence(
            worker=worker, starts_at=now, ends_at=now + timedelta(days=1)
        ),
        "hours": await fetch_value("select id from working_patterns where worker = $1", worker),
    }
    today = clock.today()
    return {**world.ids, **made, "today": today, "later": today + timedelta(days=60)}


async def _somebody_changes_everything() -> None:
    for row in await fetch_all(
        "select table_name from information_schema.columns where column_name = 'version'"
        " and table_schema = 'public' and table_name not like 'procrastinate%'"
    ):
        await execute(f"update {row['table_name']} set version = version + 1")


async def _everything() -> dict[str, str]:
    """A sum of each table's rows."""
    tables = await fetch_all(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> all($1)",
        sorted(CHANGED_BY_ASKING),
    )
    return {
        row["tablename"]: await fetch_value(
            f"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
            f" from {row['tablename']} t"
        )
        for row in tables
    }


async def test_a_form_that_is_too_late_changes_nothing(
    scene: dict[str, Any], everybody: Browser
) -> None:
    got = {}
    for edit in EDITS:
        sent = await _form(everybody, edit, scene)
        await _somebody_changes_everything()
        before = await _everything()
        answer = await everybody.client.post(sent.action, data=_fields(sent.pairs))
        unchanged = await _everything() == before
        got[sent.action] = (answer.status_code, unchanged, 'class="notice' in answer.text)
    assert got == dict.fromkeys(got, (409, True, True))


async def _form(everybody: Browser, edit: Edit, scene: dict[str, Any]) -> SentForm:
    """The form as its page has it now, filled in."""
    page = edit.page.format(**scene)
    action = (edit.action or edit.page).format(**scene)
    forms = forms_of((await everybody.get(page)).text, page=page.partition("?")[0])
    found = [one for one in forms if one.action == action and "version" in one.kinds]
    assert found, f"no form with a version for {action} on {page}: {[f.action for f in forms]}"
    form = found[0]
    typed = {name: value.format(**scene) for name, value in edit.typed.items()}
    # `seen` would let a change of another part pass, which the one to come is not.
    form.pairs = form.with_values(**typed, **({"seen": "other"} if "seen" in form.kinds else {}))
    return form


def _fields(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent


async def test_a_program_that_is_too_late_changes_nothing(
    scene: dict[str, Any], everybody: Browser
) -> None:
    account = await account_by_login("everybody")
    assert account is not None
    token = await make_token(account.viewer(), name="late", scopes=SCOPES)
    headers = {"Authorization": f"Bearer {token.secret}", "If-Match": '"1"'}
    await _somebody_changes_everything()
    before, got = await _everything(), {}
    for call in CALLS:
        path = f"{BASE}{call.path.format(**scene)}"
        answer = await everybody.client.request(
            call.method, path, headers=headers, json=_filled(call.body, scene)
        )
        got[f"{call.method} {path}"] = answer.status_code
    assert got == dict.fromkeys(got, 412)
    assert await _everything() == before


def _filled(body: dict[str, object] | None, scene: dict[str, Any]) -> dict[str, object] | None:
    if body is None:
        return None
    return {
        name: value.format(**scene) if isinstance(value, str) else value
        for name, value in body.items()
    }


def test_every_route_that_changes_something_is_accounted_for(app: Litestar) -> None:
    routes = {
        f"{method} {path}"
        for method, path, _ in declared_routes(app)
        if method not in {"GET", "HEAD"}
    }
    listed = {f"POST {one.route}" for one in EDITS}
    listed |= {f"{one.method} {BASE}{one.route}" for one in CALLS}
    assert listed & OTHERWISE.keys() == set()
    assert routes - listed - OTHERWISE.keys() == set(), "say how these keep from overwriting"
    assert (listed | OTHERWISE.keys()) - routes == set(), "routes that are gone"
