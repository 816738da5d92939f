"""Personal tokens: within their scopes, never beyond the account, dead when they or it end."""

from datetime import timedelta

import pytest

from service import clock
from service.access.account_actions import deactivate_account, set_roles
from service.access.policy import HeldRole
from service.access.scopes import SCOPES, Area, Right, allows, in_order, scope
from service.access.states import Role
from service.access.token_actions import MOST_TOKENS, make_token, revoke_token
from service.access.token_queries import my_tokens
from service.access.token_throttle import MOST_FAILURES
from service.database.sql import execute, fetch_all, fetch_value
from service.errors import Invalid, NotFound
from tests.service.api.conftest import Programs

UNKNOWN = "thr_" + "A" * 43


def test_scopes_allow_what_they_say_and_writing_holds_reading() -> None:
    for area in Area:
        assert allows([scope(area, Right.WRITE)], area, Right.READ)
        assert not allows([scope(area, Right.READ)], area, Right.WRITE)
        assert not allows(
            SCOPES - {scope(area, Right.READ), scope(area, Right.WRITE)}, area, Right.READ
        )
    assert in_order(["feeds:read", "tenants:write", "none:such"]) == ("tenants:write", "feeds:read")


async def test_it_is_shown_once_and_stored_as_a_hash(programs: Programs) -> None:
    token = await programs.token("lead", "tenants:read")
    row = await fetch_all("select * from access_tokens")
    assert token not in str(row)
    assert len(bytes(row[0]["token_hash"])) == 32
    said = await fetch_all("select * from audit_entries where object_kind = 'token'")
    assert [one["action"] for one in said] == ["make"]
    assert token not in str(said)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer x", f"Bearer {UNKNOWN}", f"Basic {UNKNOWN}", "Bearer thr_\x7f"],
)
async def test_what_holds_not_is_refused_in_one_way(programs: Programs, header: str) -> None:
    answer = await programs.ask("GET", "/me", token=None, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/api/v1#problem-token"


async def test_a_scope_is_needed_whatever_the_role(programs: Programs) -> None:
    nothing = await make_token(programs.world.viewers["lead"], name="nothing")
    answer = await programs.ask("GET", "/tenants", token=nothing.secret)
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1#problem-scope")
    assert "tenants:read" in answer.json()["detail"]
    assert (await programs.ask("GET", "/me", token=nothing.secret)).json()["scopes"] == []
    reader = await programs.token("lead", "tenants:read")
    assert (await programs.ask("GET", "/tenants", token=reader)).status_code == 200
    body = {"first_name": "A"}
    answer = await programs.ask("PUT", "/tenants/T-001", token=reader, json=body)
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1#problem-scope")


async def test_a_scope_gives_nothing_that_the_account_has_not(programs: Programs) -> None:
    officer = await programs.token("housing")
    assert (await programs.ask("GET", "/encounters", token=officer)).status_code == 403
    tenant = await programs.ask("GET", "/tenants/T-001", token=officer)
    assert tenant.json()["support"] is None
    stranger = await programs.token("stranger")
    assert (await programs.ask("GET", "/tenants/T-001", token=stranger)).status_code == 404


async def test_what_the_account_may_is_asked_at_each_request(programs: Programs) -> None:
    token = await programs.token("lead")
    assert (await programs.ask("GET", "/tenants", token=token)).status_code == 200
    await set_roles(None, login="lead", roles=[HeldRole(Role.ADMINISTRATOR)])
    assert (await programs.ask("GET", "/tenants", token=token)).status_code == 403


async def test_it_ends_with_the_account_for_good(programs: Programs) -> None:
    token = await programs.token("lead")
    await deactivate_account(None, login="lead")
    assert (await programs.ask("GET", "/me", token=token)).status_code == 401
    await execute("update accounts set active = true where login = 'lead'")
    assert (await programs.ask("GET", "/me", token=token)).status_code == 401


async def test_it_ends_by_itself_and_by_its_owner_alone(programs: Programs) -> None:
    viewers = programs.world.viewers
    token = await programs.token("lead", days=7)
    with clock.moved(timedelta(days=6, hours=23)):
        assert (await programs.ask("GET", "/me", token=token)).status_code == 200
    with clock.moved(timedelta(days=7)):
        assert (await programs.ask("GET", "/me", token=token)).status_code == 401
        assert await my_tokens(viewers["lead"]) == ()
    (line,) = await my_tokens(viewers["lead"])
    for other in ("stranger", "administrator"):
        with pytest.raises(NotFound):
            await revoke_token(viewers[other], line.id)
    await revoke_token(viewers["lead"], line.id)
    assert (await programs.ask("GET", "/me", token=token)).status_code == 401
    with pytest.raises(NotFound):
        await revoke_token(viewers["lead"], line.id)


async def test_it_says_when_it_was_used(programs: Programs) -> None:
    token = await programs.token("lead")
    assert (await my_tokens(programs.world.viewers["lead"]))[0].last_used_at is None
    await programs.ask("GET", "/me", token=token)
    used = (await my_tokens(programs.world.viewers["lead"]))[0].last_used_at
    assert used is not None
    assert abs(used - clock.now()) < timedelta(minutes=1)


async def test_names_days_and_number_have_bounds(programs: Programs) -> None:
    viewer = programs.world.viewers["lead"]
    for name, days, scopes, field in (
        ("  ", 90, (), "name"),
        ("n" * 61, 90, (), "name"),
        ("a year and a day", 366, (), "days"),
        ("none", 0, (), "days"),
        ("scope", 1, ("tenants:delete",), "scopes"),
    ):
        with pytest.raises(Invalid) as refused:
            await make_token(viewer, name=name, days=days, scopes=scopes)
        assert set(refused.value.fields) == {field}
    for number in range(MOST_TOKENS):
        await make_token(viewer, name=f"token {number}")
    with pytest.raises(Invalid, match="name"):
        await make_token(viewer, name="one more")


async def test_failures_are_slowed_down_and_neighbours_are_not(programs: Programs) -> None:
    token = await programs.token("lead")
    wrong = {"Authorization": f"Bearer {UNKNOWN}"}
    for _ in range(MOST_FAILURES):
        assert (await programs.ask("GET", "/me", token=None, headers=wrong)).status_code == 401
    slowed = await programs.ask("GET", "/me", token=None, headers=wrong)
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["retry-after"]) <= 15 * 60
    assert await fetch_value("select count(*) from sign_in_failures") == MOST_FAILURES
    assert (await programs.ask("GET", "/me", token=token)).status_code == 200
    with clock.moved(timedelta(minutes=16)):
        assert (await programs.ask("GET", "/me", token=None, headers=wrong)).status_code == 401


async def test_no_other_site_is_let_in(programs: Programs) -> None:
    origin = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    answer = await programs.ask("OPTIONS", "/tenants", token=None, headers=origin)
    assert not [name for name in answer.headers if name.startswith("access-control")]
