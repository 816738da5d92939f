"""The OpenAPI document as people read it: areas, operations, fields; plain data for a template."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.api.problem_kinds import KINDS, Kind

_SCHEMAS = "#/components/schemas/"
_RESPONSES = "#/components/responses/"


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter or a field: its type in words, and what else is known of it."""

    name: str
    kind: str
    required: bool
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A named structure with its fields."""

    name: str
    text: str
    fields: tuple[Value, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method on one path does; `problems` are statuses."""

    id: str
    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Value, ...]
    body: str
    answers: tuple[tuple[int, str], ...]
    problems: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole document. `areas` are (name, sentence, operations)."""

    title: str
    text: tuple[str, ...]
    areas: tuple[tuple[str, str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]
    problems: tuple[Kind, ...]


def reference_of(document: dict[str, Any]) -> Reference:
    """Return what a page shows of an OpenAPI document of ours; kept, as the document is."""
    return _kept(_Document(document))


class _Document:
    """A document that can be a key: there is one for each set of routes."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __hash__(self) -> int:
        return id(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document) and self.values is other.values


@lru_cache(maxsize=4)
def _kept(document: _Document) -> Reference:
    values = document.values
    operations = tuple(_operations(values))
    return Reference(
        title=values["info"]["title"],
        text=tuple(values["info"]["description"].strip().split("\n\n")),
        areas=tuple(
            (
                tag["name"],
                tag["description"],
                tuple(found for name, found in operations if name == tag["name"]),
            )
            for tag in values["tags"]
        ),
        shapes=tuple(
            _shape(name, schema) for name, schema in values["components"]["schemas"].items()
        ),
        problems=KINDS,
    )


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, item in document["paths"].items():
        for method, one in item.items():
            good = {s: r for s, r in one["responses"].items() if s.startswith("2")}
            yield (
                one["tags"][0],
                Operation(
                    id=one["operationId"],
                    method=method.upper(),
                    path=path,
                    title=one["summary"],
                    text=one["description"],
                    parameters=tuple(
                        Value(
                            name=each["name"],
                            kind=_kind(each["schema"]),
                            required=each.get("required", False),
                            text=each.get("description", ""),
                            where=each["in"],
                        )
                        for each in one.get("parameters", ())
                    ),
                    body=_named(one["requestBody"]) if "requestBody" in one else "",
                    answers=tuple((int(s), _named(r)) for s, r in good.items()),
                    problems=tuple(sorted(int(s) for s in one["responses"] if s not in good)),
                ),
            )


def _named(holder: dict[str, Any]) -> str:
    """Return the name of the structure that a body or an answer has, empty for none."""
    content = holder.get("content") or {}
    schema: dict[str, Any] = next((each["schema"] for each in content.values()), {})
    return str(schema.get("$ref", "")).removeprefix(_SCHEMAS)


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = set(schema.get("required", ()))
    return Shape(
        name=name,
        text=schema.get("description", ""),
        fields=tuple(
            Value(
                name=field,
                kind=_kind(inner),
                required=field in required,
                text=inner.get("description", ""),
            )
            for field, inner in schema.get("properties", {}).items()
        ),
        choices=tuple(str(value) for value in schema.get("enum", ())),
    )


def _kind(schema: dict[str, Any]) -> str:
    """Say a type in few words: 'text, 80 signs at most', 'list of Fault', 'day or nothing'."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_SCHEMAS)
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    words = {"date": "day", "date-time": "instant", "uuid": "UUID"}
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    said = words.get(schema.get("format", "")) or names.get(kind, str(kind))
    bounds = [
        f"{sign} {schema[key]:g}"
        for key, sign in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most"))
        if key in schema
    ]
    return " ".join([said, *bounds])
