"""Whatever a program sends, as whomever: no 5xx, and no answer that the document does not name."""

import copy
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import anyio
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service import clock
from service.access.scopes import Area, Right, scope
from service.access.token_actions import make_token
from service.api.document import document_of
from service.database.opening import opened_pool
from service.programs import API_ROUTES
from tests.e2e.conftest import served
from tests.service.web.access_world import World, make_world
from tests.support.database import Server

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = ("worker", "lead", "housing", "coordinator", "administrator", "nobody")
TOKENS = ("reader", "scopeless", "expired")
"""Tokens of the lead's that may only read, may do nothing, and no longer hold."""
MOST, FEW, ONE = 4, 2, 1
"""Examples for each operation and mode: for the actor who may do most, for other roles, for those
who are stopped at the door."""
EXAMPLES = {"lead": MOST, "nobody": ONE, "scopeless": ONE, "expired": ONE}

KNOWN: dict[str, Any] = {"tenant": "T-001", "team": "ACT", "workers": ["W01"], "visit": None}
"""What a body can name that exists."""


@dataclass(frozen=True)
class Service:
    """The running service, a token for each actor, and what its paths can name."""

    address: str
    tokens: dict[str, str | None]
    real: dict[str, list[Any]]


@pytest.fixture(scope="module")
def service(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real server on a database of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    addresses = server.cloned_database(f"schemathesis_{worker}")

    async def fill() -> tuple[dict[str, str | None], dict[str, Any]]:
        async with opened_pool(addresses.app, most_connections=2):
            world = await make_world()
            tokens = {actor: await world.token(actor) for actor in ROLES}
            return tokens | await _narrow_tokens(world), world.ids

    tokens, ids = anyio.run(fill)
    real = {
        "code": ["T-001", "T-002"],
        "team": ["ACT", "ICM"],
        "worker": ["W01", "W04"],
        "week": [ids["week"].isoformat()],
        "visit": [ids["visit"]],
        "feed_id": [ids["feed"]],
        "encounter": [1, 2],
        "absence": [1],
    }
    with served(addresses.app, tmp_path_factory.mktemp("data")) as address:
        yield Service(address, tokens, real)


async def _narrow_tokens(world: World) -> dict[str, str | None]:
    lead = world.viewers["lead"]
    reading = [scope(area, Right.READ) for area in Area]
    with clock.moved(-timedelta(days=2)):
        expired = await make_token(lead, name="expired", scopes=reading, days=1)
    return {
        "reader": (await make_token(lead, name="reader", scopes=reading)).secret,
        "scopeless": (await make_token(lead, name="scopeless")).secret,
        "expired": expired.secret,
    }


@pytest.mark.parametrize("actor", ROLES + TOKENS)
def test_every_answer_is_documented(service: Service, actor: str) -> None:
    """Half of the requests are as described, half are not; most of them name what exists."""
    session = requests.Session()
    if service.tokens[actor] is not None:
        session.headers["Authorization"] = f"Bearer {service.tokens[actor]}"
    examples = EXAMPLES.get(actor, FEW)
    answers = {
        (case.operation.label, _sent(case, service, session, turn))
        for cases in _drawn()
        for turn, case in enumerate(map(_copied, cases[:examples]))
    }
    seen = {status for _, status in answers}
    done = {label for label, status in answers if status < 300}
    match actor:
        case "nobody":
            assert 401 in seen <= {400, 401, 404, 405}
        case "expired":
            assert {401, 429} <= seen <= {400, 401, 404, 405, 429}
        case "scopeless":
            assert done == {"GET /api/v1/me"}
            assert 403 in seen
        case "reader":
            assert {label for label in done if not label.startswith("GET ")} == {
                "POST /api/v1/tenants/search"
            }
        case "lead":
            assert {200, 201, 400, 404, 422, 428} <= seen, "changes were tried, and some were done"
        case _:
            assert {200, 400, 404} <= seen


def _sent(case: Case, service: Service, session: requests.Session, turn: int) -> int:
    """Send a request, judge its answer, and return its status."""
    checks = [*CHECKS]
    if not _names_what_exists(case, service, session, turn):
        checks.append(negative_data_rejection)
    answer = case.call_and_validate(
        base_url=service.address, session=session, checks=checks, timeout=20
    )
    return int(answer.status_code)


@cache
def _drawn() -> tuple[tuple[Case, ...], ...]:
    """Requests of each operation and mode, made once for all actors."""
    return tuple(
        _drawn_of(operation, mode)
        for operation in _operations()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        if mode is GenerationMode.POSITIVE or _can_be_wrong(operation)
    )


def _drawn_of(operation: Any, mode: GenerationMode) -> tuple[Case, ...]:
    cases: list[Case] = []

    @seed(20260302)
    @settings(
        max_examples=MOST,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        cases.append(case)

    draw()
    return tuple(cases)


def _copied(case: Case) -> Case:
    """A request that may be changed while the next actor sends the same."""
    return Case(
        case.operation,
        case.method,
        case.path,
        path_parameters=copy.deepcopy(case.path_parameters),
        headers=case.headers.copy(),
        cookies=copy.deepcopy(case.cookies),
        query=copy.deepcopy(case.query),
        body=copy.deepcopy(case.body),
        media_type=case.media_type,
        meta=copy.deepcopy(case.meta),
    )


@cache
def _operations() -> tuple[Any, ...]:
    """All operations, without `security`: the session has its token whatever the headers say."""
    schema = schemathesis.openapi.from_dict({**document_of(API_ROUTES), "security": []})
    return tuple(result.ok() for result in schema.get_all_operations())


def _can_be_wrong(operation: Any) -> bool:
    """Whether anything but a text in the path is described: any text is a text."""
    parameters = operation.definition.raw.get("parameters", ())
    return "requestBody" in operation.definition.raw or any(
        each["in"] != "path" or each["schema"].get("type") != "string" for each in parameters
    )


def _names_what_exists(case: Case, service: Service, session: requests.Session, turn: int) -> bool:
    """Put real ids in most paths and bodies, and the current version in most headers.

    False where it is left as it was made up, so that what is wrong with it must be refused.
    """
    if turn % 3 == 2:
        return False
    for name in case.path_parameters or {}:
        values = service.real[name]
        case.path_parameters[name] = values[turn % len(values)]
    if isinstance(case.body, dict):
        case.body.update({name: known for name, known in KNOWN.items() if name in case.body})
    if "If-Match" in (case.headers or {}):
        resource = case.formatted_path.removesuffix("/agreements")
        if "/visits/" in resource:
            resource = resource.rpartition("/")[0]
        elif "/absences/" in resource:
            resource = resource.partition("/absences/")[0]
        read = session.get(service.address + resource.removesuffix("/publish"), timeout=20)
        case.headers["If-Match"] = read.headers.get("ETag", '"1"')
    return True
