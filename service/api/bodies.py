"""Bodies and parameters: read strictly, and every fault told at once, by its JSON pointer.

Runs before the framework decodes the body: msgspec stops at the first fault, people who write a
program want all of them.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args, get_origin

import msgspec
from litestar import Request

from service.api.errors import BadRequest, WrongMediaType
from service.errors import Invalid
from service.web.plausible import LARGEST_ID, YEARS_KEPT, can_be_kept

_PATH = re.compile(r" - at `\$.*`$")


async def check_request(request: Request[Any, Any, Any]) -> None:
    """Refuse unknown parameters (400), what is no JSON (415, 400) or not as described (422)."""
    if request.method == "OPTIONS":
        return
    handler = request.route_handler
    _refuse_unknown_parameters(request, handler)
    data = handler.parsed_data_field
    if data is None:
        return
    media_type = request.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        raise WrongMediaType("The body must be application/json.")
    try:
        value = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    faults = dict(body_faults(value, data.annotation))
    if faults:
        raise Invalid(faults)


def body_faults(value: Any, kind: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield (pointer, sentence) for everything in a decoded body that a type does not allow."""
    struct = _struct_of(kind)
    if struct is not None and isinstance(value, dict):
        yield from _struct_faults(value, struct, at)
        return
    inner = _item_of(kind)
    if inner is not None and isinstance(value, list):
        nested = [
            fault
            for index, item in enumerate(value)
            for fault in body_faults(item, inner, f"{at}/{index}")
        ]
        if nested:
            yield from nested
            return
    if isinstance(value, str) and not can_be_kept(value):
        yield at or "/", "No control character NUL and no half of a character."
        return
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield at or "/", _PATH.sub("", str(error))
        return
    if isinstance(found, date) and not can_be_kept(found):
        yield at or "/", f"A year from {YEARS_KEPT.start} to {YEARS_KEPT.stop - 1}."
    if isinstance(found, int) and not can_be_kept(found):
        yield at or "/", f"A number up to {LARGEST_ID}."


def _struct_faults(
    value: dict[str, Any], struct: type[msgspec.Struct], at: str
) -> Iterator[tuple[str, str]]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name in sorted(value.keys() - fields.keys()):
        shown = name if name.isascii() and name.isprintable() else "?"
        yield f"{at}/{_escaped(shown)[:60]}", "There is no field of this name."
    for name, field in fields.items():
        if name in value:
            yield from body_faults(value[name], field.type, f"{at}/{_escaped(name)}")
        elif field.required:
            yield f"{at}/{_escaped(name)}", "This field is needed."


def _struct_of(kind: Any) -> type[msgspec.Struct] | None:
    """Return the struct that a type is, also as one of a union with None or `UNSET`."""
    kind = kind.__origin__ if hasattr(kind, "__metadata__") else kind
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    found = [_struct_of(each) for each in get_args(kind) if each is not type(None)]
    structs = [each for each in found if each is not None]
    return structs[0] if len(structs) == 1 and get_origin(kind) not in (tuple, list) else None


def _item_of(kind: Any) -> Any:
    """Return the type of a list's items."""
    kind = kind.__origin__ if hasattr(kind, "__metadata__") else kind
    if get_origin(kind) in (tuple, list):
        return get_args(kind)[0]
    found = [_item_of(each) for each in get_args(kind)]
    return next((each for each in found if each is not None), None)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _refuse_unknown_parameters(request: Request[Any, Any, Any], handler: Any) -> None:
    fields = dict(handler.parsed_fn_signature.parameters)
    for provider in handler.resolve_dependencies().values():
        fields |= provider.parsed_fn_signature.parameters
    known = {
        getattr(field.kwarg_definition, "name", None) or name for name, field in fields.items()
    }
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        shown = {name if name.isascii() and name.isprintable() else "?" for name in unknown}
        faults = {name[:60]: "There is no parameter of this name." for name in sorted(shown)}
        raise BadRequest("Parameters were not accepted.", parameters=faults)
