"""The frame of the API: problems, pages of lists, versions, strict bodies."""

import json
from datetime import datetime
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from service.api.bodies import body_faults
from service.api.errors import BadRequest
from service.api.paging import Paging
from service.database.sql import fetch_all
from tests.service import factories
from tests.service.api.conftest import Programs


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    minutes: Annotated[int, Meta(ge=5)]


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=3)]
    at: Annotated[datetime, Meta(tz=True)]
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()


def test_every_fault_is_told_at_once_by_its_pointer() -> None:
    sent = {
        "name": "long",
        "at": "2026-03-02T09:00:00",
        "inner": {"minutes": 1, "hours": 2},
        "many": [{"minutes": 5}, {}, {"minutes": "x"}],
        "a/b": 1,
    }
    found = dict(body_faults(sent, Outer))
    assert set(found) == {
        "/a~1b",
        "/at",
        "/inner/hours",
        "/inner/minutes",
        "/many/1/minutes",
        "/many/2/minutes",
        "/name",
    }
    assert (
        dict(body_faults({"name": "ok", "at": "2026-03-02T09:00:00Z", "inner": None}, Outer)) == {}
    )
    assert list(dict(body_faults([], Outer))) == ["/"]
    assert list(dict(body_faults({"name": "\0", "at": "0001-01-01T00:00:00Z"}, Outer))) == [
        "/name",
        "/at",
    ]


def test_a_cursor_holds_the_last_key() -> None:
    items, cursor = Paging(2, "").page(["a", "b", "c"], lambda one: one)
    assert items == ("a", "b")
    assert cursor is not None
    assert Paging(2, cursor).after(str) == "b"
    assert Paging(2, "").page(["a", "b"], lambda one: one) == (("a", "b"), None)
    for nonsense in ("???", "AAAA", cursor[:-1] + "_"):
        with pytest.raises(BadRequest):
            Paging(2, nonsense).after(tuple[datetime, int])  # type: ignore[arg-type]


async def test_a_list_comes_in_pages_without_gaps(programs: Programs) -> None:
    team = programs.world.viewers["lead"].teams().__iter__().__next__()
    for number in range(3, 10):
        await factories.tenant(f"T-{number:03d}", team=team)
    token = await programs.token("coordinator")
    found: list[str] = []
    cursor = ""
    while True:
        query = {"limit": "4"} | ({"cursor": cursor} if cursor else {})
        page = (await programs.ask("GET", "/tenants", token=token, params=query)).json()
        found += [one["code"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]
    assert found == [f"T-{number:03d}" for number in range(1, 10)]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limits": "5"}, "limits"),
        ({"cursor": "bm8"}, "cursor"),
        ({"team": "\0"}, "team"),
    ],
)
async def test_parameters_are_read_strictly(
    programs: Programs, query: dict[str, str], named: str
) -> None:
    token = await programs.token("lead")
    answer = await programs.ask("GET", "/tenants", token=token, params=query)
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/v1#problem-bad-request")
    assert [one["parameter"] for one in answer.json()["errors"]] == [named]


async def test_bodies_are_read_strictly(programs: Programs) -> None:
    token = await programs.token("lead")
    path, options = "/tenants/search", {"token": token}
    no_json = await programs.ask("POST", path, content=b"{", headers=JSON, **options)
    assert no_json.status_code == 400
    form = await programs.ask("POST", path, data={"q": "x"}, **options)
    assert form.status_code == 415
    large = await programs.ask("POST", path, json={"q": "x" * 2_000_000}, **options)
    assert (large.status_code, large.json()["type"]) == (413, "/api/v1#problem-too-large")
    both = await programs.ask("POST", path, json={"q": "", "p": 1}, **options)
    assert both.status_code == 422
    assert {one["pointer"] for one in both.json()["errors"]} == {"/q", "/p"}


JSON = {"Content-Type": "application/json"}


async def test_changes_need_the_version_that_was_seen(programs: Programs) -> None:
    token = await programs.token("lead")
    read = await programs.ask("GET", "/visits/{visit}", token=token)
    tag = read.headers["etag"]
    path, body = "/visits/{visit}/promise", {"promised": True}
    missing = await programs.ask("POST", path, token=token, json=body)
    assert missing.status_code == 428
    for old in ('"999"', f"W/{tag}"):
        headers = {"If-Match": old}
        answer = await programs.ask("POST", path, token=token, json=body, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (412, "/api/v1#problem-outdated")
    several = {"If-Match": f'{tag}, "7"'}
    assert (
        await programs.ask("POST", path, token=token, json=body, headers=several)
    ).status_code == 400
    done = await programs.ask("POST", path, token=token, json=body, headers={"If-Match": tag})
    assert (done.status_code, done.json()["promised"]) == (200, True)
    assert done.headers["etag"] != tag
    again = await programs.ask("POST", path, token=token, json=body, headers={"If-Match": tag})
    assert again.status_code == 412


async def test_whatever_goes_wrong_is_problem_json_in_english(programs: Programs) -> None:
    token = await programs.token("lead")
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("GET", "/visits/abc", 404),
        ("GET", "/visits/99999999999", 404),
        ("DELETE", "/tenants", 405),
        ("PATCH", "/tenants/T-001", 405),
        ("GET", "/teams/ACT/rosters/2026-13-45", 404),
    ):
        headers = {"Accept": "text/html", "Accept-Language": "fr"}
        answer = await programs.ask(method, path, token=token, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (
            status,
            "application/problem+json",
        )
        assert answer.json()["status"] == status
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-language"] == "en"


async def test_reading_leaves_a_trace_without_what_was_sought(programs: Programs) -> None:
    token = await programs.token("lead")
    await programs.ask("POST", "/tenants/search", token=token, json={"q": "FamilyT-001"})
    await programs.ask("GET", "/tenants/T-001", token=token)
    await programs.ask("GET", "/encounters", token=token)
    rows = await fetch_all("select * from audit_entries where detail::text like '%token%'")
    assert [(row["action"], row["object_kind"]) for row in rows] == [
        ("list", "tenant"),
        ("read", "tenant"),
        ("list", "encounter"),
    ]
    assert "Family" not in json.dumps([str(row) for row in rows])
