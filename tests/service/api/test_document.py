"""The document and the routes agree; the page of it shows all of it."""

import re

import jsonschema
from litestar import Litestar
from litestar.exceptions import HTTPException
from schemathesis.specs.openapi.definitions import OPENAPI_31

from service import clock
from service.access.scopes import NEEDS
from service.api.document import document_of
from service.api.errors import (
    BadRequest,
    RuleBroken,
    ScopeMissing,
    TokenRefused,
    TooManyFailures,
    VersionOutdated,
    VersionWanted,
    WrongMediaType,
)
from service.api.problem_kinds import KINDS
from service.api.problems import api_problem
from service.api.routing import BASE
from service.errors import DatabaseUnavailable, Forbidden, Invalid, NotFound, Refused
from service.programs import API_ROUTES
from service.web.routing import declared_routes
from tests.service.api.conftest import Programs

DOCUMENT = document_of(API_ROUTES)
WITHOUT_VERSION = {
    *(("POST", f"{BASE}/{made}") for made in ("tenants", "workers", "encounters", "feeds")),
    ("POST", f"{BASE}/workers/{{worker}}/absences"),
    ("POST", f"{BASE}/tenants/search"),
    ("DELETE", f"{BASE}/feeds/{{feed_id}}"),
}
"""What is made anew, what only reads, and a feed, which nobody can change: nothing gets lost."""
ERRORS = (
    BadRequest("x"),
    HTTPException(status_code=400),
    TokenRefused("x"),
    ScopeMissing("tenants:read"),
    Forbidden("x"),
    NotFound(),
    HTTPException(status_code=405),
    Refused(constraint="x"),
    RuleBroken(()),
    VersionOutdated(),
    HTTPException(status_code=413),
    WrongMediaType("x"),
    Invalid({}),
    VersionWanted("x"),
    TooManyFailures(clock.now()),
    DatabaseUnavailable("x"),
    RuntimeError("x"),
)
OPERATIONS = {
    (method.upper(), path): operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


def test_every_route_of_the_api_is_described_and_nothing_else(app: Litestar) -> None:
    routes = {
        (method, path) for method, path, handler in declared_routes(app) if NEEDS in handler.opt
    }
    under_base = {
        (method, path)
        for method, path, _ in declared_routes(app)
        if path.startswith(f"{BASE}/") and path != f"{BASE}/openapi.json"
    }
    assert set(OPERATIONS) == routes == under_base


def test_it_is_openapi_3_1_with_words_for_everything() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    for operation in OPERATIONS.values():
        assert operation["summary"].endswith(".")
        assert "cope" in operation["description"] or "Any token" in operation["description"]
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] == "path" or parameter["description"], parameter["name"]
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema.get("description") or "enum" in schema, name
    ids = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(set(ids)) == len(ids)


def test_it_is_what_the_specification_calls_a_document() -> None:
    """By the schema that the specification's authors publish, and by references that lead on."""
    assert OPENAPI_31["$id"] == "https://spec.openapis.org/oas/3.1/schema/2022-10-07"
    jsonschema.Draft202012Validator(OPENAPI_31).validate(DOCUMENT)
    assert {"ETag", "Location"} <= {
        name
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        for name in answer.get("headers", ())
    }


def test_its_schemas_are_json_schemas_and_its_references_lead_somewhere() -> None:
    text = str(DOCUMENT)
    schemas, responses = DOCUMENT["components"]["schemas"], DOCUMENT["components"]["responses"]
    for name in re.findall(r"#/components/schemas/([\w.]+)", text):
        assert name in schemas
        assert "." not in name, "two structures have one name"
    for name in re.findall(r"#/components/responses/(\w+)", text):
        assert name in responses
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_what_is_sent_may_hold_nothing_unknown_and_what_changes_needs_a_version() -> None:
    for (method, path), operation in OPERATIONS.items():
        if "requestBody" in operation:
            (content,) = operation["requestBody"]["content"].values()
            body = DOCUMENT["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]]
            assert body["additionalProperties"] is False, path
        versioned = {"412", "428"} <= set(operation["responses"])
        assert versioned == (method != "GET" and (method, path) not in WITHOUT_VERSION), path


def test_every_kind_of_problem_has_its_status() -> None:
    answered = {problem.kind: problem.status for problem in map(api_problem, ERRORS)}
    assert answered == {type_: kind.status for kind in KINDS for type_ in kind.types}
    assert api_problem(RuntimeError("secret")).status == 500
    assert "secret" not in str(api_problem(RuntimeError("secret")))


async def test_programs_and_people_read_it_without_a_token(programs: Programs) -> None:
    answer = await programs.client.get(f"{BASE}/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == DOCUMENT
    page = await programs.client.get(BASE, headers={"Accept": "text/html"})
    assert page.status_code == 200
    for (method, path), operation in OPERATIONS.items():
        assert f"{method} {path}" in page.text
        assert f'id="{operation["operationId"]}"' in page.text
    for kind in KINDS:
        assert all(f'id="problem-{type_}"' in page.text for type_ in kind.types)
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert sorted(ids) == sorted(set(ids)), "an id stands twice"
    for anchor in re.findall(r'href="#([^"]+)"', page.text):
        assert anchor in ids
