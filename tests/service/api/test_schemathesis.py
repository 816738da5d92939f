"""Whatever a program sends, as whomever: no 5xx, and no answer that the document does not name."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
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

from service.api.document import document_of
from service.database.opening import opened_pool
from service.programs import API_ROUTES
from tests.e2e.conftest import served
from tests.service.web.access_world import ACTORS, make_world
from tests.support.database import Server

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = ("worker", "lead", "housing", "coordinator", "administrator", "nobody")
MOST, FEW = 6, 2
"""Examples for each operation and mode: for the actor who may do most, for the others."""


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
            return {actor: await world.token(actor) for actor in ACTORS}, world.ids

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


@pytest.mark.parametrize("actor", ROLES)
def test_every_answer_is_documented(service: Service, actor: str) -> None:
    """Half of the requests are as described, half are not; most of them name what exists."""
    session = requests.Session()
    if service.tokens[actor] is not None:
        session.headers["Authorization"] = f"Bearer {service.tokens[actor]}"
    seen: set[int] = set()
    for operation in _operations():
        modes = [GenerationMode.POSITIVE]
        if _can_be_wrong(operation):
            modes.append(GenerationMode.NEGATIVE)
        for mode in modes:
            examples = MOST if actor == "lead" else FEW
            seen |= _tried(service, session, operation, mode, examples=examples)
    if actor == "nobody":
        assert seen <= {400, 401, 404, 405}
    else:
        assert {200, 400, 404} <= seen
    if actor == "lead":
        assert {201, 422, 428} <= seen, "changes were tried, and some were done"


def _tried(
    service: Service,
    session: requests.Session,
    operation: Any,
    mode: GenerationMode,
    *,
    examples: int,
) -> set[int]:
    """Send some requests of an operation, judge each answer, and return their statuses."""
    seen: set[int] = set()
    turns = itertools.count()

    @seed(20260302)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Case) -> None:
        checks = [*CHECKS]
        if not _names_what_exists(case, service, session, next(turns)):
            checks.append(negative_data_rejection)
        answer = case.call_and_validate(
            base_url=service.address, session=session, checks=checks, timeout=20
        )
        seen.add(answer.status_code)

    send()
    return seen


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
